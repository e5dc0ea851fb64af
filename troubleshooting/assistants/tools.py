"""The tools that assistants are offered: how they are described, and how one is called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import override
from pydantic import BaseModel, ValidationError

from .answers import ToolError, ToolResult, output_schema
from .finding import Caller, run_decode, run_diagnose, run_search
from .guiding import run_next_step, run_read, run_report
from .inputs import DecodeIn, DiagnoseIn, NextStepIn, ReadIn, ReportOutcomeIn, SearchIn

_ARTICLES = {"articles": {"type": "array", "items": {"type": "object"}}}
_ONE = {"article": {"type": "object"}}


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool; ``run`` takes the caller and the checked arguments."""

    name: str
    title: str
    description: str
    inputs: type[BaseModel]
    run: Callable[[Caller, Any], ToolResult]
    outputs: dict[str, dict[str, Any]]
    writes: bool = False

    def declared(self) -> dict[str, Any]:
        """Return what a client is told of the tool (MCP, "Tool")."""
        return {
            "name": self.name,
            "title": self.title,
            "description": self.description,
            "inputSchema": self.inputs.model_json_schema(),
            "outputSchema": output_schema(**self.outputs),
            "annotations": {
                "title": self.title,
                "readOnlyHint": not self.writes,
                "destructiveHint": False,
                "idempotentHint": not self.writes,
                "openWorldHint": False,
            },
        }


TOOLS = {
    one.name: one
    for one in (
        Tool(
            "search",
            "Search the knowledge base",
            "Find articles by an error code in any form, a message or a question. Quotes the best"
            " article whole, and of others what the question is about.",
            SearchIn,
            run_search,
            _ARTICLES,
        ),
        Tool(
            "diagnose",
            "Diagnose a log",
            "Say what a log or a pasted text shows, when, and quote the articles about it. The text"
            " is kept nowhere.",
            DiagnoseIn,
            run_diagnose,
            {**_ARTICLES, "timeline": {"type": "array", "items": {"type": "object"}}},
        ),
        Tool(
            "decode",
            "Take an error code apart",
            "Say what an error code in any form (hexadecimal, signed, spelled, a name) may be, and"
            " which articles are about it.",
            DecodeIn,
            run_decode,
            {**_ARTICLES, "meanings": {"type": "array", "items": {"type": "object"}}},
        ),
        Tool(
            "read_article",
            "Read an article",
            "Quote an article whole, sentence by sentence, each with its source.",
            ReadIn,
            run_read,
            {**_ONE, "steps": {"type": "array", "items": {"type": "string"}}},
        ),
        Tool(
            "next_step",
            "Say the next step",
            "Quote the first step of an article that is not done, with the warnings to read before"
            " it. Name in done the steps that are done, or resolution-1 to go on to the second.",
            NextStepIn,
            run_next_step,
            {
                **_ONE,
                "step": {"type": "string"},
                "left": {"type": "array", "items": {"type": "string"}},
            },
        ),
        Tool(
            "report_outcome",
            "Report how it went",
            "Tell the editors that a step or an article solved the problem, or that somebody is"
            " stuck at it. Ask the person before you report.",
            ReportOutcomeIn,
            run_report,
            {},
            writes=True,
        ),
    )
}


def offered(caller: Caller) -> list[Tool]:
    """Return the tools that the caller may use."""
    return [one for one in TOOLS.values() if caller.may_report or not one.writes]


def call(tool: Tool, caller: Caller, arguments: dict[str, Any]) -> dict[str, Any]:
    """Return the result of a call (MCP, "CallToolResult"); a refusal is a result, too."""
    try:
        asked = tool.inputs.model_validate(arguments)
        caller = caller.speaking(getattr(asked, "language", ""))
        with override(caller.language):
            answer = tool.run(caller, asked)
    except ValidationError as error:
        return _refusal("; ".join(map(_reason, error.errors(include_input=False))))
    except ToolError as error:
        return _refusal(str(error))
    return {
        "content": [{"type": "text", "text": answer.text()}],
        "structuredContent": answer.structured(),
        "isError": False,
    }


def _reason(one: Any) -> str:
    return f"{'.'.join(map(str, one['loc']))}: {one['msg']}"


def _refusal(reason: str) -> dict[str, Any]:
    return {"content": [{"type": "text", "text": reason}], "isError": True}
