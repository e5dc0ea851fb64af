"""The best candidates, read from the index and ordered by ``rank``."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

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


def rerank(
    context: Context,
    plans: Sequence[Plan],
    entries: Sequence[int],
    sets: Collection[int] | None = None,
) -> list[Scored]:
    """``entries`` with their scores, best first; each in the words of its own language.

    ``sets`` are the combinations of facets that count: the chosen ones unless others are given.
    Of texts with the same terms the one with the very words asked for comes first.
    """
    rankers = {plan.language: (Ranker(plan.slots, plan.sequence), plan) for plan in plans}
    inside = context.wanted if sets is None else listed(sets)
    sql = (
        "SELECT t.entry_id, t.title, t.title_terms, t.key_terms, t.body_terms,"
        f" e.article_id, e.language, e.facets_id FROM {TEXT} t"
        f" JOIN {ENTRY} e ON e.translation_id = t.entry_id"
        f" WHERE t.entry_id IN {listed(entries)} AND +e.facets_id IN {inside}"
    )
    rows = [row for row in context.rows(sql) if row[6] in rankers]
    scores = [rankers[row[6]][0].score(Candidate(row[0], *row[2:5])) for row in rows]
    near = [row[0] for row, score in zip(rows, scores, strict=True) if score.message >= IS_MESSAGE]
    texts = _messages(context, near)
    scored = []
    for (entry, title, _, _, _, article, language, facets), score in zip(rows, scores, strict=True):
        plan = rankers[language][1]
        said = texts.get(entry, [])
        message = said[score.nearest] if 0 <= score.nearest < len(said) else ""
        alike = max(
            _alike(title, plan) if score.title else 0.0, _alike(message, plan) if message else 0.0
        )
        value = score.value + HOME * plan.home + SURFACE * alike
        value += READER if language == context.language else 0.0
        scored.append(Scored(entry, article, language, facets, score, value, message))
    return sorted(scored, key=lambda one: (-one.value, one.entry))


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
