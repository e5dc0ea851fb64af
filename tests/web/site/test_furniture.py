"""What is rendered once for all pages of a language."""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.safestring import mark_safe
from django.utils.translation import override

from troubleshooting.models import Platform
from troubleshooting.templatetags.furniture import MOST

LOADED = "{% load i18n furniture %}"
TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
PIECE = re.compile(r"{% furniture\b.*?%}(.*?){% endfurniture %}", re.DOTALL)
TAG = re.compile(r"{[%{#].*?[#}%]}", re.DOTALL)
VOID = frozenset(("br", "hr", "img", "input", "link", "meta", "source"))


class Elements(HTMLParser):
    """Collects the elements that a piece of HTML leaves open, and those it closes unopened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.unopened: list[str] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.unopened.append(tag)


def unbalanced(html: str) -> list[str]:
    """Return the names of the elements that begin or end alone in ``html``."""
    elements = Elements()
    elements.feed(TAG.sub("", html))
    elements.close()
    return elements.open + elements.unopened


def test_is_rendered_once_for_each_language():
    part = Template(LOADED + "{% furniture %}{% translate 'Search' %}{% endfurniture %}")
    for language, word in (("fr", "Rechercher"), ("en", "Search"), ("fr", "Rechercher")):
        with override(language):
            assert part.render(Context()) == word
    assert len(part.nodelist.get_nodes_by_type(object)[1].kept) == 2


def test_nothing_of_a_page_gets_in():
    part = Template(LOADED + "[{% furniture %}{{ secret }}{{ user }}{% endfurniture %}]")
    assert part.render(Context({"secret": "x", "user": "y"})) == "[]"


def test_there_is_one_for_each_value():
    part = Template(LOADED + "{% furniture here=one.two %}{{ here }}!{% endfurniture %}")
    assert [part.render(Context({"one": {"two": word}})) for word in "aba"] == ["a!", "b!", "a!"]
    assert part.render(Context()) == "None!"


def test_there_may_be_several_values():
    part = Template(LOADED + "{% furniture a=a b=b %}{{ a }}{{ b }}{{ c }}{% endfurniture %}")
    assert part.render(Context({"a": 1, "b": "<", "c": 3})) == "1&lt;"
    assert part.render(Context({"a": 1, "b": mark_safe("<")})) == "1<"
    assert part.render(Context({"a": True, "b": (1, date(2026, 2, 3))})).startswith("True(1, ")


def test_what_may_change_and_still_be_equal_is_refused():
    part = Template(LOADED + "{% furniture platform=platform %}{{ platform }}{% endfurniture %}")
    for value in (Platform(pk=1, name="iOS"), [1], (1, [2])):
        with pytest.raises(TypeError):
            part.render(Context({"platform": value}))


def test_memory_is_bounded():
    part = Template(LOADED + "{% furniture a=a %}{{ a }}{% endfurniture %}")
    for number in range(2 * MOST):
        assert part.render(Context({"a": number})) == str(number)
    assert len(part.nodelist.get_nodes_by_type(object)[1].kept) <= MOST


@pytest.mark.parametrize("tag", ["furniture x", "furniture x as y", "furniture a=b z"])
def test_a_tag_with_other_words_is_refused(tag):
    with pytest.raises(TemplateSyntaxError):
        Template(f"{LOADED}{{% {tag} %}}{{% endfurniture %}}")


@pytest.mark.parametrize(
    ("html", "names"),
    [
        ("<p>a<br><b>b</b></p>", []),
        ("<nav{% if here == 'a<b>' %} class='x'{% endif %}>{{ a }}</nav>", []),
        ("<ul class='chips'>", ["ul"]),
        ("<b>a</b></nav>", ["nav"]),
        ("<p><b>a</p></b>", ["p", "p"]),
    ],
)
def test_elements_that_begin_or_end_alone_are_seen(html, names):
    assert unbalanced(html) == names


def test_every_piece_in_the_templates_closes_what_it_opens():
    pieces = [
        (path.relative_to(TEMPLATES), piece)
        for path in sorted(TEMPLATES.rglob("*.html"))
        for piece in PIECE.findall(path.read_text(encoding="utf-8"))
    ]
    assert pieces
    assert [(path, unbalanced(piece)) for path, piece in pieces if unbalanced(piece)] == []
