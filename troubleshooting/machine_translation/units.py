"""Units of a text, translated in one call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..texts.translating import Glossary
from ..texts.translating.machine import MachineText, MachineTextError, take_apart
from .asking import TranslationServiceError, ask

#: Characters of one call, and sentences.
MOST_SENT, MOST_SENTENCES = 20_000, 200


@dataclass(frozen=True, slots=True)
class MachineAnswer:
    """What a machine made of a unit, or why that is not offered (``refused``, ``detail``)."""

    text: str = ""
    refused: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class MachineUnit:
    """A unit to translate; ``is_line``: it is no Markdown, as a title is none."""

    text: str
    is_line: bool = False


def translate_units(
    units: Mapping[str, MachineUnit], language: str, into: str, glossary: Glossary
) -> dict[str, MachineAnswer]:
    """Return what the service makes of each of ``units``, by their names.

    Units without words are returned as they are, and nothing is sent of them. Raise
    ``TranslationServiceError``: nothing was translated.
    """
    if sum(len(unit.text) for unit in units.values()) > MOST_SENT:
        raise TranslationServiceError("too_long")
    apart = {
        name: take_apart(unit.text, glossary, is_line=unit.is_line) for name, unit in units.items()
    }
    sentences = [one.html for each in apart.values() for one in each.sentences]
    if sum(map(len, sentences)) > MOST_SENT or len(sentences) > MOST_SENTENCES:
        raise TranslationServiceError("too_long")
    answers = iter(ask(sentences, language, into) if sentences else [])
    return {
        name: _restored(each, [next(answers) for _one in each.sentences])
        for name, each in apart.items()
    }


def _restored(apart: MachineText, answers: list[str]) -> MachineAnswer:
    try:
        return MachineAnswer(apart.restored(answers))
    except MachineTextError as error:
        return MachineAnswer(refused=error.code, detail=error.detail)
