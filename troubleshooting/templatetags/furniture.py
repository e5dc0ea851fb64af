"""A tag for what is the same on every page: rendered once, then only repeated."""

from __future__ import annotations

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.tag
def furniture(parser: Parser, token: Token) -> FurnitureNode:
    """``{% furniture %}...{% endfurniture %}``: the same for every reader of a language.

    Nothing of the page's context is known inside, so that nothing of one page (or of one reader)
    can get into another. ``{% furniture request.resolver_match.url_name as here %}`` keeps one for
    each value, of which there must be few, and knows it inside as ``here``.

    Raises:
        TemplateSyntaxError: the tag says neither.
    """
    match token.split_contents():
        case [_tag]:
            value, name = None, ""
        case [_tag, variable, "as", name]:
            value = parser.compile_filter(variable)
        case _:
            raise template.TemplateSyntaxError("furniture takes nothing, or: VALUE as NAME")
    inside = parser.parse(("endfurniture",))
    parser.delete_first_token()
    return FurnitureNode(inside, value, name)


class FurnitureNode(template.Node):
    """Keeps what it rendered as long as its template stays loaded."""

    child_nodelists = ("inside",)

    def __init__(self, inside: NodeList, value: FilterExpression | None, name: str) -> None:
        self.inside = inside
        self.value = value
        self.name = name
        self.kept: dict[tuple, SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        value = self.value.resolve(context, ignore_failures=True) if self.value else None
        key = (get_language(), get_script_prefix(), value)
        if key not in self.kept:
            known = {self.name: value} if self.name else {}
            alone = context.new({"LANGUAGE_CODE": get_language(), **known})
            self.kept[key] = self.inside.render(alone)
        return self.kept[key]
