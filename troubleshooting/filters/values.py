"""What readers call the values of a facet, wherever they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.db.models import Model
from django.utils.translation import get_language

from ..models import Article
from ..search.facets.declared import Column, Facet, ValueTable, family_names

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

#: What readers call each family of codes.
FAMILY_LABELS = family_names()


class ValueName(NamedTuple):
    """What readers call a value; ``language`` is set where it is not theirs."""

    text: StrOrPromise
    language: str = ""


def name_of(names: Mapping[str, str]) -> ValueName | None:
    """Return the name in the reader's language, or else in another; None if there is none."""
    own = get_language() or ""
    for language in (own, ""):
        if language in names:
            return ValueName(names[language])
    return next((ValueName(text, language) for language, text in sorted(names.items())), None)


class Values:
    """The values of facets with their names. What a short vocabulary holds is read once."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, Any]] = {}

    def names(self, facet: Facet, values: Collection[str] = ()) -> dict[str, ValueName]:
        """Return the names of values in the order of lists: of all that there are.

        Of a long vocabulary (``Facet.most``) it is only those of the values ``values``, to tell
        which there are: a result brings what it shows of one (``FacetValue.names``).
        """
        source = facet.source
        if isinstance(source, Column):
            field: Any = Article._meta.get_field(source.name)
            names = _of_words(field.flatchoices)
        elif source.vocabulary and facet.most:
            names = _of_long_vocabulary(source.vocabulary, values)
        elif source.vocabulary:
            rows = self.rows(facet.name, source.vocabulary).items()
            names = _of_words(
                (value, str(getattr(row, source.vocabulary.name))) for value, row in rows
            )
        else:
            names = _of_words(facet.names().items() if facet.names else (), facet.in_itself)
        if facet.for_all:
            names[facet.for_all] = ValueName(facet.name_for_all)
        return names

    def rows(self, name: str, vocabulary: ValueTable) -> dict[str, Any]:
        """Return all rows of the vocabulary of the facet ``name`` by value, in their order."""
        if name not in self._rows:
            rows = _model(vocabulary.table)._default_manager.all()
            by_value = ((getattr(row, vocabulary.value), row) for row in rows)
            self._rows[name] = {str(value): row for value, row in by_value if value}
        return self._rows[name]


def _of_words(
    words: Iterable[tuple[str, StrOrPromise]], in_itself: bool = False
) -> dict[str, ValueName]:
    own = get_language()
    return {
        value: ValueName(text, value if in_itself and value != own else "") for value, text in words
    }


def _of_long_vocabulary(vocabulary: ValueTable, values: Collection[str]) -> dict[str, ValueName]:
    if not values:
        return {}
    rows = _model(vocabulary.table)._default_manager.filter(**{f"{vocabulary.value}__in": values})
    return _of_words(rows.values_list(vocabulary.value, vocabulary.name))


def _model(table: str) -> type[Model]:
    models = apps.get_app_config("troubleshooting").get_models(include_auto_created=True)
    return next(model for model in models if model._meta.db_table == table)
