"""Reading and rendering of texts from outside within bounds of time and memory. Pure.

The functions are those of ``markup``, ``rendering``, ``structure`` and ``docfx``, run in a process
of their own that is ended where it exceeds its bounds (``pool``, ``worker``, ``child``). Whatever
goes wrong with a text is one error, ``UnrenderableText``.
"""

from .conversions import convert_file
from .limits import FOR_NOW, LIMITS, REASONS, Limits, UnrenderableText
from .pictures import clean_image
from .texts import (
    CanonicalText,
    canonical_sections,
    hidden_comments,
    hidden_parts,
    in_batches,
    more_children,
    read_articles,
    read_document,
    render_words,
    structure_article,
    structure_articles,
)

__all__ = [
    "FOR_NOW",
    "LIMITS",
    "REASONS",
    "CanonicalText",
    "Limits",
    "UnrenderableText",
    "canonical_sections",
    "clean_image",
    "convert_file",
    "hidden_comments",
    "hidden_parts",
    "in_batches",
    "more_children",
    "read_articles",
    "read_document",
    "render_words",
    "structure_article",
    "structure_articles",
]
