"""Find every error code that a text names."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from . import announcing
from .context import in_file_name, noise_spans
from .families import FAMILIES, FAMILY_OF
from .families.number import number_code
from .families.symbol import symbol_code
from .model import Code, CodeMention
from .seen import ReaderText
from .spelling import keyed


def find_announced(text: str) -> Iterator[CodeMention]:
    """Yield what follows a word for an error, as the first family reads it that can."""
    readers = [family.announced for family in FAMILIES if family.announced]
    for label in announcing.ERROR.finditer(text):
        mention = next(filter(None, (read(text, label) for read in readers)), None)
        if mention is None:
            continue
        yield mention
        yield from FAMILY_OF[mention.code.kind].listed(text, mention)
        plural = announcing.is_plural(label["sure"] or label["plain"] or "")
        if not plural and not (label["sure"] and mention.spelling.isdigit()):
            continue
        for number, start, end in announcing.listed_numbers(text, mention.end):
            # Behind one "error code" others of the same kind may follow, but no counts.
            alike = end - start == len(mention.spelling) and not announcing.UNIT.match(text, end)
            if not plural and not alike:
                break
            yield CodeMention(number_code(number), text[start:end], start, end)


FINDERS = (*(family.find for family in FAMILIES), find_announced)
"""The rules, each from a text to mentions. Their order does not matter."""

_WORD = re.compile(r"(?<![\w\\])[A-Za-z](?:\\?_|[A-Za-z0-9]){3,126}+(?![\w\\])")
#: What is found in texts of so many characters at most is kept.
SHORT = 200


def find_codes(
    text: str, *, symbols: Collection[str] = (), most: int | None = None
) -> list[CodeMention]:
    """Find the error codes that a document, a message or a log names, in French or English.

    Identifiers, addresses, versions, dates, registry values, URLs and file names are passed
    over, and so are statuses of success. Characters that show nothing, such as marks of direction,
    do not matter wherever they stand. The time grows with the length of the text only.

    ``text``: plain text or Markdown, of any length. ``symbols``: symbolic codes that are known,
    found as whole words in any letter case, whatever stands around them; the mention's code then
    has the spelling given here. ``most``: each rule stops after so many different codes, for texts
    that are nothing but codes.

    Return the mentions in the order of the text, without overlaps (the longest one counts).
    """
    if not symbols and len(text) <= SHORT:
        return list(_found_in_short(text, most))
    return _found_in(text, symbols, most)


@lru_cache(maxsize=512)  # the cells and titles of one document are asked for again and again
def _found_in_short(text: str, most: int | None) -> tuple[CodeMention, ...]:
    return tuple(_found_in(text, (), most))


def _found_in(text: str, symbols: Collection[str], most: int | None) -> list[CodeMention]:
    seen = ReaderText(text)
    mentions = [mention for find in FINDERS for mention in _first(find(seen.text), most)]
    mentions.extend(_known_symbols(seen.text, symbols))
    found = _without_overlaps(_outside_noise(seen.text, mentions))
    return [seen.in_original(mention) for mention in found]


def codes_of_title(title: str) -> list[CodeMention]:
    """Find the codes that a title or a heading names.

    Besides what any text may name, a maker's code stands first or in brackets at the end, and so
    does a number in square brackets: ``GATE-1042: the gate is shut``, ``Sign-in fails [1001]``.
    ``Code 10: the device cannot start`` counts the codes of a device. A name that says what failed
    is one wherever it stands: ``Fix SkuNotAvailable``.
    """
    more = [mention for family in FAMILIES for mention in family.in_title(title)]
    return list(_without_overlaps([*find_codes(title), *more]))


def _first(mentions: Iterable[CodeMention], most: int | None) -> Iterator[CodeMention]:
    """Yield ``mentions`` until ``most`` different codes were seen."""
    if most is None:
        yield from mentions
        return
    different: set[Code] = set()
    for mention in mentions:
        different.add(mention.code)
        if len(different) > most:
            return
        yield mention


def with_symbols(
    text: str, mentions: Sequence[CodeMention], symbols: Collection[str]
) -> list[CodeMention]:
    """Add the known ``symbols`` to ``mentions``, which ``find_codes`` found in ``text`` without.

    For when only what was found tells which symbols are known.
    """
    if not symbols:
        return list(mentions)
    seen = ReaderText(text)
    named = _outside_noise(seen.text, _known_symbols(seen.text, symbols))
    return list(_without_overlaps([*mentions, *map(seen.in_original, named)]))


def _known_symbols(text: str, symbols: Collection[str]) -> Iterator[CodeMention]:
    if not symbols:
        return
    known = keyed(frozenset(symbols))
    for match in _WORD.finditer(text):
        key = match[0].replace("\\", "").replace("_", "").casefold()
        if key in known:
            yield CodeMention(symbol_code(known[key]), match[0], match.start(), match.end())


def _outside_noise(text: str, mentions: Iterable[CodeMention]) -> Iterator[CodeMention]:
    spans = noise_spans(text)
    starts = [start for start, _ in spans]
    for mention in mentions:
        index = bisect_right(starts, mention.start) - 1
        inside = index >= 0 and mention.start < spans[index][1]
        if not inside and not in_file_name(text, mention.end):
            yield mention


def _without_overlaps(mentions: Iterable[CodeMention]) -> Iterator[CodeMention]:
    end = 0
    for mention in sorted(mentions, key=lambda found: (found.start, -found.end)):
        if mention.start >= end:
            yield mention
            end = mention.end
