"""Hits and codes of a result as the page shows them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from string import ascii_lowercase
from typing import NamedTuple

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ...models import Article, Platform, SearchText
from ...search.result import Hit, SearchResult
from ...texts.anchors import is_step, place_at
from ...texts.codes import hresult_of, parse_code
from ...texts.codes.decoding.wording import Decoded, decoded, relation
from ...texts.plain import first_sentence
from .origins import HitOrigin

#: Cards of codes above the hits; more would push these off the screen.
MOST_CARDS = 3
_LONGEST = 280
#: Platforms whose errors have the numbers of Windows.
_WINDOWS = frozenset({"windows", "configuration-manager"})
#: Without figures: a code is none.
_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?!\w)")


@dataclass(frozen=True, slots=True)
class HitCard:
    """A hit with what a template needs; ``why`` is in words, of no pasted text: ``hit.places`` are.

    ``origin`` is where the article comes from, where another hit has the same title; ``alike`` are
    further hits that say the same; ``matched`` is what it was found by in another language.
    """

    hit: Hit
    snippet: SafeString
    place: str
    platforms: list[Platform]
    status: str
    why: str
    relation: str = ""
    origin: HitOrigin | None = None
    alike: list[HitCard] = field(default_factory=list)
    matched: SafeString | str = ""


@dataclass(frozen=True, slots=True)
class CodeCard:
    """A documented code: what it says, where it occurs, what to do first and where that is.

    Of an article that only cites the code there is no meaning and no action.

    ``decoded`` has the names that Windows documents for it, where the article may be about Windows.
    """

    code: str
    hit: HitCard
    meaning: SafeString
    meaning_language: str
    action: str
    action_url: str
    decoded: Decoded | None = None

    @property
    def has_step(self) -> bool:
        """Return whether ``action_url`` leads to a step."""
        return is_step(self.action_url.partition("#")[2])


def hit_cards(result: SearchResult, platforms: Mapping[str, Platform]) -> list[HitCard]:
    """Return the hits of a page, in their order."""
    return [_hit_card(hit, platforms) for hit in result.hits]


def guess_cards(
    result: SearchResult, platforms: Mapping[str, Platform], missing: Sequence[str]
) -> list[HitCard]:
    """Return the nearest documented codes.

    ``missing`` are those that were read and are not documented.
    """
    cards = []
    for hit in (one for one in result.guesses if one.tier == "code"):
        near = parse_code(hit.why)
        told = relation(missing[0] if missing else "", near.value if near else None)
        cards.append(_hit_card(hit, platforms, told))
    return cards


def perhaps_cards(result: SearchResult, platforms: Mapping[str, Platform]) -> list[HitCard]:
    """Return the articles that hold some of the words, but too few to be an answer."""
    return [_hit_card(hit, platforms) for hit in result.guesses if hit.tier != "code"]


def _hit_card(hit: Hit, platforms: Mapping[str, Platform], hint: str = "") -> HitCard:
    return HitCard(
        hit=hit,
        snippet=mark_safe(hit.snippet),  # escaped by the search, which only adds <mark>
        matched=mark_safe(hit.matched),  # likewise
        place=place_of(hit.anchor),
        platforms=[platforms[slug] for slug in hit.platforms if slug in platforms],
        status="" if hit.status == "published" else str(Article.Status(hit.status).label),
        why="" if hit.places else _why(hit),
        relation=hint,
    )


def _why(hit: Hit) -> str:
    if hit.tier == "code" and hit.why:
        return _("mentions %(code)s") % {"code": hit.why}
    if hit.tier == "message" and hit.why:
        return _("quotes this message")
    if hit.tier == "meaning":
        return _("close in meaning")
    if hit.tier == "pin":
        return _("chosen for this search by the editors")
    return ""


def place_of(anchor: str) -> str:
    """Return where in an article ``anchor`` leads, in words.

    Empty where it leads to no part of it.
    """
    place = place_at(anchor)
    if place is None:
        sections = {
            "problem": _("Problem"),
            "cause": _("Cause"),
            "other": _("Further information"),
        }
        return sections.get(anchor, "")
    if not place.steps:
        return _("Resolution %(number)s") % {"number": place.resolution}
    step, *inner = place.steps
    letter = f"\u00a0{ascii_lowercase[inner[0] - 1]}" if inner and 0 < inner[0] <= 26 else ""
    numbers = {"number": place.resolution, "step": f"{step}{letter}"}
    return _("Resolution %(number)s, step %(step)s") % numbers


def code_cards(result: SearchResult, hits: Sequence[HitCard], language: str) -> list[CodeCard]:
    """Return cards of the documented codes that were typed, each with its best article.

    Of a pasted text that is the code which the first article is about, if it was found by one: the
    others have their place below, by how much of the text speaks for them. One query.
    """
    best = _of_pasted(hits) if result.kind == "log" else _of_typed(result, hits)
    chosen = list(best.items())[:MOST_CARDS]
    texts = _texts([card.hit.article_id for _code, card in chosen], language)
    return [
        _code_card(code, card, texts[card.hit.article_id], language)
        for code, card in chosen
        if card.hit.article_id in texts
    ]


def _of_pasted(hits: Sequence[HitCard]) -> dict[str, HitCard]:
    """Return the code that the first article is about, the last in the text, with the article."""
    first = hits[0] if hits else None
    about = [place.value for place in first.hit.places if place.defines] if first else []
    return {about[-1]: first} if first and about else {}


def _of_typed(result: SearchResult, hits: Sequence[HitCard]) -> dict[str, HitCard]:
    """Return the codes that were typed with the best article of each."""
    codes = dict.fromkeys(
        code
        for one in result.understood
        if one.what == "reading" and one.used
        for code in one.details.get("codes", ())
    )
    best: dict[str, HitCard] = {}
    for code in codes:
        citing = (card for card in hits if card.hit.tier == "code" and card.hit.why == code)
        if card := next(citing, None):
            best[code] = card
    return best


class _TextRow(NamedTuple):
    """A row: what a text says, its passages as JSON, beside one of its messages, if it has any."""

    article: int
    language: str
    passages: str
    message: str | None


class _Text(NamedTuple):
    """What a code card quotes: (anchor, section, text) of each passage, and the messages."""

    language: str
    passages: list[tuple[str, str, str]]
    messages: list[str]


def _texts(articles: Sequence[int], language: str) -> dict[int, _Text]:
    """Return for each article its text in the reader's language, or in another."""
    if not articles:
        return {}
    rows = SearchText.objects.filter(entry__article__in=articles).values_list(
        "entry__article", "entry__language", "passages", "entry__messages__text"
    )
    best: dict[int, _Text] = {}
    ordered = sorted(
        (_TextRow(*row) for row in rows), key=lambda row: (row.language != language, row.language)
    )
    for row in ordered:
        if row.article not in best:
            best[row.article] = _Text(row.language, json.loads(row.passages), [])
        if row.message and best[row.article].language == row.language:
            best[row.article].messages.append(row.message)
    return best


def _code_card(code: str, card: HitCard, text: _Text, reader: str) -> CodeCard:
    language, passages, messages = text
    if not card.hit.defines:  # what to do about another problem is no help with this code
        return CodeCard(
            code, card, mark_safe(""), language, "", "", _decoded(code, card.hit, reader)
        )
    action, anchor = _first_action(passages)
    told = next((said for _anchor, section, said in passages if section == "problem"), "")
    meaning = _cut(first_sentence(told))
    return CodeCard(
        code=code,
        hit=card,
        meaning=_with_messages(meaning if _adds(meaning, card.hit.title) else "", messages),
        meaning_language=language,
        action=action,
        action_url=f"{card.hit.url.partition('#')[0]}#{anchor}" if anchor else "",
        decoded=_decoded(code, card.hit, reader),
    )


def _adds(candidate: str, title: str) -> bool:
    """Return whether ``candidate`` has a word that the title lacks; codes are shown anyway."""
    words, known = (set(_WORD.findall(text.casefold())) for text in (candidate, title))
    return bool(words - known)


def _first_action(passages: Sequence[tuple[str, str, str]]) -> tuple[str, str]:
    """Return what a text says to do first and its anchor; empty where it says nothing to do."""
    steps = [(anchor, said) for anchor, section, said in passages if section == "resolution"]
    first = next((one for one in steps if is_step(one[0])), steps[0] if steps else ("", ""))
    anchor, said = first
    return _cut(said if is_step(anchor) else first_sentence(said)), anchor


class Action(NamedTuple):
    """What to do first, in the language of the text that says so, and where it stands."""

    text: str
    language: str
    anchor: str


def first_actions(articles: Sequence[int], language: str) -> dict[int, Action]:
    """Return what each article says to do first, in a language or in another; one query."""
    texts = _texts(articles, language)
    found = {key: (_first_action(text.passages), text.language) for key, text in texts.items()}
    return {
        key: Action(said, spoken, anchor) for key, ((said, anchor), spoken) in found.items() if said
    }


def _decoded(code: str, hit: Hit, language: str) -> Decoded | None:
    """Return the code's own words; the number of another system's error is no Windows error."""
    parsed = parse_code(code)
    elsewhere = hit.platforms and _WINDOWS.isdisjoint(hit.platforms)
    if parsed is None or (elsewhere and hresult_of(parsed.value) is None):
        return None
    return decoded(parsed, language)


def _with_messages(text: str, messages: Sequence[str]) -> SafeString:
    """Return ``text`` escaped, with what it quotes of ``messages`` marked, the longest first."""
    if not messages:
        return conditional_escape(text)
    longest_first = sorted(messages, key=len, reverse=True)
    pieces = re.split(f"({'|'.join(map(re.escape, longest_first))})", text)
    pieces[1::2] = [format_html('<b class="message">{}</b>', message) for message in pieces[1::2]]
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _cut(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0] + " …"
