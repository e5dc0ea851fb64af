"""Three-way merge of an article's texts, section by section. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged texts, and which sections both sides changed differently (ours stands)."""

    texts: dict[str, str]
    conflicts: list[str] = field(default_factory=list)


def merge_texts(
    base: Mapping[str, str], ours: Mapping[str, str], theirs: Mapping[str, str]
) -> Merged:
    """Merges two descendants of ``base``; the three map the same names to texts.

    A section that one side alone changed is taken from it; where both changed it differently,
    ``ours`` stays and the section is a conflict. No text of ``ours`` is ever lost.
    """
    texts: dict[str, str] = {}
    conflicts = []
    for name, mine in ours.items():
        before, other = base.get(name, ""), theirs.get(name, "")
        texts[name] = other if mine == before else mine
        if mine != before and other not in (before, mine):
            conflicts.append(name)
    return Merged(texts, conflicts)
