"""The tools that find: ``search``, ``diagnose`` and ``decode``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any

from django.utils.html import strip_tags

from kbportal.environment.site import site_address

from ..access import Reader
from ..models import Platform, SearchFacets
from ..narrowing import read_narrowing, search_narrowed
from ..representing.articles import ArticleText, record, texts_of
from ..representing.decoding import Decoding, decode
from ..representing.diagnosis import Diagnosis, diagnose
from ..representing.sentences import TITLE, Sentence, sentences_of
from ..search import SearchRequest, SearchResult, search
from ..search.facets.declared import ALL_PLATFORMS
from ..search.reading.operators import operators
from ..search.result import Hit
from .answers import ToolError, ToolResult, counted
from .inputs import DecodeIn, DiagnoseIn, SearchIn
from .loosely import loosely
from .relevance import best_sentences

#: Articles that are quoted, but where a search asks for more.
_QUOTED = 5
#: Sentences up to which the best article is quoted whole: what helps may say it in other words.
_WHOLE = 80
#: Why an article is named that no word found.
_NEAR = "a guess, close in meaning"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the kind of reader, the language to answer in, and whether it may report.

    ``site`` is where the portal is for them: addresses begin with it.
    """

    reader: Reader
    language: str
    may_report: bool = False
    site: str = field(default_factory=site_address)

    def speaking(self, language: str) -> Caller:
        """Return the same caller, answered in ``language`` if one is given."""
        return replace(self, language=language) if language else self


def ask(caller: Caller, text: str, **more: Any) -> SearchResult:
    """Search what the caller may see."""
    visible = SearchFacets.objects.visible_to(caller.reader)
    return search(visible, SearchRequest(text, caller.language, **more))


def run_search(caller: Caller, arguments: SearchIn) -> ToolResult:
    """Search, and quote of each article what the question is about.

    Raise ``ToolError``: a platform is none, which would be answered as if nothing were known.
    """
    if arguments.platform:
        known = {*Platform.objects.values_list("slug", flat=True), ALL_PLATFORMS}
        if strange := [one for one in arguments.platform if one not in known]:
            raise ToolError(f"No platform is called {strange[0]}, but: {', '.join(sorted(known))}.")
    visible = SearchFacets.objects.visible_to(caller.reader)
    narrowing = read_narrowing(arguments.query, caller.reader)
    filters = {"platform": arguments.platform}
    asked = (visible, narrowing, caller.language, filters)
    result = search_narrowed(*asked, limit=arguments.limit)
    answer = ToolResult([f"{counted(result.total, 'article')} found for: {arguments.query}"])
    _add_articles(answer, caller, result.hits, arguments.query)
    if narrowing.unknown:
        typed = ", ".join(one.typed for one in narrowing.unknown)
        answer.remarks.append(f"Left out, since it names nothing to narrow by: {typed}.")
    if "only_excluded" in result.notices:
        answer.remarks.append("The query only says what to leave out. Add what to search for.")
    elif not result.hits and (near := _near(caller, result, narrowing.text)):
        answer.remarks.append("Nothing answers it as a whole. What follows is near to it, perhaps.")
        _add_articles(answer, caller, near, arguments.query)
    return answer


def _near(caller: Caller, result: SearchResult, query: str) -> list[Hit]:
    """Return what to offer where nothing was found; of a code only what is nearest to it."""
    if any(one.what == "reading" for one in result.understood):
        return result.guesses[:_QUOTED]
    found = loosely(operators(query).text, caller.language, lambda word: ask(caller, word))
    return [*found, *(one for one in result.guesses if one not in found)][:_QUOTED]


def run_diagnose(caller: Caller, arguments: DiagnoseIn) -> ToolResult:
    """Say what a log shows and when, and quote the articles about it."""
    found = diagnose(arguments.log, caller.language, lambda text: ask(caller, text))
    lines, articles = counted(found.lines, "line"), counted(len(found.articles), "article")
    answer = ToolResult([f"{lines} read, {articles} about what the text shows."])
    answer.log = _lines_of(found)
    answer.data["timeline"] = [
        {"line": one.line, "time": one.time, "what": one.what, "value": one.value}
        for one in found.timeline
    ]
    question = arguments.question or arguments.log
    _add_articles(answer, caller, (found.articles or found.guesses)[:_QUOTED], question)
    if arguments.question and not found.articles:
        hits = ask(caller, arguments.question, limit=_QUOTED).hits
        answer.remarks.append("Nothing in the text is known; these are about the question.")
        _add_articles(answer, caller, hits, arguments.question)
    return answer


def run_decode(caller: Caller, arguments: DecodeIn) -> ToolResult:
    """Take a code apart, and name the articles about it."""
    decoding = decode(arguments.code, caller.language)
    answer = ToolResult(_decoded(decoding))
    answer.data["meanings"] = [
        {"code": one.code, "names": [name.name for name in one.names], "remark": one.remark}
        for one in decoding.meanings
    ]
    hits = ask(caller, arguments.code, limit=_QUOTED).hits
    _add_articles(answer, caller, hits, arguments.code)
    return answer


def _decoded(decoding: Decoding) -> list[str]:
    if not decoding.meanings:
        return [f"No code that the portal can read: {decoding.typed}"]
    lines = []
    for one in decoding.meanings:
        names = ", ".join(f"{name.name} ({name.meaning})" for name in one.names)
        parts = ", ".join(f"{part.label}: {part.value}" for part in one.parts)
        lines.append("; ".join(filter(None, (one.code, one.note, names, parts, one.remark))))
    return lines


def _lines_of(diagnosis: Diagnosis) -> list[str]:
    """Return the lines in which something was recognised, with their numbers."""
    return [
        f"line {line.number}: {''.join(piece.text for piece in line.pieces)}"
        for line in diagnosis.marked
    ]


def _add_articles(answer: ToolResult, caller: Caller, hits: Sequence[Hit], query: str) -> None:
    """Quote the best article whole and of the others what the query is about."""
    listed = answer.data.setdefault("articles", [])
    texts = _texts(caller.reader, hits)
    for hit in hits:
        text = texts.get(hit.article_id)
        if text is None:  # deleted a moment ago
            continue
        sentences = sentences_of(text, caller.site)
        is_whole = not listed and len(sentences) <= _WHOLE
        listed.append(_listed(caller, hit, text, is_whole))
        answer.quoted += sentences if is_whole else _chosen(sentences, query)


def _chosen(sentences: Sequence[Sentence], query: str) -> list[Sentence]:
    """Return the title and what the query is about, in order."""
    wanted = set(best_sentences(query, sentences))
    return [one for one in sentences if one.role == TITLE or one in wanted]


def _listed(caller: Caller, hit: Hit, text: ArticleText, is_whole: bool) -> dict[str, Any]:
    return {
        "article": text.number,
        "revision": text.revision,
        "language": text.language,
        "title": text.title,
        "url": f"{caller.site}{text.address}",
        "why": _NEAR if hit.tier == "meaning" else hit.why or unescape(strip_tags(hit.snippet)),
        "whole": is_whole,
    }


def _texts(reader: Reader, hits: Sequence[Hit]) -> dict[int, ArticleText]:
    """Return the texts of the hits, each in the language that its hit is shown in."""
    languages = {hit.article_id: hit.language for hit in hits}
    rows = texts_of(reader).filter(article__in=languages)
    return {
        row.article_id: record(row, reader)
        for row in rows
        if row.language == languages[row.article_id]
    }
