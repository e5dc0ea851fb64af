"""What readers call the values of a facet, wherever they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Model
from django.utils.translation import get_language

from ..models import Article
from ..search.facets.declared import Column, Facet, Vocabulary, family_names

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

#: What readers call each family of codes.
FAMILY_LABELS = family_names()


class Values:
    """The values of facets with their names. What a vocabulary holds is read once."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, Any]] = {}

    def names(self, facet: Facet) -> Mapping[str, StrOrPromise]:
        """Return what readers call each value, in the order of lists."""
        source = facet.source
        names: Mapping[str, StrOrPromise] = {}
        if facet.names:
            names = facet.names()
        elif isinstance(source, Column):
            field: Any = Article._meta.get_field(source.name)
            names = dict(field.flatchoices)
        elif source.vocabulary:
            rows = self.rows(facet.name, source.vocabulary)
            names = {value: getattr(row, source.vocabulary.name) for value, row in rows.items()}
        return {**names, facet.for_all: facet.name_for_all} if facet.for_all else names

    def rows(self, name: str, vocabulary: Vocabulary) -> dict[str, Any]:
        """Return the rows of the vocabulary of the facet ``name`` by value, in their order.

        Of rows that are one value in several languages it is the one in the reader's language.
        """
        if name not in self._rows:
            found: dict[str, Any] = {}
            for row in _model(vocabulary.table)._default_manager.all():
                value = getattr(row, vocabulary.value)
                if value not in found or _is_in_language_of_reader(row, vocabulary):
                    found[value] = row
            self._rows[name] = found
        return self._rows[name]


def _is_in_language_of_reader(row: Model, vocabulary: Vocabulary) -> bool:
    return bool(vocabulary.language) and getattr(row, vocabulary.language) == get_language()


def _model(table: str) -> type[Model]:
    models = apps.get_app_config("troubleshooting").get_models(include_auto_created=True)
    return next(model for model in models if model._meta.db_table == table)
