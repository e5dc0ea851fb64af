"""How a step or an article went, as a program reports it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from ..access import Reader
from ..models import ArticleTranslation, ErrorReport, Outcome, Step


class UnknownArticleError(Exception):
    """The reader sees no such article."""


class UnknownStepError(Exception):
    """The text has no such step."""


class TooManyError(Exception):
    """No more reports are kept in this hour."""


@dataclass(frozen=True, slots=True)
class OutcomeReport:
    """Where in a text something went well or wrong; ``anchor`` is empty for the whole article."""

    number: int
    language: str
    anchor: str = ""
    comment: str = ""


def report_outcome(
    reader: Reader, report: OutcomeReport, verdict: str, reason: str = ""
) -> Outcome:
    """Keep an outcome.

    Raise ``UnknownArticleError``: there is none that the reader sees. Raise ``UnknownStepError``:
    its text has no such step. Raise ``TooManyError``: no more are kept in this hour.
    """
    text = _text(reader, report)
    row = Outcome(**_fields(text, report), verdict=verdict, reason=reason)
    if not Outcome.objects.has_room_for(text.article):
        raise TooManyError
    row.save()
    return row


@transaction.atomic
def report_error(reader: Reader, report: OutcomeReport) -> None:
    """Keep what is wrong in a text, what is said twice once; raise as ``report_outcome`` does."""
    text = _text(reader, report)
    row = ErrorReport(**_fields(text, report))
    if row.is_repeated():
        return
    if not ErrorReport.objects.has_room_for(text.article):
        raise TooManyError
    row.save()


def _text(reader: Reader, report: OutcomeReport) -> ArticleTranslation:
    texts = ArticleTranslation.objects.visible_to(reader).filter(article=report.number)
    found = texts.best_first(report.language).select_related("article").first()
    if found is None:
        raise UnknownArticleError
    is_known = Step.objects.filter(translation=found, anchor=report.anchor).exists()
    if report.anchor and not is_known:
        raise UnknownStepError
    return found


def _fields(text: ArticleTranslation, report: OutcomeReport) -> dict[str, object]:
    return {
        "article": text.article,
        "language": text.language,
        "revision_number": text.revision_number,
        "anchor": report.anchor,
        "comment": report.comment,
    }
