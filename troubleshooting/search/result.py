"""What a search answers: one object for the page, the command and an API.

Pure. Nothing here is markup but ``Hit.snippet`` and ``Hit.matched``, escaped HTML with ``<mark>``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Annotated, Any, NamedTuple

from pydantic import Field

#: A number that stays here where a result is written for a program (pydantic, "exclude").
NotTold = Annotated[float, Field(exclude=True)]


class PastedPlace(NamedTuple):
    """Where a pasted text speaks for an article: a code or message of the base, as ``value``.

    ``why`` says so in words, with the first of ``lines``; ``defines`` tells that the article is
    about the code.
    """

    value: str
    why: str
    lines: tuple[int, ...] = ()
    defines: bool = False


#: Places that stay here, too: ``why`` of a hit says them.
PlacesNotTold = Annotated[tuple[PastedPlace, ...], Field(exclude=True)]


@dataclass(frozen=True, slots=True)
class Understood:
    """One thing the search read in the query.

    ``what`` is ``reading`` (a code read in one way), ``message`` (one that a pasted text holds),
    ``word`` (searched as full text), ``correction`` (``text`` was taken for ``value``), ``phrase``
    (to be found as it stands), ``excluded`` (a word that must not be there) or ``vocabulary`` (by
    the editors' entries ``text`` means ``value``). ``text`` is as it was typed, ``value`` as it is
    compared, and of a correction as the texts found spell it.
    ``id`` names it in ``SearchRequest.without``, which removes it. ``known`` tells whether the
    index holds something for it, ``used`` whether the hits come from it.
    """

    what: str
    text: str
    value: str
    id: str = ""
    reading: str = ""
    note: str = ""
    known: bool = True
    used: bool = True
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place in the pasted text that an answer rests on.

    ``line`` counts from 1; ``start`` and ``end`` are characters of the whole text, in which
    ``text[start:end]`` is what was found. ``what`` is ``code`` or ``message``; ``value`` the
    canonical code or the message as the base has it; ``known`` whether the base has it.
    """

    line: int
    start: int
    end: int
    what: str
    value: str
    known: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """One article.

    ``title`` and ``url`` are in ``language``, the reader's if the article has it; ``found_in`` is
    the language of the text that matched. ``snippet`` is in ``snippet_language``: where another
    language matched still the reader's, if that text has such a passage; ``matched`` then quotes
    what it was found by. ``why`` says in a few words what matched; ``tier`` is ``code``,
    ``message``, ``text``, ``pin`` (what editors chose for the query) or ``meaning`` (a guess, for
    which nothing speaks but that a semantic model finds it near); ``guess`` marks what was not
    asked for; ``defines`` that the article is about the code that it was found by, and does not
    only cite it. ``number`` and ``address`` are the same as ``article_id`` and ``url``, which are
    deprecated: articles have them, too. ``score`` weighs words by how often all texts hold them,
    hidden ones too, so it is not told to programs. ``places`` are those of a pasted text that
    ``why`` names.
    """

    article_id: int
    slug: str
    anchor: str
    section: str
    title: str
    url: str
    language: str
    found_in: str
    languages: tuple[str, ...]
    kind: str
    status: str
    platforms: tuple[str, ...]
    codes: tuple[str, ...]
    tier: str
    why: str
    snippet: str
    snippet_language: str
    matched: str
    score: NotTold
    guess: bool = False
    defines: bool = False
    number: int = 0
    address: str = ""
    places: PlacesNotTold = ()

    def __post_init__(self) -> None:
        """Name the article and its page as all else does; the former names stay for programs."""
        object.__setattr__(self, "number", self.article_id)
        object.__setattr__(self, "address", self.url)


@dataclass(frozen=True, slots=True)
class DocumentHit:
    """An imported document whose own words answer the query.

    ``articles`` is how many articles were made of it; ``is_title`` tells that the query is its
    title. ``language`` is that of ``title``.
    """

    key: str
    title: str
    url: str
    language: str
    articles: int
    is_title: bool
    address: str = ""

    def __post_init__(self) -> None:
        """Name the page as all else does; the former name stays for programs."""
        object.__setattr__(self, "address", self.url)


@dataclass(frozen=True, slots=True)
class FacetValue:
    """``count`` articles of the whole result show when ``value`` is chosen as well.

    ``names`` are what readers call it by language, "" standing for any; only of values that stand
    in a table with their names.
    """

    value: str
    count: int
    selected: bool = False
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to "Android or iOS?": the facet value that tells equal hits apart."""

    facet: str
    value: str
    slugs: tuple[str, ...]


@dataclass(slots=True)
class SearchResult:
    """The answer to one search. ``kind`` is ``empty``, ``code``, ``message`` or ``log``.

    ``notices`` are machine-readable remarks: ``cut`` (the text was longer than is read),
    ``terms_capped`` (only the first ``words_searched`` words were), ``widened`` (nothing met the
    exact phrase or lacked the excluded word, so that these were not heeded), ``only_excluded`` (the
    query says nothing but what to leave out), ``unknown_value`` (a value in it to narrow by is
    none, and was not heeded).
    ``offset`` is the place of the first hit; that of the request, unless nothing is left there.
    """

    kind: str
    language: str
    understood: list[Understood] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    guesses: list[Hit] = field(default_factory=list)
    documents: list[DocumentHit] = field(default_factory=list)
    facets: Mapping[str, Sequence[FacetValue]] = field(default_factory=dict)
    total: int = 0
    choices: list[Choice] = field(default_factory=list)
    searched: tuple[str, ...] = ()
    notices: list[str] = field(default_factory=list)
    words_searched: int = 0
    offset: int = 0
    elapsed_ms: float = 0.0

    def whole(self) -> SearchResult:
        """Return the result with all values of its facets made, for who writes all of it."""
        return replace(self, facets={name: list(values) for name, values in self.facets.items()})

    def to_json(self) -> dict[str, Any]:
        """Return the result as dicts, lists, strings and numbers.

        Without the scores of hits: they depend on all texts, those that the reader may not see too.
        """
        said = asdict(self.whole())
        for hit in (*said["hits"], *said["guesses"]):
            del hit["score"], hit["places"]
        return said
