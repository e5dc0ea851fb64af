"""The values that commands narrow a search by: one that is not there is an error, not no result."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.core.management.base import CommandError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ..models import Article
from ..representing.encodings import printable
from ..search.context import browse
from ..search.facets.declared import Column, Facet

#: Values that an error names.
_MOST_NAMED = 40


def fixed_values(facet: Facet) -> list[str]:
    """Return the values of a facet that are the same in every portal; none where they are rows."""
    if isinstance(facet.source, Column):
        field: Any = Article._meta.get_field(facet.source.name)
        return [str(value) for value, _name in field.flatchoices]
    return list(facet.names()) if facet.names else []


def check_values(facet: Facet, values: Sequence[str], visible: QuerySet[Any]) -> None:
    """Raise ``CommandError``: a value is none of those that readers of ``visible`` may choose."""
    known = _known(facet, visible)
    for value in values:
        if value in known:
            continue
        said = {"facet": facet.label, "value": printable(value)}
        if len(known) > _MOST_NAMED:
            raise CommandError(_("%(facet)s: there is no “%(value)s”.") % said)
        names = {"known": ", ".join(sorted(known)) or "–"}
        raise CommandError(
            _("%(facet)s: there is no “%(value)s”, but: %(known)s.") % {**said, **names}
        )


def _known(facet: Facet, visible: QuerySet[Any]) -> set[str]:
    """Return what is called a value of the facet, whether or not an article has it now."""
    shown = {one.value for one in browse(visible, {}).facets.get(facet.name, ())}
    found = shown | set(fixed_values(facet))
    vocabulary = None if isinstance(facet.source, Column) else facet.source.vocabulary
    if vocabulary and not facet.most:
        models = apps.get_app_config("troubleshooting").get_models(include_auto_created=True)
        model = next(one for one in models if one._meta.db_table == vocabulary.table)
        rows = model._default_manager.values_list(vocabulary.value, flat=True)
        found |= set(map(str, rows))
    return found | ({facet.for_all} if facet.for_all else set())
