"""``{% csrf_token %}`` of every template: with the secret of the form, whom the form is made for.

Loaded in the place of Django's tag (``builtins`` in the settings), so that no form can forget it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.safestring import SafeString

from . import owner_field

if TYPE_CHECKING:
    from django.template.base import Parser, Token
    from django.template.context import Context

register = template.Library()


class _FormKeysNode(CsrfTokenNode):
    """The hidden fields that every form which writes begins with."""

    def render(self, context: Context) -> SafeString:
        request = context.get("request")
        user = context.get("user") or getattr(request, "user", None)
        return SafeString(owner_field(user) + super().render(context))


@register.tag
def csrf_token(_parser: Parser, _token: Token) -> _FormKeysNode:
    """Return what writes both fields."""
    return _FormKeysNode()
