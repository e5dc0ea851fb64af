"""What several admin pages share."""

from collections.abc import Iterable

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that only the portal itself writes: they can be looked at, not changed."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        return False


def change_link(model: str, pk: int, text: str) -> SafeString:
    """A link to the admin page of a row of ``model`` (lower case)."""
    return format_html('<a href="{}">{}</a>', change_url(model, pk), text)


def change_url(model: str, pk: int) -> str:
    """The address of the admin page of a row of ``model`` (lower case)."""
    return reverse(f"admin:troubleshooting_{model}_change", args=[pk])


def bullets(items: Iterable[str]) -> SafeString | str:
    """A list of ``items``, escaped unless marked safe; a dash where there are none."""
    lines = format_html_join("", "<li>{}</li>", ((item,) for item in items))
    return format_html('<ul class="plain">{}</ul>', lines) if lines else "–"
