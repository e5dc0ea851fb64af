"""The values that commands narrow a search by: one that is not there is an error, not no result."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.management.base import CommandError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ..narrowing import fixed_values, vocabulary_rows
from ..representing.encodings import printable
from ..search.context import browse
from ..search.facets.declared import Column, Facet

#: Values that an error names.
_MOST_NAMED = 40


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
        rows = vocabulary_rows(vocabulary).values_list(vocabulary.value, flat=True)
        found |= set(map(str, rows))
    return found | ({facet.for_all} if facet.for_all else set())
