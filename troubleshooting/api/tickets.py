"""The operations for ticket systems: the note for a ticket, and that an article was used."""

from __future__ import annotations

from typing import Annotated, Literal

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from ninja import Path, Query, Schema, Status
from ninja.errors import HttpError
from pydantic import Field

from ..access import reader_of
from ..models import AccessToken
from ..reporting.outcomes import TooManyError, UnknownArticleError
from ..reporting.uses import report_use
from ..representing.articles import article_text
from ..representing.notes import note
from .changes import Change, Reported
from .inputs import CHANGE_ERRORS, LARGEST_NUMBER, ONE_ERRORS, Language
from .interface import api
from .rights import Token

Number = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]
FormName = Literal["plain", "markdown", "html", "jira", "servicenow", "zammad", "zendesk"]
StepAnchor = Annotated[str, Field(pattern=r"^[-a-z0-9]{1,120}$")]


class NoteOut(Schema):
    """A note for a ticket, in a form that it reads."""

    number: int
    revision: int
    language: str
    form: str
    text: str


class UseIn(Change):
    """What was done with an article; ``system`` says where, never in which ticket."""

    act: Literal["linked", "sent", "flagged"] = "linked"
    system: Annotated[str, Field(pattern=r"^[-A-Za-z0-9 _.]{0,40}$")] = ""


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
    written = note(text, settings.SITE_ADDRESS, form, done, outcome)
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
    request: HttpRequest, number: Number, asked: UseIn, language: Language = ""
) -> Status[Reported]:
    """Say that an article was linked to a ticket, sent to a caller, or has to be put right."""
    wanted = language or get_language()
    try:
        report_use(reader_of(request), number, wanted, asked.act, asked.system)
    except UnknownArticleError:
        raise Http404 from None
    except TooManyError:
        raise HttpError(429, "Too many reports in this hour.") from None
    return Status(201, Reported(kept=True))
