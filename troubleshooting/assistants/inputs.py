"""What the tools may be asked, checked before anything looks at it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from ..api.inputs import LARGEST_NUMBER, LONGEST_LOG, LONGEST_QUERY, Language, Text
from ..models.outcomes import LONGEST_COMMENT
from ..representing.decoding import LONGEST

#: Steps that may be named as done.
_MOST_DONE = 500

Number = Annotated[int, Field(ge=1, le=LARGEST_NUMBER, description="The number of an article.")]
Anchor = Annotated[Text, Field(max_length=120)]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    language: Annotated[Language, Field(description="Of the answer; fr and en are usual.")] = ""


class SearchIn(_In):
    """What ``search`` is asked."""

    query: Annotated[
        Text,
        Field(
            min_length=1,
            max_length=LONGEST_QUERY,
            description='A code, a message or a question; in:ios, "a phrase" and -word narrow it.',
        ),
    ]
    platform: Annotated[
        list[Text], Field(max_length=20, description="Slugs, such as android, ios, windows.")
    ] = []
    limit: Annotated[int, Field(ge=1, le=10)] = 5


class DiagnoseIn(_In):
    """What ``diagnose`` is asked."""

    log: Annotated[
        Text, Field(min_length=1, max_length=LONGEST_LOG, description="The text. It is not kept.")
    ]
    question: Annotated[
        Text, Field(max_length=LONGEST_QUERY, description="What the person wants to know of it.")
    ] = ""


class DecodeIn(_In):
    """What ``decode`` is asked."""

    code: Annotated[Text, Field(min_length=1, max_length=LONGEST, description="In any form.")]


class ReadIn(_In):
    """What ``read_article`` is asked."""

    article: Number


class NextStepIn(_In):
    """What ``next_step`` is asked."""

    article: Number
    done: Annotated[
        list[Anchor],
        Field(
            max_length=_MOST_DONE,
            description="Anchors of the steps done, or of a resolution to leave out whole.",
        ),
    ] = []


class ReportOutcomeIn(_In):
    """What ``report_outcome`` is asked."""

    article: Number
    step: Annotated[Anchor, Field(description="Its anchor; empty for the whole article.")] = ""
    verdict: Literal["solved", "stuck"]
    reason: Literal["", "unclear", "changed", "different", "missing"] = ""
    comment: Annotated[
        Text, Field(max_length=LONGEST_COMMENT, description="No names, no addresses.")
    ] = ""
