"""CommonMark's own examples: through the canonical form they are shown as the specification says.

The file ``examples.json`` names its author, source and licence.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.unit.markup.commonmark.differences import REASONS
from tests.unit.markup.commonmark.equality import comparable
from troubleshooting.texts.markup import canonical
from troubleshooting.texts.rendering import (
    RenderingContext,
    plain_link,
    plain_text,
    render,
    to_html,
    to_tree,
)

EXAMPLES = json.loads((Path(__file__).parent / "examples.json").read_text("utf-8"))["examples"]
BY_DESIGN = {number for numbers in REASONS.values() for number in numbers}
SECTIONS = {item["section"]: [] for item in EXAMPLES}
for _item in EXAMPLES:
    SECTIONS[_item["section"]].append(_item)
# A test for each example would take longer to call than the example itself.
each_section = pytest.mark.parametrize("examples", SECTIONS.values(), ids=SECTIONS)
# What is shown by no browser.
_UNSEEN = re.compile(r"<(script|style)\b.*?(?:</\1>|\Z)|<!--.*?-->|<!DOCTYPE[^>]*>", re.DOTALL)


def shown(text: str) -> str:
    return to_html(canonical(text))


def seen_words(html: str) -> set[str]:
    return set(re.findall(r"\w+", plain_text(to_tree(_UNSEEN.sub("", html).strip() or " "))))


def test_no_example_is_missing():
    assert [item["number"] for item in EXAMPLES] == list(range(1, 653))


@each_section
def test_it_is_shown_as_specified_but_by_design(examples):
    shown_else = {
        item["number"]
        for item in examples
        if comparable(shown(item["markdown"])) != comparable(item["html"])
    }
    assert shown_else == BY_DESIGN & {item["number"] for item in examples}


@each_section
def test_no_word_is_lost(examples):
    for item in examples:
        tree = render(canonical(item["markdown"]), RenderingContext(plain_link))
        words = set(re.findall(r"\w+", plain_text(tree)))
        assert words >= seen_words(item["html"]), item


@each_section
def test_its_canonical_form_stays(examples):
    for item in examples:
        once = canonical(item["markdown"])
        assert canonical(once) == once, item


def test_the_reasons_share_no_example():
    numbers = [number for group in REASONS.values() for number in group]
    assert len(numbers) == len(set(numbers))
