"""What an entry may say, and the entries as the search takes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import VocabularyEntry
from ..search.own.words import (
    LONGEST_PHRASE,
    MOST_ENTRIES,
    MOST_PHRASES,
    OwnEntry,
    OwnWords,
    phrases,
)
from ..search.words.stemming import analyser
from ..texts.codes import parse_code

Kind = VocabularyEntry.Kind
#: Kinds of entries that say what words mean.
_WITH_MEANING = (Kind.ALIKE, Kind.MEANS)


class Refusal(NamedTuple):
    """Why an entry cannot be saved: ``message`` for its ``field``, "" for the entry as a whole."""

    field: str
    message: str


def tidy(entry: VocabularyEntry) -> None:
    """Bring the texts of ``entry`` into one form; take out what entries of its kind do not have."""
    for name in ("words", "meaning", "note"):
        setattr(entry, name, " ".join(getattr(entry, name).split()))
    if entry.kind not in _WITH_MEANING:
        entry.meaning = ""
    if entry.kind != Kind.PIN:
        entry.article = None


def refusals(entry: VocabularyEntry) -> Iterator[Refusal]:
    """Yield what keeps a tidy ``entry`` from being saved."""
    yield from _phrases_refused(entry, "words", entry.words)
    if entry.kind in _WITH_MEANING:
        yield from _phrases_refused(entry, "meaning", entry.meaning)
        if entry.meaning and set(phrases(entry.words)) & set(phrases(entry.meaning)):
            yield Refusal("meaning", _("Both sides say the same."))
    if any(parse_code(part.strip()) for part in entry.meaning.split(",")):
        told = _("An article cites the code: choose “Article shown first” for it.")
        yield Refusal("meaning", told)
    if entry.kind == Kind.PIN and entry.article is None:
        yield Refusal("article", _("Choose the article that is shown first."))
    others = VocabularyEntry.objects.exclude(pk=entry.pk)
    same = others.filter(kind=entry.kind, language=entry.language, words__iexact=entry.words)
    if same.filter(meaning__iexact=entry.meaning, article=entry.article).exists():
        yield Refusal("words", _("There is such an entry already."))
    if entry.pk is None and others.count() >= MOST_ENTRIES:
        told = _("There are %(number)d entries already; delete some that are of no use.")
        yield Refusal("words", told % {"number": MOST_ENTRIES})


def _phrases_refused(entry: VocabularyEntry, field: str, text: str) -> Iterator[Refusal]:
    found = phrases(text)
    if not found:
        yield Refusal(field, _("Write at least one word."))
    if len(found) > MOST_PHRASES:
        told = ngettext(
            "At most %(number)d expression, separated by commas.",
            "At most %(number)d expressions, separated by commas.",
            MOST_PHRASES,
        )
        yield Refusal(field, told % {"number": MOST_PHRASES})
    made = analyser(entry.language)
    for phrase in found:
        said = " ".join(phrase)
        if len(phrase) > LONGEST_PHRASE:
            told = _("“%(words)s” has more than %(number)d words.")
            yield Refusal(field, told % {"words": said, "number": LONGEST_PHRASE})
        elif all(map(made.is_stop, phrase)) and not parse_code(said):
            told = _("“%(words)s” is not searched for anyway.")
            yield Refusal(field, told % {"words": said})


def own_words(instead: VocabularyEntry | None = None) -> OwnWords:
    """Return the entries for the search, with the unsaved entry ``instead`` of its row."""
    rows = VocabularyEntry.objects.order_by("pk")[:MOST_ENTRIES]
    kept = [as_entry(row) for row in rows if instead is None or row.pk != instead.pk]
    return OwnWords([*kept, *([as_entry(instead)] if instead else [])])


def as_entry(row: VocabularyEntry) -> OwnEntry:
    """Return ``row`` as the search takes it."""
    return OwnEntry(
        row.pk or 0, row.article_id or 0, row.kind, row.language, row.words, row.meaning
    )
