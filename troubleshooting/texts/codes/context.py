"""What stands around a number says whether it is a code: rules shared by the finders."""

import re

from ..languages import code_words, joining_words

_REACH = 60  # characters looked back or ahead, so that each look costs the same
_WORD = re.compile(r"[^\W_]+")

# Words that announce an error or a result: parts of words, then whole words.
_ERROR_STEMS = ("errno", *code_words("error_stems"))
_RESULT_WORDS = frozenset(["hr", "hresult", *code_words("result_words")])


def _any(kind: str, *others: str) -> re.Pattern[str]:
    """Compile the words of that kind, of every language and those that belong to none."""
    return re.compile("|".join([*others, *code_words(kind)]))


_DIRECT_WORD = _any("direct_words", "hr", "hresult", "rc", r"\w{0,40}errno")
# Words after which a number is no code, whatever it looks like ...
_NOISE_LABEL = _any("noise_words", r"q?d?word", r"\w{0,20}flags?", "offset", "pid", "rgb", "tid")
# ... and those after which it is none unless it is written as a code of failure.
_WEAK_NOISE_LABEL = _any("weak_noise_words", "crc", "hkey", "hwnd")
_IDENTIFIER = _any("identifier_words", "guid")
_FILLER = _any("fillers", "n")
_CODE = re.compile(r"0x[0-9a-f]{3,8}|(?:1[89]|2[01])[0-9]{8}")  # the latter lacks its minus
# Codes that one message shows as one, and names of properties, which say nothing of an error.
_JOINED = re.compile(r"[\[(](?:0x[0-9a-f]{3,8}+-|0{8}-){1,3}+$")
_PROPERTY = re.compile(r"\bp[rt]_\w++")
_CONJUNCTIONS = frozenset(joining_words("and", "or"))

# Where a column of a log begins. Before a value that is merely aligned there is a sign.
_COLUMN = re.compile(r"(?:[^\S\n]{2,60}|\t)(?![:=\s])")

# The rest of a file's name that merely begins with a code: 0x80070005-setup.log
_FILE_END = re.compile(
    r"[\w-]{0,60}\.(?:aspx?|cab|dll|exe|gif|html?|jpe?g|json|log|md|msi|png|svg|txt|xml|ya?ml|zip)"
    r"(?!\w)",
    re.IGNORECASE,
)

# Addresses, link targets and anchors: what stands in them is not said by the text.
_NOISE_SPAN = re.compile(r"://[^\s<>\[\]\"|]*+|\]\([^\s)]*+|<(?:[aA]|[iI][mM][gG])\s[^<>]{0,500}+>")


class Before:
    """The words right before a place in a text, in the same line and at most 60 characters back.

    ``text``: the characters, in lower case. ``words``: the words in them; a number is a word too.
    """

    __slots__ = ("text", "words")

    def __init__(self, text: str, position: int) -> None:
        before = text[max(0, position - _REACH) : position]
        self.text = before.rpartition("\n")[2].lower()
        self.words: list[str] = _WORD.findall(self.text)

    @property
    def last_word(self) -> str:
        """Return the word next to the place; empty if the line begins here."""
        return self.words[-1] if self.words else ""

    @property
    def column(self) -> str:
        """Return the part of the text that stands in the same column of a log.

        The level of a line in the column before (``Error      [0x08038d] MIG``) says nothing.
        """
        return _COLUMN.split(self.text)[-1]

    def announces_error(self) -> bool:
        """Return whether any of the words in the column speaks of an error or a result."""
        return (
            self.names_error()
            or not _RESULT_WORDS.isdisjoint(_WORD.findall(self.column))
            or any(stem in _PROPERTY.sub("", self.column) for stem in _ERROR_STEMS)
        )

    def names_error(self) -> bool:
        """Return whether the very last word of the column is one for an error (``error 0x5``)."""
        words = _WORD.findall(self.column)
        if words[-2:] == ["bug", "check"]:
            return True
        return bool(words) and _DIRECT_WORD.fullmatch(words[-1]) is not None

    def names_noise(self, *, weak: bool) -> bool:
        """Return whether the last words name something that is no code.

        ``thread=3844 (0xF04)``, ``REG_DWORD 0x80000001`` and ``correlation id 80cf0a12`` are none.

        ``weak``: whether only its context can make the number a code; more words then speak against
        it (``type 0x2020``).
        """
        again = self.text.endswith("(")  # the number before the bracket, in hexadecimal
        telling = [
            word
            for word in self.words
            if not _FILLER.fullmatch(word) and not (again and word.isdigit())
        ]
        label = telling[-1] if telling else ""
        if _IDENTIFIER.fullmatch(label):
            return not _DIRECT_WORD.fullmatch("".join(telling[-2:-1]))  # an error's is a code
        return bool(_NOISE_LABEL.fullmatch(label) or (weak and _WEAK_NOISE_LABEL.fullmatch(label)))

    def assigns_to_other(self) -> bool:
        """Return whether ``name=`` stands last and the name speaks of no error."""
        return self.text.rstrip(" \"'").endswith("=") and not (
            self.names_error() or any(stem in self.last_word for stem in _ERROR_STEMS)
        )

    def ends_in_code(self) -> bool:
        """Return whether a code stands last, as in a list or in the cell before."""
        words = self.words[:-1] if self.last_word in _CONJUNCTIONS else self.words
        return bool(words) and _CODE.fullmatch(words[-1]) is not None

    def continues_code(self) -> bool:
        """Return whether a hyphen joins the place to a hexadecimal code: ``[0x80070005-0x4dc]``."""
        return _JOINED.search(self.text) is not None

    def starts_row(self) -> bool:
        """Return whether the line, its first cell or the text of a tag begins here."""
        rest = self.text.rstrip(' \t|*`"(-')
        return not rest or rest.endswith(">")


def announcing_words() -> dict[str, list[str]]:
    """Return what announces a code in a log, in every language, for the scripts that read logs.

    Return ``stems``, parts of words for an error, and ``whole``, words for a result.
    """
    return {"stems": sorted(_ERROR_STEMS), "whole": sorted(_RESULT_WORDS)}


def words_after(text: str, position: int) -> list[str]:
    """Return the words up to 60 characters after a place, of the same line, in lower case."""
    return _WORD.findall(text[position : position + _REACH].partition("\n")[0].lower())


def in_file_name(text: str, end: int) -> bool:
    """Return whether what ends here is the beginning of a file's name."""
    return _FILE_END.match(text, end) is not None


def noise_spans(text: str) -> list[tuple[int, int]]:
    """Return start and end of all addresses, link targets and anchors, in order."""
    return [match.span() for match in _NOISE_SPAN.finditer(text)]
