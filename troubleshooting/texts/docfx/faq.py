"""Questions in YAML (``### YamlMime:FAQ``), as Markdown with the lines that they come from.

Source: https://learn.microsoft.com/contribute/content/faq-yaml-files (schema of docfx).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from .errors import DocumentError
from .front_matter import Loader

_MIME = re.compile(r"#{1,3}\s*YamlMime:\s*FAQ\s*", re.IGNORECASE)
#: Names of sections that say nothing.
_UNNAMED = frozenset({"", "ignored"})


@dataclass(slots=True)
class Faq:
    """Lines of Markdown, for each the line of the file (from 0), and the fields of the header."""

    text: list[str] = field(default_factory=list)
    origin: list[int] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)

    def add(self, node: yaml.Node | None, mark: str = "") -> None:
        """Add the lines of a scalar, with ``mark`` before the first, and an empty line."""
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            return
        start = node.start_mark.line
        literal = node.style == "|"
        for number, line in enumerate(node.value.rstrip().split("\n")):
            shown = f"{mark}{line.strip()}" if mark and not number else line
            self.text.append(shown)
            self.origin.append(start + 1 + number if literal else start)
        self.text.append("")
        self.origin.append(start)


def read_faq(lines: list[str]) -> Faq | None:
    """Return the questions of a file; None where it is no such file.

    Raise ``DocumentError`` (``front_matter_broken``) where it is not valid YAML.
    """
    first = next((line for line in lines if line.strip()), "")
    if not _MIME.fullmatch(first):
        return None
    try:
        root = yaml.compose("\n".join(lines), Loader=Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", "") or ""
        line = (mark.line if mark else 0) + 1
        raise DocumentError("front_matter_broken", line, problem) from error
    found = Faq()
    top = _mapping(root)
    found.fields = _plain(top.get("metadata"))
    found.add(top.get("title"), "# ")
    found.add(top.get("summary"))
    for section in _sequence(top.get("sections")):
        _add_section(found, _mapping(section))
    return found


def _add_section(faq: Faq, section: dict[str, yaml.Node]) -> None:
    name = section.get("name")
    named = isinstance(name, yaml.ScalarNode) and name.value.strip().lower() not in _UNNAMED
    if named:
        faq.add(name, "## ")
    for each in _sequence(section.get("questions")):
        question = _mapping(each)
        faq.add(question.get("question"), "### " if named else "## ")
        faq.add(question.get("answer"))


def _mapping(node: yaml.Node | None) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {str(key.value): value for key, value in node.value}


def _sequence(node: yaml.Node | None) -> list[yaml.Node]:
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _plain(node: yaml.Node | None) -> dict[str, Any]:
    def value(each: yaml.Node) -> Any:
        if isinstance(each, yaml.SequenceNode):
            return [value(item) for item in each.value]
        return _plain(each) if isinstance(each, yaml.MappingNode) else str(each.value)

    return {name: value(each) for name, each in _mapping(node).items()}
