"""A tag for what is the same on many pages: rendered once, then only repeated."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date, datetime

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

#: As many are kept of one piece of furniture; with more, all are forgotten.
MOST = 256
_PLAIN = frozenset((str, SafeString, int, bool, type(None), date, datetime))


@register.tag
def furniture(parser: Parser, token: Token) -> FurnitureNode:
    """Return ``{% furniture %}...{% endfurniture %}``: the same for every reader of a language.

    Nothing of the page's context is known inside, so that nothing of one page (or of one reader)
    can get into another. ``{% furniture here=request.resolver_match.url_name %}`` keeps one for
    each value, and knows it inside as ``here``; there may be several. Values are texts, numbers,
    dates, or tuples of them: things that tell by themselves whether they are still the same. So
    what is kept can never be outdated. Never what a reader has typed, since it stays in memory.
    The language is that in which the template began: a ``{% language %}`` around is not followed.

    Raise ``TemplateSyntaxError``: the tag says something else.
    """
    words = token.split_contents()[1:]
    values = token_kwargs(words, parser)
    if words:
        raise template.TemplateSyntaxError("furniture takes nothing, or: NAME=VALUE ...")
    inside = parser.parse(("endfurniture",))
    parser.delete_first_token()
    return FurnitureNode(inside, values)


class FurnitureNode(template.Node):
    """A piece that keeps what it rendered as long as its template stays loaded."""

    child_nodelists = ()  # no block of another template can be in it: nobody has to look

    def __init__(self, inside: NodeList, values: dict[str, FilterExpression]) -> None:
        self.inside = inside
        self.values = values
        self.kept: dict[Hashable, SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        known = {
            name: value.resolve(context, ignore_failures=True)
            for name, value in self.values.items()
        }
        place = _place(context)
        key = (*place, *map(_key, known.values()))
        found = self.kept.get(key)
        if found is None:
            if len(self.kept) >= MOST:
                self.kept.clear()
            alone = context.new({"LANGUAGE_CODE": place[0], **known})
            found = self.kept[key] = self.inside.render(alone)
        return found


#: Where a template keeps what ``_place`` found.
_PLACE = "troubleshooting.furniture"


def _place(context: template.Context) -> tuple[str | None, str]:
    """Return the language and where the portal is mounted.

    Looked up once for each template, for both are slow to ask for and a page has dozens of pieces.
    """
    known: tuple[str | None, str] | None = context.render_context.get(_PLACE)
    if known is None:
        known = context.render_context[_PLACE] = get_language(), get_script_prefix()
    return known


def _key(value: object) -> Hashable:
    """Return what is equal for what renders equally: ``"<"`` and the same marked safe differ.

    Raise ``TypeError``: a value that may change and still be equal, such as a row of the database.
    """
    kind = type(value)
    if kind in _PLAIN:
        return kind, value
    if isinstance(value, tuple):
        return kind, *map(_key, value)
    raise TypeError(f"furniture keeps nothing by a value of {kind.__name__}")
