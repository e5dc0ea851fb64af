"""What was understood, for the reader to see and to take back. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from html import unescape
from typing import Any

from ...texts.codes import ReadingKind, hresult_of
from ..codes.answers import WEAK, CodeAnswer
from ..result import Hit, Understood
from ..words.folding import spellings
from ..words.folding import words as folded
from .operators import Operators, excluded_id, phrase_id
from .plan import QueryPlan
from .removals import correction_id, meaning_id, word_id

#: Hits in which is looked how a word is spelt.
_SPELLING = 5


def readings(answers: Sequence[CodeAnswer]) -> list[Understood]:
    """Return the readings that led to codes of the base, each once however often it was typed.

    Of a code without any the most plausible.
    """
    shown: dict[str, Understood] = {}
    for number in dict.fromkeys(answer.number for answer in answers):
        mine = [answer for answer in answers if answer.number == number]
        kept = [answer for answer in mine if answer.used] or mine[:1]
        for answer in kept:
            shown.setdefault(answer.id, _reading(answer))
    return list(shown.values())


def _reading(answer: CodeAnswer) -> Understood:
    reading = answer.reading
    return Understood(
        what="reading",
        text=answer.code.spelling,
        value=reading.canonical,
        id=answer.id,
        reading=str(reading.kind),
        note=str(reading.note),
        known=bool(answer.known_codes),
        used=answer.used,
        details=_details(answer),
    )


def _details(answer: CodeAnswer) -> dict[str, Any]:
    """Return the codes that fit; of an HRESULT also its parts. No facility's code is explained."""
    details: dict[str, Any] = {"codes": [code.canonical for code in answer.known_codes]}
    exact = answer.reading.kind in (ReadingKind.EXACT, ReadingKind.WIN32, ReadingKind.HEX)
    hresult = hresult_of(answer.reading.value) if exact else None
    if hresult and answer.reading.kind not in WEAK:
        details["hresult"] = {
            "severity": hresult.severity,
            "facility": hresult.facility,
            "facility_name": hresult.facility_name,
            "code": hresult.code,
            "win32": hresult.win32,
        }
    return details


def words(
    plans: Sequence[QueryPlan],
    is_found: bool,
    text: str,
    hits: Sequence[Hit],
    answers: Sequence[CodeAnswer] = (),
) -> list[Understood]:
    """Return the words searched, those taken for others, and what others mean to editors.

    All are in the language of the query, and as they stand in its ``text``; what they were taken
    for is as ``hits`` spell it: the words that the index knows have no accents.
    Of no word alone is it said whether a text holds it: that text may be a draft. Words that are
    the name of a code by ``answers`` are not said a second time to be one word.
    """
    if not plans:
        return []
    asked = plans[0].surface.split()  # what is meant by the editors' entries has its own place
    typed = spellings(text)
    shown = [
        Understood(
            *("word", typed.get(slot.word, slot.word), slot.word, word_id(slot.word)),
            plans[0].language,
            known=is_found,
        )
        for slot in plans[0].slots
        if slot.word in asked or not (slot.own or " " in slot.word)  # an expression is its words
    ]
    if is_found:
        names = {" ".join(folded(answer.code.spelling)) for answer in answers if answer.used}
        shown += _corrections(plans[0], typed, names, hits)
    meanings = [
        Understood("vocabulary", said, meant, meaning_id(said, meant), plan.language)
        for plan in plans
        for said, meant in plan.meanings
    ]
    return shown + list({one.id: one for one in meanings}.values())


def _corrections(
    plan: QueryPlan, typed: Mapping[str, str], names: Collection[str], hits: Sequence[Hit]
) -> list[Understood]:
    """Return what words were taken for, but for those that are ``names`` of codes.

    ``typed`` tells how each folded word stands in the query.
    """
    language = plan.language
    spelt = _spelt([one for slot in plan.slots for one in slot.corrected], hits, language)
    return [
        Understood(
            *("correction", typed.get(slot.word, slot.word), spelt.get(other, other)),
            *(correction_id(slot.word, other), language),
        )
        for slot in plan.slots
        if slot.word not in names
        for other in slot.corrected
    ]


def _spelt(others: Collection[str], hits: Sequence[Hit], language: str) -> dict[str, str]:
    """Return how the first of ``hits`` spell folded words in ``language``, ``others`` if they do.

    Most are on the first hit: it was found by them.
    """
    spelt: dict[str, str] = {}
    for hit in hits[:_SPELLING]:
        shown = (
            (hit.language, hit.title),
            (hit.snippet_language, _plain(hit.snippet)),
            (hit.found_in, _plain(hit.matched)),
        )
        for of, text in shown:
            if of != language or spelt.keys() >= set(others):
                continue
            for word, raw in spellings(text).items():
                spelt.setdefault(word, raw.lower())
    return spelt


def _plain(marked: str) -> str:
    """Return the text of a snippet, which is HTML with marks."""
    return unescape(marked.replace("<mark>", "").replace("</mark>", ""))


def conditions(operators: Operators, is_widened: bool) -> list[Understood]:
    """Return the exact phrases and excluded words, and whether they were heeded."""
    heeded = not is_widened
    return [
        *(
            Understood("phrase", one, one, phrase_id(one), known=heeded, used=heeded)
            for one in operators.phrases
        ),
        *(
            Understood("excluded", one, one, excluded_id(one), known=heeded, used=heeded)
            for one in operators.excluded
        ),
    ]
