"""What ``structure_article`` returns."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..codes import Code


@dataclass(frozen=True, slots=True)
class SymptomItem:
    """A message as the text quotes it, on one line."""

    text: str


@dataclass(frozen=True, slots=True)
class CodeItem:
    """A code, the section (or ``title``) that cites it, and how it is spelt there."""

    code: Code
    section: str
    spelling: str


@dataclass(frozen=True, slots=True)
class ResolutionItem:
    """A resolution; ``title`` is empty where there is one alone."""

    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class StepItem:
    """A step, or a sub-step (then ``parent`` is the anchor of the step it belongs to)."""

    anchor: str
    parent: str
    resolution: str
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of plain text that has an address of its own."""

    anchor: str
    section: str
    text: str


@dataclass(slots=True)
class StructuredArticle:
    """Everything derived from the five texts of a translation.

    ``html`` and ``plain`` map a section to its HTML and to its words on one line (``html`` has
    ``internal`` too); ``causes``, ``alerts`` and ``images`` are numbers. ``image_names`` are the
    file names of the images that the sections show, ``internal_image_names`` those of the note.
    ``expanded`` has the Markdown of the texts that name snippets, with these in it; ``snippets``
    maps the keys that they name to the version read (0: there is none).
    """

    symptoms: list[SymptomItem] = field(default_factory=list)
    codes: list[CodeItem] = field(default_factory=list)
    resolutions: list[ResolutionItem] = field(default_factory=list)
    steps: list[StepItem] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    causes: int = 0
    alerts: int = 0
    images: int = 0
    image_names: list[str] = field(default_factory=list)
    internal_image_names: list[str] = field(default_factory=list)
    html: dict[str, str] = field(default_factory=dict)
    plain: dict[str, str] = field(default_factory=dict)
    summary: str = ""
    expanded: dict[str, str] = field(default_factory=dict)
    snippets: dict[str, int] = field(default_factory=dict)

    def distinct_codes(self) -> list[str]:
        """Return canonical spellings, in the order in which the text first cites them."""
        return list(dict.fromkeys(item.code.canonical for item in self.codes))

    def counts(self) -> dict[str, int]:
        """Return the figures that an editor and a report see."""
        return {
            "messages": len(self.symptoms),
            "codes": len(self.distinct_codes()),
            "causes": self.causes,
            "resolutions": len(self.resolutions),
            "steps": sum(not step.parent for step in self.steps),
            "substeps": sum(bool(step.parent) for step in self.steps),
            "alerts": self.alerts,
            "images": self.images,
        }
