"""What people call the groups that the portal makes."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import RelatedFieldListFilter
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

#: The groups that the portal makes.
_ROLES: dict[str, str | Promise] = {
    "Author": gettext_lazy("Author"),
    "Reviewer": gettext_lazy("Reviewer"),
    "Administrator": gettext_lazy("Administrator"),
}


def role_called(name: str) -> str:
    """Return what people call the group of that name: those of the portal in their language."""
    return str(_ROLES.get(name, name))


class RoleFilter(RelatedFieldListFilter):
    """Groups by what people call them."""

    def field_choices(self, field: Any, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            (key, role_called(str(name)))
            for key, name in super().field_choices(field, request, model_admin)
        ]
