"""``in:ios`` typed into a query -> the facet that it names, in any of the languages.

The page, the command, the API and assistants read it here, and search with what is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.apps import apps
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import get_language, get_language_info, override

from .access import Reader
from .models import Article
from .search import SearchRequest, SearchResult, search
from .search.facets.declared import FACET_OF, FACETS, Column, Facet, ValueTable
from .search.words.folding import fold
from .texts.languages.searching import narrowing_words

_TYPED = re.compile(r"(?<!\S)(-?)([^\W\d_]{2,20}):(?:\"([^\"]{1,100})\"|(\S{1,100}))(?=\s|$)")
#: Words before the colon that leave open which facet is meant.
_ANY = narrowing_words()
#: The facets of which values are typed, by name.
_TYPED_FACETS = {facet.name: facet.typed for facet in FACETS if facet.typed}
#: What may be meant as a value: a path, a number or a piece of code is not.
_PLAIN_VALUE = re.compile(r"[^\W\d_][\w +-]*")


class _Value(NamedTuple):
    """A value of a facet: as it stands in the address, and what readers call it."""

    facet: str
    value: str
    shown: str


class TypedPart(NamedTuple):
    """A part of the query as ``typed``, which says what a result is not about.

    ``label`` is what readers call the values that it leaves out, or empty where it names nothing.
    """

    typed: str
    label: str = ""


@dataclass(slots=True)
class Narrowing:
    """What a query is narrowed by.

    ``kept`` is the query without what names ``chosen`` facets with their values. ``text`` is what
    there is to search for: that without the parts ``left_out``, which name the values
    ``unwanted``, and without the ``unknown`` ones, which name nothing.
    """

    kept: str
    text: str
    chosen: list[tuple[str, str]] = field(default_factory=list)
    unwanted: dict[str, list[str]] = field(default_factory=dict)
    left_out: list[TypedPart] = field(default_factory=list)
    unknown: list[TypedPart] = field(default_factory=list)

    def filters(self, others: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
        """Return the chosen values by facet, after those of ``others``."""
        values = {facet: list(chosen) for facet, chosen in others.items()}
        for facet, value in self.chosen:
            if value not in values.setdefault(facet, []):
                values[facet].append(value)
        return values


def read_narrowing(text: str, reader: Reader) -> Narrowing:
    """Read what narrows ``text``; only a query of one line has anything.

    ``in:ios``, ``sur:"Windows 10"``, ``langue:fr``, ``in:ios,android``, ``document:`` with a key
    and ``-in:ios`` are read. A platform may be called as texts call it (``in:iphone``). What names
    nothing after such a word is unknown, and anything else stays as it was typed. So is what
    ``reader`` may not see.
    """
    read = Narrowing(text, text)
    if ":" not in text or "\n" in text:
        return read
    kept, asked, place = [], [], 0
    for match in _TYPED.finditer(text):
        found, strange = _read(fold(match[2]), match[3] or match[4], reader)
        if not found and not strange:
            continue
        before, place = text[place : match.start()], match.end()
        stays = match[0] if match[1] or not found else _named(match[2], strange)
        kept += [before, stays]
        asked.append(before)
        if found and match[1]:
            shown = ", ".join(dict.fromkeys(one.shown for one in found))
            read.left_out.append(TypedPart(match[0], shown))
            for one in found:
                read.unwanted.setdefault(one.facet, []).append(one.value)
        elif found:
            read.chosen += [(one.facet, one.value) for one in found]
        if strange:
            read.unknown.append(TypedPart(stays if not match[1] else match[0]))
    if place:
        read.kept, read.text = (_joined([*parts, text[place:]]) for parts in (kept, asked))
    return read


def search_narrowed(
    visible_sets: QuerySet[Any],
    narrowing: Narrowing,
    language: str,
    filters: Mapping[str, Sequence[str]],
    **more: Any,
) -> SearchResult:
    """Search for what ``narrowing`` leaves of a query, within its facets and those of ``filters``.

    ``visible_sets`` is what the reader may see, and ``more`` are other fields of a
    ``SearchRequest``. A query of nothing but what to leave out has that notice, as words to leave
    out have, and one that names a value which is none has ``unknown_value``.
    """
    asked = (narrowing.text, language, narrowing.filters(filters), narrowing.unwanted)
    result = search(visible_sets, SearchRequest(*asked, **more))
    if narrowing.left_out and not narrowing.text:
        result.kind = "message"
        result.notices.append("only_excluded")
    if narrowing.unknown:
        result.notices.append("unknown_value")
    return result


def without(text: str, parts: Iterable[TypedPart]) -> str:
    """Return a query without some parts of it."""
    for part in parts:
        text = text.replace(part.typed, "", 1)
    return _joined([text])


def _joined(parts: Iterable[str]) -> str:
    return " ".join("".join(parts).split())


def _named(name: str, values: Sequence[str]) -> str:
    return f"{name}:{','.join(values)}" if values else ""


def _read(name: str, typed: str, reader: Reader) -> tuple[list[_Value], list[str]]:
    """Return the values that ``typed`` names, and what of it names none."""
    names = _names() if name not in _ANY else {}
    if name not in _ANY and name not in names:
        return [], []
    facet = names.get(name, "")
    if whole := _value(facet, typed, reader):
        return [whole], []
    each = [one.strip() for one in typed.split(",") if one.strip()]
    read = [(one, _value(facet, one, reader)) for one in each]
    found = [value for _, value in read if value]
    strange = [one for one, value in read if not value]
    tells = name in _ANY or _TYPED_FACETS[facet].is_plain
    if not tells or not all(_PLAIN_VALUE.fullmatch(one) for one in strange):
        return ([], []) if strange else (found, [])
    return found, strange


def _value(facet: str, typed: str, reader: Reader) -> _Value | None:
    """Return the value of ``facet``, or of any, that is called so."""
    values = [one for one in _values(typed, reader) if facet in ("", one.facet)]
    called = (one for one in values if fold(typed) in (fold(one.value), fold(one.shown)))
    if found := next(called, None):
        return found
    if not _PLAIN_VALUE.fullmatch(typed):
        return None
    meant = {
        name: how.called(typed) for name, how in _TYPED_FACETS.items() if how.called is not None
    }
    return next((one for one in values if one.value in meant.get(one.facet, ())), None)


def _names() -> dict[str, str]:
    """Return what readers may call each facet, folded, in every language of the portal."""
    found = {}
    for code, _language in settings.LANGUAGES:
        with override(code):
            for name, how in _TYPED_FACETS.items():
                found[fold(str(FACET_OF[name].label))] = name
                found[fold(str(how.noun))] = name
    return {**found, **{name: name for name in _TYPED_FACETS}}


def _values(typed: str, reader: Reader) -> Iterator[_Value]:
    """Yield the values that may be meant, by their names in the reader's language first."""
    for name in _TYPED_FACETS:
        for value, shown in _named_values(FACET_OF[name], typed, reader):
            yield _Value(name, value, shown)


def _named_values(facet: Facet, typed: str, reader: Reader) -> Iterator[tuple[str, str]]:
    """Yield values of a facet with what readers call them; of very many that which is ``typed``."""
    vocabulary = None if isinstance(facet.source, Column) else facet.source.vocabulary
    if vocabulary is not None:
        rows = vocabulary_rows(vocabulary)
        rows = rows.filter(**{vocabulary.value: typed}) if facet.most else rows
        rows = rows.visible_to(reader) if hasattr(rows, "visible_to") else rows
        yield from rows.values_list(vocabulary.value, vocabulary.name)
        return
    own = get_language()
    for code, _shown in sorted(settings.LANGUAGES, key=lambda one: one[0] != own):
        with override(code):
            yield from [(value, str(name)) for value, name in fixed_values(facet).items()]
            if facet.in_itself:
                yield from [(one, _called(one)) for one in fixed_values(facet)]


def _called(language: str) -> str:
    """Return what a language is called in the active one; its code where nobody knows."""
    try:
        return str(get_language_info(language)["name_translated"])
    except KeyError:
        return language


def fixed_values(facet: Facet) -> dict[str, Any]:
    """Return the values of a facet that are the same in every portal, with what they are called.

    Empty where they are rows.
    """
    if isinstance(facet.source, Column):
        field: Any = Article._meta.get_field(facet.source.name)
        return {str(value): name for value, name in field.flatchoices}
    return dict(facet.names()) if facet.names else {}


def vocabulary_rows(vocabulary: ValueTable) -> QuerySet[Any]:
    """Return the rows of a table of values."""
    models = apps.get_app_config("troubleshooting").get_models(include_auto_created=True)
    model = next(one for one in models if one._meta.db_table == vocabulary.table)
    return model._default_manager.all()
