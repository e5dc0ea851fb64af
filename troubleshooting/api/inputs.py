"""What may be asked of the API, checked before anything looks at it."""

from __future__ import annotations

from typing import Annotated

from django.conf import settings
from django.utils.translation import gettext_noop
from ninja import Path, Schema
from pydantic import AfterValidator, ConfigDict, Field

from ..texts.slugs import LONGEST_SLUG

#: Characters of a text that is searched, and of a log.
LONGEST_QUERY = 2_000
LONGEST_LOG = 1_000_000
LARGEST_NUMBER = 2**63 - 1
#: An article, an import or whatever else a path names by its number.
Number = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]


def _storable(text: str) -> str:
    """Return a text that every database takes."""
    if "\0" in text:
        raise ValueError(gettext_noop("It holds a NUL, which no text does."))
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError(gettext_noop("It holds half of a surrogate pair.")) from None
    return text


def _offered(language: str) -> str:
    if language and language not in dict(settings.LANGUAGES):
        raise ValueError(gettext_noop("It is not a language of the portal."))
    return language


#: What ``_storable`` refuses, as the schema says it.
_STORABLE = {"pattern": "^[^\\u0000]*$"}

Text = Annotated[str, AfterValidator(_storable), Field(json_schema_extra=_STORABLE)]
#: The languages of the portal; "" stands for the one that ``Accept-Language`` asks for.
LANGUAGES = [code for code, _name in settings.LANGUAGES]
Language = Annotated[
    Text, AfterValidator(_offered), Field(json_schema_extra={"enum": ["", *LANGUAGES]})
]
Slug = Annotated[str, Field(pattern=rf"^[-a-zA-Z0-9_]{{1,{LONGEST_SLUG}}}$")]


class WrongValue(Schema):
    """A value that was refused."""

    place: str
    kind: str
    reason: str


class Problem(Schema):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str = ""
    errors: list[WrongValue] = []


#: What any operation may answer but what it is for, and one that is about one thing, or changes it.
READ_ERRORS = dict.fromkeys((401, 403, 406, 413, 422, 429), Problem)
ONE_ERRORS = {404: Problem, **READ_ERRORS}
CHANGE_ERRORS = {**dict.fromkeys((400, 409, 412, 428), Problem), **ONE_ERRORS}


class LogIn(Schema):
    """A text to diagnose. It is kept nowhere."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[Text, Field(max_length=LONGEST_LOG)]


#: The place after a row, as ``next`` names it; "" is the beginning.
Cursor = Annotated[str, Field(pattern=r"^[0-9]{0,18}$")]


def place_of(cursor: str) -> int:
    """Return the row that a cursor names, 0 for the beginning."""
    return int(cursor or 0)
