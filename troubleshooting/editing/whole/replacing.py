"""Find and replace over the whole base: looked at first, done as one act, taken back as one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ...auditing import Act, note
from ...models import Article, ArticleTranslation, BulkChange, Revision, Snippet
from ...rights import may_edit, why_not
from ...texts.bounded import UnrenderableText
from ...texts.places import Span, address_spans, code_spans, touches
from ...texts.remarks import remark
from ...texts.sections import MARKDOWN_TEXTS, TEXTS
from ..bulk import BulkOutcome
from ..conflicts import EditConflict
from ..refusals import refusal
from ..texts import save_translation

if TYPE_CHECKING:
    from django.contrib.auth.models import User

ACTION = "replace"
#: Texts and places that one act changes at most: somebody waits for it, and has looked at each.
MOST_TEXTS = 200
MOST_PLACES = 400
#: Characters shown around an occurrence.
_AROUND = 60
#: What people type where texts have a sign that only looks different.
_ALIKE = {" ": "[ \u00a0\u202f]", "'": "['’]", "’": "['’]"}


@dataclass(frozen=True)
class Replacement:
    """A text to look for (as typed, never a pattern) and the text that replaces it.

    Addresses and names of snippets are left alone but with ``in_addresses``: what they lead to
    keeps its name.
    """

    find: str
    replace: str
    language: str = ""
    matches_case: bool = True
    whole_words: bool = False
    in_addresses: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Return what finds it: any kind of blank or apostrophe for each."""
        written = "".join(_ALIKE.get(sign) or re.escape(sign) for sign in self.find)
        if self.whole_words:
            written = rf"(?<!\w){written}(?!\w)"
        return re.compile(written, 0 if self.matches_case else re.IGNORECASE)

    def spans(self, text: str) -> list[Span]:
        """Return where ``text`` says it, in order."""
        # What says already what it would say is no place: ' finds ’ as well.
        found = [match.span() for match in self.pattern.finditer(text) if match[0] != self.replace]
        if self.in_addresses or not found:
            return found
        addresses = address_spans(text)
        return [span for span in found if not touches(addresses, *span)]

    def of(self, text: str, numbers: Collection[int] | None = None) -> str:
        """Return ``text`` with all occurrences replaced, or those with ``numbers`` (from 0)."""
        parts, done = [], 0
        for number, (start, end) in enumerate(self.spans(text)):
            if numbers is None or number in numbers:
                parts += [text[done:start], self.replace]
                done = end
        return "".join([*parts, text[done:]])


class Occurrence(NamedTuple):
    """One place: the words before, what stands there, what would, and the words after.

    ``number`` counts those of its section from 0.
    """

    section: str
    number: int
    before: str
    old: str
    new: str
    after: str
    is_code: bool = False
    is_cut_before: bool = False
    is_cut_after: bool = False


class ChosenPlaces(NamedTuple):
    """What somebody chose of a text: its revision as it was shown, and places of it.

    A place is a section and the number of an occurrence in it.
    """

    revision: int
    places: frozenset[tuple[str, int]]


class TextReplacement(NamedTuple):
    """A text in which something would change."""

    text: ArticleTranslation
    occurrences: list[Occurrence]


class SnippetPlaces(NamedTuple):
    """What a snippet says of it in one language."""

    snippet: Snippet
    language: str
    occurrences: list[Occurrence]


def matches(
    replacement: Replacement, texts: QuerySet[ArticleTranslation]
) -> Iterator[TextReplacement]:
    """Yield the ``texts`` that the replacement would change, in the order of their titles."""
    if not replacement.find.strip():
        return
    if replacement.language:
        texts = texts.filter(language=replacement.language)
    # The database narrows by the longest word that has no look-alikes; the pattern decides.
    word = max(re.split(r"[\s\u00a0\u202f'’]+", replacement.find), key=len)
    holding = Q()
    for name in TEXTS:
        holding |= Q(**{f"{name}__icontains": word})
    if word.isascii() or replacement.matches_case:
        texts = texts.filter(holding)
    for text in texts.select_related("article").order_by("title", "pk").iterator(chunk_size=200):
        if found := list(_occurrences(replacement, text)):
            yield TextReplacement(text, found)


def snippets_that_say(replacement: Replacement) -> Iterator[SnippetPlaces]:
    """Yield where snippets say it, which are changed on their own pages for all who hold them."""
    for snippet in Snippet.objects.iterator(chunk_size=200):
        for language, text in snippet.texts.items():
            if replacement.language not in ("", language):
                continue
            if places := list(_places(replacement, "", text)):
                yield SnippetPlaces(snippet, language, places)


def _occurrences(replacement: Replacement, text: ArticleTranslation) -> Iterator[Occurrence]:
    for name in TEXTS:
        yield from _places(replacement, name, getattr(text, name))


def _places(replacement: Replacement, section: str, value: str) -> Iterator[Occurrence]:
    spans = replacement.spans(value)
    code = code_spans(value) if spans and section in MARKDOWN_TEXTS else []
    for number, (start, end) in enumerate(spans):
        yield Occurrence(
            section,
            number,
            value[max(0, start - _AROUND) : start],
            value[start:end],
            replacement.replace,
            value[end : end + _AROUND],
            touches(code, start, end),
            start > _AROUND,
            end + _AROUND < len(value),
        )


@transaction.atomic
def replace_in(
    replacement: Replacement,
    texts: Collection[ArticleTranslation],
    *,
    user: User,
    choices: Mapping[int, ChosenPlaces] | None = None,
) -> BulkOutcome:
    """Replace in ``texts`` and record it as one act, which ``take_back`` undoes.

    ``choices`` are what somebody looked at and chose, by the key of a text (None: all of it).
    Whatever was saved since, may not be changed, or would say nothing any more, is skipped with the
    reason. Raise ``ValidationError`` for more texts than one act changes.
    """
    if len(texts) > MOST_TEXTS:
        raise ValidationError(
            _("At most %(most)d texts are changed at a time.") % {"most": MOST_TEXTS}
        )
    rows = []
    skipped: dict[str, list[Article]] = {}
    for text in texts:
        before = text.revision_number
        try:
            with transaction.atomic():
                after = _store(replacement, text, _replaced(replacement, text, choices), user)
        except ValidationError as error:
            skipped.setdefault(" ".join(error.messages), []).append(text.article)
        except PermissionDenied:
            skipped.setdefault(why_not(user, text.article), []).append(text.article)
        except UnrenderableText as error:
            skipped.setdefault(str(refusal(error)), []).append(text.article)
        except EditConflict:
            reason = _("Somebody saved it at the same moment.")
            skipped.setdefault(reason, []).append(text.article)
        else:
            if after == before:
                skipped.setdefault(_("It says so already."), []).append(text.article)
                continue
            row = {"language": text.language, "before": before, "after": after}
            rows.append({"article": text.article_id, "text": row})
    change = None
    if rows:
        change = BulkChange.objects.create(
            user=user, action=ACTION, rows=rows, detail=_said(replacement)
        )
        put = {"text": replacement.find}, {"text": replacement.replace}
        note(user, Act.MANY, change, before=put[0], after=put[1])
    return BulkOutcome(change, len(rows), skipped)


def _said(replacement: Replacement) -> str:
    """Return what lists and revisions say of it, to be read in any language."""
    said = gettext_noop("Replaced: “%(find)s” by “%(replace)s”")
    return remark(said, find=replacement.find, replace=replacement.replace)


def _replaced(
    replacement: Replacement, text: ArticleTranslation, choices: Mapping[int, ChosenPlaces] | None
) -> dict[str, str]:
    """Return what ``text`` would say. Raise ``ValidationError``: it says something else by now."""
    if choices is None:
        return {name: replacement.of(value) for name, value in text.texts().items()}
    choice = choices[text.pk]
    if choice.revision != text.revision_number:
        raise ValidationError(_("Somebody changed it meanwhile: look at it again."))
    return {
        name: replacement.of(value, {number for of, number in choice.places if of == name})
        for name, value in text.texts().items()
    }


def _store(
    replacement: Replacement, text: ArticleTranslation, texts: Mapping[str, str], user: User
) -> int:
    """Return the number of the revision that the text has then."""
    if not may_edit(user, text.article):
        raise PermissionDenied
    save_translation(
        article=text.article,
        language=text.language,
        texts=texts,
        author=user,
        origin=Revision.Origin.EDITOR,
        comment=_said(replacement),
        base_revision=text.revision_number,
    )
    text.refresh_from_db(fields=["revision_number"])
    return text.revision_number
