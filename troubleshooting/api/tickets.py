"""The operations for ticket systems: notes for tickets, uses of articles, counts of tickets."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Query, Schema, Status
from ninja.errors import HttpError
from pydantic import Field

from kbportal.environment.site import site_address

from ..access import reader_for, reader_of
from ..models import AccessToken, SearchFacets
from ..reporting.outcomes import TooManyError, UnknownArticleError
from ..reporting.uses import ContradictionError, report_count, report_use
from ..representing.articles import article_text
from ..representing.diagnosis import Diagnosis, diagnose
from ..representing.notes import note
from ..search import SearchRequest, search
from ..search.reading.query import MAX_TEXT
from ..texts.personal import personal_in, without_personal
from .changes import ChangeInput, Day, Reported, WholeNumber
from .inputs import (
    CHANGE_ERRORS,
    ONE_ERRORS,
    READ_ERRORS,
    Language,
    Number,
    Problem,
    Text,
)
from .interface import api
from .reasons import WrongValueError, unknown_value
from .rights import Token, check, writer_of

FormName = Literal["plain", "markdown", "html", "jira", "servicenow", "zammad", "zendesk"]
SystemName = Annotated[str, Field(pattern=r"^[-A-Za-z0-9 _.]{0,40}$")]
StepAnchor = Annotated[str, Field(pattern=r"^[-a-z0-9]{1,120}$")]


class NoteOut(Schema):
    """A note for a ticket, in a form that it reads."""

    number: int
    revision: int
    language: str
    form: str
    text: str


class UseIn(ChangeInput):
    """What was done with an article; ``system`` says where, never in which ticket."""

    act: Literal["linked", "sent", "flagged"] = "linked"
    system: SystemName = ""


class TicketCountIn(ChangeInput):
    """How many tickets a system closed in some days, and how many of these had an article."""

    first: Day
    last: Day
    closed: WholeNumber
    with_article: WholeNumber | None = None
    system: SystemName = ""


class TicketIn(ChangeInput):
    """A ticket, or what of it shall be matched. It is kept nowhere."""

    text: Annotated[Text, Field(max_length=MAX_TEXT)]
    subject: Annotated[Text, Field(max_length=500)] = ""


class PersonalOut(Schema):
    """Something personal in the text that was sent, by its characters."""

    start: int
    end: int
    kind: Literal["mail", "account", "bank", "address", "phone", "name"]


class TicketOut(Schema):
    """``text`` is what was searched: subject and text without what is ``personal`` in the text."""

    personal: list[PersonalOut]
    text: str
    diagnosis: Diagnosis


@api.post(
    "/tickets/match/",
    response={200: TicketOut, 400: Problem, **READ_ERRORS},
    operation_id="matchTicket",
)
def match_ticket(request: HttpRequest, payload: TicketIn, language: Language = "") -> TicketOut:
    """Mark what is personal in a ticket, leave it out, and match the rest with the articles."""
    wanted = language or get_language()
    parts = [without_personal(part) for part in (payload.subject, payload.text) if part]
    visible = SearchFacets.objects.visible_to(reader_of(request))
    text = "\n".join(parts)
    found = diagnose(text, wanted, lambda part: search(visible, SearchRequest(part, wanted)))
    personal = [PersonalOut(**one._asdict()) for one in personal_in(payload.text)]
    return TicketOut(personal=personal, text=text, diagnosis=found)


@api.get(
    "/articles/{number}/note/", response={200: NoteOut, **ONE_ERRORS}, operation_id="writeNote"
)
def write_note(
    request: HttpRequest,
    number: Number,
    form: FormName = "plain",
    done: Annotated[list[StepAnchor], Query(max_length=200)] = [],  # noqa: B006  # ninja copies it
    outcome: Literal["", "solved", "stuck"] = "",
    language: Language = "",
) -> NoteOut:
    """Write the note about a call: the article, its revision, the steps that were done."""
    text = article_text(reader_of(request), language or get_language(), number=number)
    if text is None:
        raise Http404
    steps = {one.anchor for one in text.steps}
    if strange := [one for one in done if one not in steps]:
        raise WrongValueError(unknown_value("query.done", one, steps) for one in strange)
    written = note(text, site_address(request), form, done, outcome)
    return NoteOut(
        number=text.number,
        revision=text.revision,
        language=text.language,
        form=form,
        text=written,
    )


@api.post(
    "/articles/{number}/uses/",
    auth=Token(AccessToken.Scope.OUTCOMES),
    response={201: Reported, **CHANGE_ERRORS},
    operation_id="reportUse",
)
def add_use(
    request: HttpRequest, number: Number, payload: UseIn, language: Language = ""
) -> Status[Reported]:
    """Say that an article was linked to a ticket, sent to a caller, or has to be put right."""
    wanted = language or get_language()
    try:
        report_use(reader_of(request), number, wanted, payload.act, payload.system)
    except UnknownArticleError:
        raise Http404 from None
    except TooManyError:
        raise HttpError(429, _("Too many reports in this hour.")) from None
    return Status(201, Reported(kept=True))


@api.post(
    "/tickets/counts/",
    auth=Token(AccessToken.Scope.OUTCOMES),
    response={201: Reported, **CHANGE_ERRORS},
    operation_id="countTickets",
)
def count_tickets(request: HttpRequest, payload: TicketCountIn) -> Status[Reported]:
    """Say how many tickets were closed; sent again for the same days and system, it replaces."""
    check(reader_for(writer_of(request)).is_staff)
    try:
        report_count(**payload.model_dump())
    except ContradictionError as error:
        raise HttpError(409, str(error)) from None
    return Status(201, Reported(kept=True))
