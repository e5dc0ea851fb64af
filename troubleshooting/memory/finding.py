"""What the base has made of units, or of nearly the same, for all rows of a page at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db.models import Count, Min, Q

from ..models import AlignedUnit, AlignedUnitKey, AlignedUnitUse, Article, ArticleTranslation
from ..texts.comparing.diffing import diff_line
from ..texts.translating.memory import digest, keys_of, percent_alike, words_of
from ..texts.translating.rows import MemoryMatch

#: The likeness in percent below which nothing is offered, and the most that is said of what is not
#: letter for letter the same.
LEAST, NEARLY = 70, 99
#: What is offered for a text.
MOST = 3
#: Units looked at for a text, those that share most of its keys.
_LOOKED_AT = 20
#: A key of more units says too little to look at them all.
_COMMON = 200
#: Texts of a page that are looked up.
_TEXTS = 400


def matches_for(
    texts: Iterable[str], language: str, into: str
) -> dict[str, tuple[MemoryMatch, ...]]:
    """Return what the memory offers for ``texts`` in ``language``, by text, the most alike first.

    Who asks has to be an editor: units come from articles of every status and audience.
    """
    asked = list(dict.fromkeys(texts))[:_TEXTS]
    candidates = _candidates({text: keys_of(text, language) for text in asked})
    units = AlignedUnit.objects.in_bulk({key for keys in candidates.values() for key in keys})
    chosen = {
        text: _chosen(text, (units[key] for key in keys if key in units), language, into)
        for text, keys in candidates.items()
    }
    origins = _origins({unit.pk for found in chosen.values() for _percent, unit in found})
    return {
        text: tuple(
            origins[unit.pk].match(percent, text, unit, language, into)
            for percent, unit in found
            if unit.pk in origins
        )
        for text, found in chosen.items()
    }


def _candidates(keys: dict[str, list[int]]) -> dict[str, list[int]]:
    """Return the units that share the most keys with each text, best first."""
    every = {key for some in keys.values() for key in some}
    whole = {some[0] for some in keys.values() if some}
    rows = AlignedUnitKey.objects.filter(key__in=every)
    counted = rows.values("key").annotate(number=Count("pk")).values_list("key", "number")
    telling = {key for key, number in counted if number <= _COMMON or key in whole}
    units: dict[int, list[int]] = defaultdict(list)
    for key, unit in rows.filter(key__in=telling).values_list("key", "unit"):
        units[key].append(unit)
    found = {}
    for text, some in keys.items():
        shared = Counter(unit for key in some[1:] for unit in units[key])
        # All its words: before whatever shares some of them.
        shared.update({unit: len(some) for unit in (units[some[0]] if some else ())})
        found[text] = [unit for unit, _number in shared.most_common(_LOOKED_AT)]
    return found


def _chosen(
    text: str, units: Iterable[AlignedUnit], language: str, into: str
) -> list[tuple[int, AlignedUnit]]:
    """Return the units most alike, each with its percentage; of one translation only the best."""
    words, name = words_of(text), digest(text)
    rated = []
    for unit in units:
        if {unit.language, unit.other_language} != {language, into}:
            continue
        other = unit.in_language(language)
        is_same = digest(other) == name
        percent = 100 if is_same else min(NEARLY, percent_alike(words, words_of(other), LEAST))
        if percent >= LEAST:
            rated.append((percent, unit))
    rated.sort(key=lambda one: (-one[0], one[1].pk))
    best: dict[str, tuple[int, AlignedUnit]] = {}
    for percent, unit in rated:
        best.setdefault(digest(unit.in_language(into)), (percent, unit))
    return list(best.values())[:MOST]


class _Origin:
    """Where a unit comes from: one of its articles, how many there are, who may read them."""

    def __init__(self, text: ArticleTranslation, number: int, public: int) -> None:
        self.text, self.number, self.public = text, number, public

    def match(
        self, percent: int, text: str, unit: AlignedUnit, language: str, into: str
    ) -> MemoryMatch:
        source = unit.in_language(language)
        return MemoryMatch(
            percent=percent,
            source=source,
            pieces=() if percent == 100 else tuple(diff_line(source, text)),
            text=unit.in_language(into),
            article=self.text.article_id,
            title=self.text.title,
            title_language=self.text.language,
            others=self.number - 1,
            is_internal=not self.public,
        )


def _origins(units: set[int]) -> dict[int, _Origin]:
    public = Q(aligned__translation__article__audience=Article.Audience.PUBLIC)
    rows = (
        AlignedUnitUse.objects.filter(unit__in=units)
        .values("unit")
        .annotate(number=Count("pk"), public=Count("pk", filter=public), first=Min("aligned"))
        .values_list("unit", "number", "public", "first")
    )
    found = list(rows)
    texts = ArticleTranslation.objects.in_bulk({first for *_rest, first in found})
    return {unit: _Origin(texts[first], number, public) for unit, number, public, first in found}
