"""Texts known to stop Markdown parsers: each is rendered or refused, the next is served."""

from __future__ import annotations

import pytest

from benchmarks.bench_pathological import WAYS, outcome
from benchmarks.material.pathological import CASES
from troubleshooting.texts.bounded import REASONS, Limits, canonical_sections

# Less than the portal's own, so that the cases that need all of it take little here, and of a size
# that most of them read in this time: at eight times of it a third of the resolutions was ended by
# the clock, at twice of it a tenth, whatever they were. At full size and with the portal's bounds
# they are measured by ``benchmarks.bench_pathological``.
LIMITS = Limits(seconds=0.2)
SIZE = 8_192


def test_there_are_many():
    assert len(CASES) >= 200


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("way", ["as a resolution", "as a document"])
def test_a_pathological_text_is_rendered_or_refused(name: str, way: str):
    text = CASES[name](SIZE)
    assert 0.7 < len(text) / SIZE < 1.4
    result = outcome(WAYS[way], text, LIMITS)
    assert result in {"rendered", *REASONS} - {"crash"} or result.startswith("no document")
    assert canonical_sections({"problem": "* a"}) == {"problem": "-   a"}
