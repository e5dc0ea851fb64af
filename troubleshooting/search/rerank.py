"""The best candidates, read from the index and ordered by ``rank``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from .backend import listed
from .context import Context
from .hits import Found
from .plan import Plan
from .rank import Candidate, Ranker, Score
from .tables import ENTRY, MESSAGE, TEXT
from .words import words

#: A message is what was asked for when it is the query as nearly as this.
IS_MESSAGE = 0.72
#: What the language of the query, and that of the reader, count for.
HOME, READER = 1.0, 0.1
#: What the very words of a title or message count for, beyond their terms.
SURFACE = 0.5


@dataclass(frozen=True, slots=True)
class Scored:
    """An entry that answers the query, with its score in its language.

    ``why`` is the message that the query nearly is, or else empty.
    """

    entry: int
    article: int
    language: str
    facets: int
    score: Score
    value: float
    why: str = ""

    def as_found(self) -> Found:
        """The entry as a hit: of the message tier if the query nearly is a message."""
        tier = "message" if self.why else "text"
        return Found(
            self.entry, self.article, self.language, self.facets, tier, self.why, self.value
        )


def rerank(context: Context, plans: Sequence[Plan], entries: Sequence[int]) -> list[Scored]:
    """``entries`` with their scores, best first; each in the words of its own language."""
    rankers = {plan.language: (Ranker(plan.slots, plan.sequence), plan) for plan in plans}
    sql = (
        "SELECT t.entry_id, t.title, t.title_terms, t.key_terms, t.body_terms,"
        f" e.article_id, e.language, e.facets_id FROM {TEXT} t"
        f" JOIN {ENTRY} e ON e.translation_id = t.entry_id"
        f" WHERE t.entry_id IN {listed(entries)} AND e.facets_id IN {context.wanted}"
    )
    scored, alike = [], {}
    for entry, title, title_terms, keys, body, article, language, facets in context.rows(sql):
        if language not in rankers:
            continue
        ranker, plan = rankers[language]
        score = ranker.score(Candidate(entry, title_terms, keys, body))
        alike[entry] = _alike(title, plan) if score.title else 0.0
        value = score.value + HOME * plan.home
        value += READER if language == context.language else 0.0
        scored.append(Scored(entry, article, language, facets, score, value))
    texts = _messages(context, [one.entry for one in scored if one.score.message >= IS_MESSAGE])
    surfaces = {plan.language: plan for plan in plans}
    made = [_with_surface(one, alike, texts, surfaces[one.language]) for one in scored]
    return sorted(made, key=lambda one: (-one.value, one.entry))


def _with_surface(
    one: Scored, alike: dict[int, float], texts: dict[int, list[str]], plan: Plan
) -> Scored:
    """Of texts with the same terms the one with the very words asked for comes first."""
    message = texts[one.entry][one.score.nearest] if one.entry in texts else ""
    best = max(alike[one.entry], _alike(message, plan) if message else 0.0)
    return replace(one, value=one.value + SURFACE * best, why=message)


def _alike(text: str, plan: Plan) -> float:
    return fuzz.ratio(" ".join(words(text)), plan.surface) / 100


def _messages(context: Context, entries: Sequence[int]) -> dict[int, list[str]]:
    """The messages of entries, in the order in which they were indexed."""
    texts: dict[int, list[str]] = {}
    if entries:
        sql = f"SELECT entry_id, text FROM {MESSAGE} WHERE entry_id IN {listed(entries)}"
        for entry, text in context.rows(f"{sql} ORDER BY id"):
            texts.setdefault(entry, []).append(text)
    return texts
