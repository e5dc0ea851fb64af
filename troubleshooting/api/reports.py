"""The operations by which programs report: outcomes, errors, gaps."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Query, Status
from ninja.errors import HttpError

from ..access import reader_for, reader_of
from ..models import AccessToken, GapReport
from ..reporting.gaps import report_gap
from ..reporting.outcomes import (
    OutcomeReport,
    TooManyError,
    UnknownArticleError,
    UnknownStepError,
    report_error,
    report_outcome,
)
from .changes import ErrorIn, GapIn, GapPage, OutcomeIn, Reported
from .inputs import (
    CHANGE_ERRORS,
    READ_ERRORS,
    Cursor,
    Language,
    Number,
    place_of,
)
from .interface import api
from .rights import WRITING, Token, check, writer_of

_REPORTING = Token(AccessToken.Scope.OUTCOMES)


def _kept(keep: Any, *arguments: Any) -> Status[Reported]:
    """Keep a report, or say why not."""
    try:
        keep(*arguments)
    except UnknownArticleError:
        raise Http404 from None
    except UnknownStepError:
        raise HttpError(404, _("The article has no such step.")) from None
    except TooManyError:
        raise HttpError(429, _("Too many reports in this hour.")) from None
    return Status(201, Reported(kept=True))


@api.post(
    "/articles/{number}/outcomes/",
    auth=_REPORTING,
    response={201: Reported, **CHANGE_ERRORS},
    operation_id="reportOutcome",
)
def add_outcome(
    request: HttpRequest, number: Number, payload: OutcomeIn, language: Language = ""
) -> Any:
    """Say how a step or an article went."""
    report = OutcomeReport(number, language or get_language(), payload.anchor, payload.comment)
    return _kept(report_outcome, reader_of(request), report, payload.verdict, payload.reason)


@api.post(
    "/articles/{number}/errors/",
    auth=_REPORTING,
    response={201: Reported, **CHANGE_ERRORS},
    operation_id="reportError",
)
def add_error(
    request: HttpRequest, number: Number, payload: ErrorIn, language: Language = ""
) -> Any:
    """Say what is wrong in an article."""
    report = OutcomeReport(number, language or get_language(), payload.anchor, payload.comment)
    return _kept(report_error, reader_of(request), report)


@api.post(
    "/gaps/", auth=_REPORTING, response={201: Reported, **CHANGE_ERRORS}, operation_id="reportGap"
)
def add_gap(request: HttpRequest, payload: GapIn, language: Language = "") -> Status[Reported]:
    """Say that nothing is written about a code or message; one that is known counts once more."""
    kept = report_gap(payload.subject, payload.comment, language or get_language())
    if not kept:
        raise HttpError(429, _("Too many reports in this hour."))
    return Status(201, Reported(kept=True))


@api.get(
    "/gaps/",
    auth=WRITING,
    response={200: GapPage, **READ_ERRORS, 401: CHANGE_ERRORS[401]},
    operation_id="listGaps",
)
def list_gaps(
    request: HttpRequest, cursor: Cursor = "", limit: Annotated[int, Query(ge=1, le=100)] = 20
) -> dict[str, Any]:
    """List what readers found nothing about, in the order in which it was first reported."""
    check(reader_for(writer_of(request)).is_editor)
    gaps = GapReport.objects.filter(pk__gt=place_of(cursor)).order_by("pk")
    rows = list(gaps[: limit + 1])
    more = len(rows) > limit
    return {"items": rows[:limit], "next": str(rows[limit - 1].pk) if more else ""}
