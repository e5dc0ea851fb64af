"""The tools that guide: ``read_article``, ``next_step`` and ``report_outcome``."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..reporting.outcomes import (
    OutcomeReport,
    TooManyError,
    UnknownArticleError,
    UnknownStepError,
    report_outcome,
)
from ..representing.articles import ArticleText, StepText, article_text
from ..representing.sentences import TITLE, Sentence, sentences_of, steps_of
from .answers import ToolError, ToolResult
from .finding import Caller
from .inputs import NextStepIn, ReadIn, ReportOutcomeIn


def run_read(caller: Caller, arguments: ReadIn) -> ToolResult:
    """Quote an article whole."""
    text = _text(caller, arguments.article)
    answer = ToolResult(_about(text), sentences_of(text, caller.site))
    answer.data["article"] = _named(caller, text)
    answer.data["steps"] = [one.anchor for one in text.steps]
    return answer


def run_next_step(caller: Caller, arguments: NextStepIn) -> ToolResult:
    """Quote the first step that is not done, with what it is part of and what to read before.

    Raise ``ToolError``: the article or a step named is not there.
    """
    text = _text(caller, arguments.article)
    known = {one.anchor for one in text.steps} | {one.resolution for one in text.steps}
    if strange := [one for one in arguments.done if one not in known]:
        raise ToolError(f"The article has no such step: {', '.join(strange)[:300]}")
    sentences = sentences_of(text, caller.site)
    left = _left(text.steps, arguments.done)
    answer = ToolResult(
        data={"article": _named(caller, text), "step": "", "left": [s.anchor for s in left]}
    )
    if not text.steps:
        answer.remarks = ["The article has no numbered steps. This is its resolution:"]
        answer.quoted = [one for one in sentences if _is_of_resolution(one)]
    elif not left:
        answer.remarks = ["Every step is done. Report how it went, or read the article."]
    else:
        answer.data["step"] = left[0].anchor
        answer.remarks = [f"The next step is {left[0].anchor}; {len(left)} left in all."]
        answer.quoted = _around(text.steps, left[0], sentences)
    return answer


def run_report(caller: Caller, arguments: ReportOutcomeIn) -> ToolResult:
    """Keep how it went.

    Raise ``ToolError``: the token may not, the article or step is not there, or too many reports.
    """
    if not caller.may_report:
        raise ToolError("Reporting needs a token with the scope outcomes.")
    report = OutcomeReport(arguments.article, caller.language, arguments.step, arguments.comment)
    try:
        row = report_outcome(caller.reader, report, arguments.verdict, arguments.reason)
    except UnknownArticleError:
        raise _unknown(arguments.article) from None
    except UnknownStepError:
        raise ToolError(f"The article has no such step: {arguments.step}") from None
    except TooManyError:
        raise ToolError("Too many reports in this hour; try later.") from None
    place = row.anchor or "the whole article"
    said = f"Kept: {row.verdict}, article {row.article_id} r{row.revision_number}, {place}."
    return ToolResult([said])


def _text(caller: Caller, number: int) -> ArticleText:
    text = article_text(caller.reader, caller.language, number=number)
    if text is None:
        raise _unknown(number)
    return text


def _unknown(number: int) -> ToolError:
    return ToolError(f"There is no article {number} that you may read.")


def _named(caller: Caller, text: ArticleText) -> dict[str, object]:
    return {
        "number": text.number,
        "revision": text.revision,
        "language": text.language,
        "url": f"{caller.site}{text.address}",
    }


def _about(text: ArticleText) -> list[str]:
    lines = [f"Article {text.number}, revision {text.revision}, in {text.language}."]
    if text.status != "published":
        lines.append(f"Its status is {text.status}: it is not public.")
    if text.is_outdated:
        lines.append("The text that it was translated from has had a major change since.")
    if text.internal:
        lines.append("It has an internal note for the staff, which is not quoted here.")
    return lines


def _is_of_resolution(one: Sentence) -> bool:
    return one.role == TITLE or one.anchor.startswith("resolution")


def _above(step: StepText, by_anchor: dict[str, StepText]) -> list[str]:
    """Return the anchors of a step, of the steps that it is in, and of its resolution."""
    found = [step.anchor]
    while step.parent in by_anchor:
        step = by_anchor[step.parent]
        found.append(step.anchor)
    return [*found, step.resolution]


def _left(steps: Sequence[StepText], done_steps: Collection[str]) -> list[StepText]:
    """Return the steps that are neither done nor in one that is; of nested ones the innermost."""
    by_anchor = {one.anchor: one for one in steps}
    parents = {one.parent for one in steps}
    return [
        one
        for one in steps
        if one.anchor not in parents and not set(_above(one, by_anchor)) & set(done_steps)
    ]


def _around(
    steps: Sequence[StepText], step: StepText, sentences: Sequence[Sentence]
) -> list[Sentence]:
    """Return the title, what leads to the step, the steps that it is in, and the step.

    What a resolution says before its first step is to be read before it is begun.
    """
    by_anchor = {one.anchor: one for one in steps}
    chain = _above(step, by_anchor)[:-1]
    held = steps_of(sentences)
    wanted = {one for anchor in chain for one in held.get(anchor, ())}
    is_first = next(one for one in steps if one.resolution == step.resolution).anchor in chain
    if is_first:
        first = min(sentences.index(one) for one in wanted)
        wanted |= {one for one in sentences[:first] if one.anchor == step.resolution}
    return [one for one in sentences if one.role == TITLE or one in wanted]
