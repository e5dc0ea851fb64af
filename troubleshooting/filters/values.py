"""What readers call the values of a facet, wherever they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.db.models import Model
from django.utils.translation import get_language

from ..models import Article
from ..search.facets.declared import Column, Facet, Vocabulary, family_names

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

#: What readers call each family of codes.
FAMILY_LABELS = family_names()


class Name(NamedTuple):
    """What readers call a value; ``language`` is set where it is not theirs."""

    text: StrOrPromise
    language: str = ""


class Values:
    """The values of facets with their names. What a short vocabulary holds is read once."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, Any]] = {}

    def names(self, facet: Facet, wanted: Collection[str]) -> dict[str, Name]:
        """Return the names of values in the order of lists: of all that there are.

        Of a long vocabulary (``Facet.most``) it is only those of the values ``wanted``.
        """
        source = facet.source
        if isinstance(source, Column):
            field: Any = Article._meta.get_field(source.name)
            names = _of_words(field.flatchoices)
        elif source.vocabulary and facet.most:
            names = _of_long_vocabulary(source.vocabulary, wanted)
        elif source.vocabulary:
            rows = self.rows(facet.name, source.vocabulary).items()
            names = _of_words((value, getattr(row, source.vocabulary.name)) for value, row in rows)
        else:
            names = _of_words(facet.names().items() if facet.names else ())
        if facet.for_all:
            names[facet.for_all] = Name(facet.name_for_all)
        return names

    def rows(self, name: str, vocabulary: Vocabulary) -> dict[str, Any]:
        """Return all rows of the vocabulary of the facet ``name`` by value, in their order."""
        if name not in self._rows:
            rows = _model(vocabulary.table)._default_manager.all()
            self._rows[name] = {getattr(row, vocabulary.value): row for row in rows}
        return self._rows[name]


def _of_words(words: Iterable[tuple[str, StrOrPromise]]) -> dict[str, Name]:
    return {value: Name(text) for value, text in words}


def _of_long_vocabulary(vocabulary: Vocabulary, wanted: Collection[str]) -> dict[str, Name]:
    """Return the names in the reader's language, each in another where it has none in that."""
    if not wanted:
        return {}
    language = get_language() or ""
    columns = (vocabulary.value, vocabulary.name, vocabulary.language or vocabulary.value)
    rows = _model(vocabulary.table)._default_manager.filter(**{f"{vocabulary.value}__in": wanted})
    names: dict[str, Name] = {}
    for value, text, written_in in rows.values_list(*columns):
        if not vocabulary.language or written_in == language:
            names[value] = Name(text)
        else:
            names.setdefault(value, Name(text, written_in))
    return names


def _model(table: str) -> type[Model]:
    models = apps.get_app_config("troubleshooting").get_models(include_auto_created=True)
    return next(model for model in models if model._meta.db_table == table)
