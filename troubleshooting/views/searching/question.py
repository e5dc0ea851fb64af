"""The one question of a result: what is asked, its answers, and what is kept of them.

An answer stands in the address as ``answer=message:1f3a9c2e``; ``answer=message:`` says that the
reader does not know. Platforms are answered by their facet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _

from ...models import ArticleTranslation, CodeCitation, Platform, Symptom
from ...search.facets.declared import ALL_PLATFORMS
from ...search.question import IN_A_ROW, KINDS, Question, ValuesOfArticles, best_question, narrow
from ...search.request import PAGE
from ...search.result import Hit, SearchResult
from ...texts.languages import labels_for

PARAMETER = "answer"
#: Phrases of ``texts/languages`` -> what an article that says so is about.
_PHRASES = {
    "before_enrolment": ("moment", "before"),
    "after_enrolment": ("moment", "after"),
    "one_device": ("extent", "one"),
    "all_devices": ("extent", "all"),
}
#: Of hits found by words, those with so large a part of the best one's score compete with it.
_COMPETING = 0.5


class Given(NamedTuple):
    """An answer of the address; without a value the reader does not know."""

    kind: str
    value: str


class Button(NamedTuple):
    """An answer to choose: the query of its address, what it says, its platform if it is one."""

    query: str
    label: str
    platform: Platform | None = None


class Shown(NamedTuple):
    """The question as the page has it; ``unknown`` is the query of "I don't know"."""

    kind: str
    title: str
    buttons: list[Button]
    unknown: str


class Holdings:
    """What articles hold, read when it is asked for: values by kind, and what readers call them."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.labels: dict[str, str] = {}
        self._read: dict[int, dict[str, set[str]]] = {}

    def of(self, articles: Collection[int]) -> dict[str, ValuesOfArticles]:
        """Return the values of messages, codes, moments and extents. Three queries at most."""
        if missing := [one for one in articles if one not in self._read]:
            found: dict[int, dict[str, set[str]]] = {one: defaultdict(set) for one in missing}
            for article, kind, value in self._values(missing):
                found[article][kind].add(value)
            self._read |= found
        return {
            kind: {one: frozenset(self._read[one].get(kind, ())) for one in articles}
            for kind in KINDS[1:]
        }

    def _values(self, articles: Sequence[int]) -> Iterator[tuple[int, str, str]]:
        """Yield what the articles hold; of messages those in the reader's language, if any are."""
        quoted = Symptom.objects.filter(translation__article__in=articles).order_by("pk")
        rows = list(
            quoted.values_list("translation__article", "translation__language", "key", "text")
        )
        own = {article for article, language, _key, _text in rows if language == self.language}
        for article, language, key, text in rows:
            if language == self.language or article not in own:
                value = sha256(key.encode()).hexdigest()[:8]
                self.labels.setdefault(value, text)
                yield article, "message", value
        cited = CodeCitation.objects.filter(translation__article__in=articles).order_by()
        for article, code in cited.values_list("translation__article", "code__canonical"):
            yield article, "code", code
        texts = ArticleTranslation.objects.filter(article__in=articles).order_by()
        for article, language, *said in texts.values_list(
            "article", "language", "title", "problem"
        ):
            labels, words = labels_for(language), " \n".join(said)
            for phrase, (kind, value) in _PHRASES.items():
                if labels.says(phrase, words):
                    yield article, kind, value


class Interview:
    """The questions of one search: what was answered, what is asked next."""

    def __init__(self, query: QueryDict, language: str) -> None:
        self.query = query
        self.holdings = Holdings(language)
        pairs = (text.partition(":") for text in query.getlist(PARAMETER))
        self.given = [Given(kind, value[:120]) for kind, _colon, value in pairs if kind in KINDS][
            :IN_A_ROW
        ]

    @property
    def is_answered(self) -> bool:
        """Return whether any answer narrows the result."""
        return any(one.value for one in self.given)

    def keep(self, articles: Sequence[int]) -> list[int]:
        """Return the articles that the answers leave, in their order."""
        for kind, value in self.given:
            if value and kind in KINDS[1:]:
                articles = narrow(articles, self.holdings.of(articles)[kind], value)
        return list(articles)

    def next(self, result: SearchResult, platforms: Mapping[str, Platform]) -> Shown | None:
        """Return the question that splits the articles left best, if any is worth asking."""
        asked = {one.kind for one in self.given} | ({"platform"} & self.query.keys())
        hits = _competing(result)
        if len(asked) >= IN_A_ROW or len(hits) < 2:
            return None
        held = self.holdings.of([hit.article_id for hit in hits])
        held["platform"] = {
            hit.article_id: frozenset({*hit.platforms} - {ALL_PLATFORMS}) & platforms.keys()
            for hit in hits
        }
        question = best_question([hit.article_id for hit in hits], held, asked)
        return self._shown(question, platforms) if question else None

    def answers(self) -> list[Button]:
        """Return what was answered, each with the query of an address without it."""
        return [
            Button(self._with([one for one in self.given if one != given]), label)
            for given in self.given
            if given.value and (label := self._label(given.kind, given.value))
        ]

    def _shown(self, question: Question, platforms: Mapping[str, Platform]) -> Shown:
        buttons = []
        for answer in question.answers:
            if question.kind == "platform":
                platform = platforms[answer.value]
                buttons.append(Button(self._platform(platform.slug), platform.name, platform))
            else:
                query = self._with([*self.given, Given(question.kind, answer.value)])
                buttons.append(Button(query, self._label(question.kind, answer.value)))
        unknown = self._with([*self.given, Given(question.kind, "")])
        return Shown(question.kind, _title(question.kind), buttons, unknown)

    def _label(self, kind: str, value: str) -> str:
        if kind == "code":
            return value
        return self.holdings.labels.get(value) or _named(kind, value)

    def _platform(self, slug: str) -> str:
        query = self._on_page_one()
        query["platform"] = slug
        return f"?{query.urlencode()}"

    def _with(self, answers: Sequence[Given]) -> str:
        query = self._on_page_one()
        query.setlist(PARAMETER, [f"{one.kind}:{one.value}" for one in answers])
        return f"?{query.urlencode()}"

    def _on_page_one(self) -> QueryDict:
        query = self.query.copy()
        query.pop("page", None)
        return query


def _competing(result: SearchResult) -> list[Hit]:
    """Return the hits that may be what was meant: those found in the way of the first one."""
    hits = result.hits
    if not hits or result.offset or result.kind == "log" or hits[0].tier == "pin":
        return []
    first = hits[0]
    if first.tier == "text":
        hits = [hit for hit in hits if hit.score >= first.score * _COMPETING]
        return hits if result.total <= PAGE else []
    return [hit for hit in hits if (hit.tier, hit.defines) == (first.tier, first.defines)]


def _title(kind: str) -> str:
    return {
        "platform": _("Which platform is it?"),
        "message": _("Which message is shown?"),
        "code": _("Which code is shown?"),
        "moment": _("Before or after enrolment?"),
        "extent": _("One device or all of them?"),
    }[kind]


def _named(kind: str, value: str) -> str:
    return {
        ("moment", "before"): _("Before or during enrolment"),
        ("moment", "after"): _("After enrolment"),
        ("extent", "one"): _("One device"),
        ("extent", "all"): _("All devices"),
    }.get((kind, value), "")
