"""What editors' programs send, and what they are answered."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.conf import settings
from django.utils.translation import gettext_noop
from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field

from ..editing.refusals import LONGEST_SECTION
from ..editing.workflow import TRANSITIONS
from ..models.article import LONGEST_TITLE
from ..models.feedback import LONGEST_COMMENT as LONGEST_GAP_COMMENT
from ..models.integrations.uses import MOST_TICKETS
from ..models.outcomes import LONGEST_COMMENT
from ..models.workflow import LONGEST_REASON
from ..texts.anchors import SENDABLE_STEP
from ..texts.remarks import in_words
from .inputs import LANGUAGES, LARGEST_NUMBER, Slug, Text

_LONGEST_NOTE = 300
Body = Annotated[Text, Field(max_length=LONGEST_SECTION)]
Note = Annotated[Text, Field(max_length=_LONGEST_NOTE)]
Platforms = Annotated[list[Slug], Field(max_length=50)]
Anchor = Annotated[str, Field(pattern=rf"^({SENDABLE_STEP})?$")]
KindName = Literal["problem", "error", "advice"]
AudienceName = Literal["public", "staff"]


def _known(language: str) -> str:
    if language not in dict(settings.LANGUAGES):
        raise ValueError(gettext_noop("It is not a language of the portal."))
    return language


#: What Python takes off the ends of a text (``str.strip``), and a mark that shows as nothing: as a
#: part of a class in a pattern, which every dialect of them reads alike.
_BLANK = (
    r"\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
)
_SAYING = rf"^[^\u0000]*[^\u0000{_BLANK}][^\u0000]*$"


def _says_something(text: str) -> str:
    if not re.search(_SAYING, text):
        raise ValueError(gettext_noop("It says nothing."))
    return text


def _written(day: object) -> object:
    if day is not None and not (isinstance(day, str) and len(day) == len("2026-01-01")):
        raise ValueError(gettext_noop("It is not a day, such as 2026-01-31."))
    return day


def _whole(number: object) -> object:
    """Return 3 for 3.0, which is an integer as well (JSON Schema 2020-12, section 6.1.1)."""
    return int(number) if isinstance(number, float) and number.is_integer() else number


Saying = Annotated[
    Text, AfterValidator(_says_something), Field(json_schema_extra={"pattern": _SAYING})
]
WrittenLanguage = Annotated[
    Text, AfterValidator(_known), Field(json_schema_extra={"enum": LANGUAGES})
]
Title = Annotated[Saying, Field(max_length=LONGEST_TITLE)]
Day = Annotated[date, BeforeValidator(_written)]


WholeNumber = Annotated[int, Field(ge=0, le=MOST_TICKETS, strict=True), BeforeValidator(_whole)]


class ChangeInput(Schema):
    """What is sent: a field that is not known is an error, not a wish that is passed over."""

    model_config = ConfigDict(extra="forbid")


class TextIn(ChangeInput):
    """A text in Markdown; ``internal`` is a note for the staff. ``size`` is measured if empty."""

    title: Title
    problem: Body = ""
    cause: Body = ""
    resolution: Body = ""
    other: Body = ""
    internal: Body = ""
    comment: Note = ""
    size: Literal["", "typo", "minor", "major"] = ""

    def texts(self) -> dict[str, str]:
        """Return the texts by their names."""
        return self.model_dump(exclude={"comment", "size", "language", "details"})


class DetailsIn(ChangeInput):
    """The fields of an article beside its texts; a field left out stays as it is."""

    slug: Slug | None = None
    kind: KindName | None = None
    audience: AudienceName | None = None
    platforms: Platforms | None = None
    review_due: Day | None = None


class ArticleIn(TextIn):
    """A new article with its first text; it begins as a draft."""

    language: WrittenLanguage
    details: DetailsIn = DetailsIn()


class TransitionIn(ChangeInput):
    """A way from one state of an article to another, such as ``publish``."""

    transition: Literal[tuple(TRANSITIONS)]  # type: ignore[valid-type]  # the one list of them
    comment: Annotated[Text, Field(max_length=LONGEST_REASON)] = ""
    accept_missing: Annotated[bool, Field(strict=True)] = False
    revisions: dict[Slug, Annotated[int, Field(ge=1, le=LARGEST_NUMBER, strict=True)]] | None = None


class PlatformIn(ChangeInput):
    """A platform; ``icon`` is the name of a symbol that the portal has."""

    slug: Annotated[Slug, Field(max_length=50)]
    name: Annotated[Saying, Field(max_length=80)]
    icon: Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]{0,50}$")] = ""
    position: Annotated[int, Field(ge=0, le=32767, strict=True), BeforeValidator(_whole)] = 0


class OutcomeIn(ChangeInput):
    """How a step (``anchor``) or, without one, the article went. Nothing personal, please."""

    verdict: Literal["solved", "stuck"]
    anchor: Anchor = ""
    reason: Literal["", "unclear", "changed", "different", "missing"] = ""
    comment: Annotated[Text, Field(max_length=LONGEST_COMMENT)] = ""


class ErrorIn(ChangeInput):
    """What is wrong in an article."""

    comment: Annotated[Saying, Field(max_length=LONGEST_COMMENT)]
    anchor: Anchor = ""


class GapIn(ChangeInput):
    """A code or message that no article covers."""

    subject: Annotated[Saying, Field(max_length=200)]
    comment: Annotated[Text, Field(max_length=LONGEST_GAP_COMMENT)] = ""


class Written(Schema):
    """What a change left: ``revision`` of the text in ``language``; ``pending`` waits for review.

    ``pending`` is 0 where the text is what readers see.
    """

    number: int
    slug: str
    status: str
    language: str = ""
    revision: int = 0
    pending: int = 0


class RawText(Schema):
    """A text as editors wrote it."""

    number: int
    language: str
    revision: int
    title: str
    problem: str
    cause: str
    resolution: str
    other: str
    internal: str
    translated_from: str
    modified: datetime


class RevisionOut(Schema):
    """What a text said after one save."""

    number: int
    title: str
    comment: str
    size: str
    origin: str
    created: datetime

    @staticmethod
    def resolve_comment(revision: Any) -> str:
        """Return what its author said, or the portal in the language of the request."""
        return in_words(revision.comment)


class RevisionText(RevisionOut):
    """A text as it stood after one save."""

    problem: str
    cause: str
    resolution: str
    other: str
    internal: str


class GapOut(Schema):
    """A gap that readers reported, ``count`` times."""

    id: int
    subject: str
    comment: str
    language: str
    status: str
    count: int
    created: datetime
    last_reported: datetime


class GapPage(Schema):
    """Gaps; ``next`` is the cursor of the rest, empty at the end."""

    items: list[GapOut]
    next: str


class Reported(Schema):
    """A report that was kept."""

    kept: bool
