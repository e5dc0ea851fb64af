"""What an entry says of itself as a whole: a question, a procedure, a first sentence."""

from __future__ import annotations

from ....markup import Paragraph
from ....plain import first_sentence
from ...anchors import plain
from ..listing import shortened
from ..parts import EntryParts


def first_told(parts: EntryParts) -> str:
    """Return the first sentence of a labelled problem without a title: "Symptom 1", "Symptom 2"."""
    told = parts.blocks["problem"][:1] if "problem" in parts.labelled else []
    texts = [plain(block.text) for block in told if isinstance(block, Paragraph)]
    return shortened(first_sentence(texts[0])).rstrip(" :") if texts else ""


def answer_question(parts: EntryParts, title: str) -> None:
    """Take what follows a question for its answer, where nothing else is one."""
    told = parts.blocks["problem"]
    if title.rstrip().endswith("?") and not parts.labelled and not parts.blocks["resolution"]:
        parts.blocks.update(problem=[], resolution=told)


def as_procedure(parts: EntryParts) -> None:
    """Read general advice under a heading that says "steps" as a resolution as a whole."""
    blocks = [b for part in ("problem", "resolution", "other") for b in parts.blocks[part]]
    parts.blocks.update(problem=[], resolution=blocks, other=[])
