"""The facets of articles. A facet is one row of ``FACETS``; who narrows by facets reads the rows.

They give the triggers that keep the combination of each article (``engines/combinations``), the
counts (``scope``), the parameters of the address with their choices (``filters``), the options of
``manage.py search``, what may be typed into a query (``narrowing``), and what the pages show.
Programs narrow by platform alone (``api``, ``assistants``): theirs are names in a schema that
others hold on to.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ...texts.codes import FAMILIES
from ...texts.languages import available_languages, labels_for, named_platforms
from ..engines.tables import (
    ARTICLE_PLATFORMS,
    CODE,
    ENTRY,
    PLATFORM,
    SOURCE_DOCUMENT,
    SOURCE_ENTRY,
)

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

#: The platform value of articles that apply to all platforms.
ALL_PLATFORMS = "all"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the article's row. Its choices give the names of the values."""

    name: str


@dataclass(frozen=True, slots=True)
class ValueTable:
    """A table of values: ``value`` stands in the address, ``name`` is what readers see.

    Where there is a column ``language``, rows with the same value are one value in several
    languages.
    """

    table: str
    value: str
    name: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of ``table`` that name the article in ``article_id``: any number of values.

    ``column`` holds the value or, with a ``vocabulary``, the id of a row there. Triggers follow
    what is written to the table, unless the index writes it itself (``INDEXED``).
    """

    table: str
    column: str
    vocabulary: ValueTable | None = None


#: Tables that ``index/writing`` writes, which then works out the combination by itself.
INDEXED = frozenset({CODE, ENTRY})


@dataclass(frozen=True, slots=True)
class TypedValues:
    """How a value is typed into a query, as ``in:ios`` or ``platform:ios``.

    ``noun`` is what the facet is called before the colon where its label is no noun. Of one that
    ``is_plain`` no text says the name before a colon and something else behind it, so what is no
    value was meant as one. ``called`` returns values by what texts call them.
    """

    noun: StrOrPromise = ""
    is_plain: bool = False
    called: Callable[[str], Collection[str]] | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """A question that articles are narrowed by.

    ``name`` is the parameter of the address, ``label`` what readers call it, and ``source`` where
    the values of an article stand. ``names`` returns what readers call each value, in the order in
    which lists show them, where the source does not tell. ``for_all`` is the value of articles that
    have none (they show for each of the others), and ``name_for_all`` what readers call it.

    ``only_several`` offers it only to readers who see more than one value; ``is_listed`` narrows
    the plain list of articles as well; ``in_itself`` says that each value is a language, named in
    itself; ``most`` values are shown at first, those of most articles, and with 0 all of them.
    ``typed`` says how values are typed into a query; without it they are not.
    """

    name: str
    label: StrOrPromise
    source: Column | Rows
    names: Callable[[], Mapping[str, StrOrPromise]] | None = None
    for_all: str = ""
    name_for_all: StrOrPromise = ""
    only_several: bool = False
    is_listed: bool = False
    in_itself: bool = False
    most: int = 0
    typed: TypedValues | None = None


def family_names() -> dict[str, StrOrPromise]:
    """Return what readers call each family of codes."""
    return {family.kind: _(family.label) for family in FAMILIES}


def language_names() -> dict[str, StrOrPromise]:
    """Return languages, each by its name in itself: the portal's, and others that it can read.

    Texts may be in a language that the portal was once set up for.
    """
    shipped = {code: labels_for(code).name for code in available_languages()}
    return {code: capfirst(name) for code, name in {**dict(settings.LANGUAGES), **shipped}.items()}


#: The facets, in the order in which they are shown.
FACETS = (
    Facet(
        "platform",
        _("Platform"),
        Rows(ARTICLE_PLATFORMS, "platform_id", ValueTable(PLATFORM, "slug", "name")),
        for_all=ALL_PLATFORMS,
        name_for_all=_("All platforms"),
        is_listed=True,
        typed=TypedValues(is_plain=True, called=named_platforms),
    ),
    Facet("kind", _("Kind"), Column("kind"), is_listed=True, typed=TypedValues()),
    Facet("family", _("Code family"), Rows(CODE, "kind"), names=family_names),
    Facet(
        "language",
        _("Available in"),
        Rows(ENTRY, "language"),
        names=language_names,
        is_listed=True,
        in_itself=True,
        typed=TypedValues(noun=_("Language"), is_plain=True),
    ),
    Facet(
        "document",
        _("Document"),
        Rows(SOURCE_ENTRY, "document_id", ValueTable(SOURCE_DOCUMENT, "key", "title", "language")),
        is_listed=True,
        most=6,
        typed=TypedValues(),
    ),
    Facet("status", _("Status"), Column("status"), only_several=True),
)
FACET_OF = {facet.name: facet for facet in FACETS}
NAMES = tuple(FACET_OF)
