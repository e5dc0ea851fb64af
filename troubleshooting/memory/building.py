"""The worker's part: the units of translations that are new or changed are aligned and kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from ..jobs import QUICK, JobRun, enqueue, task
from ..models import (
    AlignedText,
    AlignedUnit,
    AlignedUnitKey,
    AlignedUnitUse,
    ArticleTranslation,
    Job,
    Revision,
)
from ..texts.translating.memory import aligned_units, digest, keys_of

EVERY = timedelta(minutes=10)
#: Translations that one call of the task aligns; other jobs have their turn in between.
AT_ONCE = 50
#: Rows of one statement.
_ROWS = 2_000


def outdated() -> QuerySet[ArticleTranslation]:
    """Return the translations that render a source and are not aligned as they are now."""
    texts = ArticleTranslation.objects.filter(source_revision__gt=0).exclude(source_language="")
    is_aligned = Q(
        aligned__revision=F("revision_number"),
        aligned__source_revision=F("source_revision"),
        aligned__source_language=F("source_language"),
    )
    return texts.exclude(pk__in=texts.filter(is_aligned).values("pk"))


def begin_aligning(delay: timedelta = timedelta()) -> None:
    """Ask for the memory to be brought up to date, unless that is asked for by then already."""
    by_then = Job.objects.filter(
        task=align_texts.path, state=Job.State.WAITING, due__lte=timezone.now() + delay
    )
    if not by_then.exists():
        enqueue(align_texts, delay=delay)


@task(queue=QUICK)
def align_texts(run: JobRun) -> dict[str, Any]:
    """Align some of the texts that changed, after asking for the next call."""
    texts = list(outdated().order_by("pk")[:AT_ONCE])
    begin_aligning(EVERY if len(texts) < AT_ONCE else timedelta())
    align(texts)
    if len(texts) < AT_ONCE:
        forget_unused()
    return {"aligned": len(texts)}


def align(texts: Sequence[ArticleTranslation]) -> None:
    """Replace the stored units of ``texts`` by the present ones."""
    sources = _sources(texts)
    pairs = {text.pk: _pairs(text, sources) for text in texts}
    with transaction.atomic():
        AlignedText.objects.filter(pk__in=pairs).delete()
        AlignedText.objects.bulk_create(
            AlignedText(
                translation=text,
                source_language=text.source_language,
                source_revision=text.source_revision,
                revision=text.revision_number,
            )
            for text in texts
        )
        keys = _kept({unit.digest: unit for units in pairs.values() for unit in units})
        AlignedUnitUse.objects.bulk_create(
            (
                AlignedUnitUse(unit_id=keys[unit.digest], aligned_id=pk)
                for pk, units in pairs.items()
                for unit in units
            ),
            batch_size=_ROWS,
        )


def align_anew() -> None:
    """Have the worker align every text again; until then the memory offers less."""
    AlignedText.objects.all().delete()
    begin_aligning()


def forget_unused() -> None:
    """Delete what no translation says any more."""
    texts = AlignedText.objects.filter(
        Q(translation__source_language="") | Q(translation__source_revision=0)
    )
    texts.delete()
    AlignedUnit.objects.filter(uses=None).delete()


def _sources(texts: Sequence[ArticleTranslation]) -> dict[tuple[int, str, int], Revision]:
    """Return the revisions that ``texts`` render, by article, language and number."""
    revisions = Revision.objects.filter(
        translation__article__in={text.article_id for text in texts},
        number__in={text.source_revision for text in texts},
    )
    return {
        (one.translation.article_id, one.translation.language, one.number): one
        for one in revisions.select_related("translation")
    }


def _pairs(
    text: ArticleTranslation, sources: dict[tuple[int, str, int], Revision]
) -> list[AlignedUnit]:
    source = sources.get((text.article_id, text.source_language, text.source_revision))
    if source is None:
        return []
    return [
        _unit((text.source_language, one), (text.language, other))
        for one, other in aligned_units(source.texts(), text.texts())
    ]


def _unit(*sides: tuple[str, str]) -> AlignedUnit:
    """Return the unsaved unit of two sides, each a language and a text."""
    (language, text), (other_language, other_text) = sorted(sides)
    return AlignedUnit(
        digest=digest(language, text, other_language, other_text),
        language=language,
        text=text,
        other_language=other_language,
        other_text=other_text,
    )


def _kept(units: dict[str, AlignedUnit]) -> dict[str, int]:
    """Store new ``units`` with their keys; return the rows of all, by digest."""
    known = _rows(units)
    new = [unit for name, unit in units.items() if name not in known]
    AlignedUnit.objects.bulk_create(new, batch_size=_ROWS, ignore_conflicts=True)
    known |= (rows := _rows(unit.digest for unit in new))
    AlignedUnitKey.objects.bulk_create(
        (
            AlignedUnitKey(key=key, unit_id=rows[unit.digest])
            for unit in new
            for language, text in (
                (unit.language, unit.text),
                (unit.other_language, unit.other_text),
            )
            for key in keys_of(text, language)
        ),
        batch_size=_ROWS,
    )
    return known


def _rows(digests: Iterable[str]) -> dict[str, int]:
    found = AlignedUnit.objects.filter(digest__in=list(digests))
    return dict(found.values_list("digest", "pk"))
