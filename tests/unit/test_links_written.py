"""No writer of a link puts an address into a page that a browser would run.

The sanitiser sees addresses as their authors wrote them; what they are resolved to is written
afterwards. The property holds for whatever the resolvers answer, and for the resolvers themselves.
"""

from __future__ import annotations

import ast
import re
from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.sources import nodes, trees
from troubleshooting.texts.converting.html import PageSurroundings as HtmlSurroundings
from troubleshooting.texts.converting.html import convert_html, parse
from troubleshooting.texts.linking import Surroundings, is_of_site, published_address, resolver
from troubleshooting.texts.rendering import (
    Link,
    RenderingContext,
    inner_html,
    links,
    plain_link,
    render,
)

APP = Path(__file__).resolve().parents[2] / "troubleshooting"

#: As browsers read an address (URL Standard): what they skip, then the scheme.
_SKIPPED = re.compile(r"\A[\x00-\x20]+|[\t\n\r]")
_ADDRESS = re.compile(r'\s(?:href|src|action|formaction|srcset|poster|data)="([^"]*)"')
_HARMLESS = {"http", "https", "mailto", "tel", ""}


def scheme(address: str) -> str:
    """Return the scheme of an address as a browser reads it, "" for one that has none."""
    match = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", _SKIPPED.sub("", address))
    return match[1].lower() if match else ""


def harmful(html: str) -> list[str]:
    return [found for found in _ADDRESS.findall(html) if scheme(found) not in _HARMLESS]


SCHEMES = ["javascript", "JaVaScRiPt", "data", "vbscript", "blob", "file", "x-y.z", "ttps"]
BEFORE = ["", " ", "\x01", "\t", "~/", "/", "./", "../", "//", "~/~/", "#", "?"]
INSIDE = ["", "\t", "\n", "\r"]


@st.composite
def addresses(draw) -> str:
    """Return an address: hostile, hostile in disguise, or any characters at all."""
    name = draw(st.sampled_from(SCHEMES))
    cut = draw(st.integers(0, len(name)))
    disguised = name[:cut] + draw(st.sampled_from(INSIDE)) + name[cut:]
    written = draw(st.sampled_from(BEFORE)) + disguised + ":alert(1)"
    return draw(st.one_of(st.just(written), st.text(max_size=20)))


TEXT = "[words](page.md) ![words](picture.png) <https://example.org>"
SOURCE = "https://docs.example.org/a/b/page"


@given(addresses(), st.booleans())
def test_whatever_a_resolver_answers(address: str, external: bool):
    context = RenderingContext(lambda href: Link(address, external), image=lambda source: address)
    assert not harmful(inner_html(render(TEXT, context)))


def test_the_property_would_notice(monkeypatch):
    monkeypatch.setattr(links, "broken_scheme", lambda href: False)
    context = RenderingContext(lambda href: Link("javascript:alert(1)", external=False))
    assert harmful(inner_html(render(TEXT, context)))


@given(addresses(), st.sampled_from(["", SOURCE]), st.booleans())
def test_what_links_of_documents_are_resolved_to(address: str, source_url: str, of_site: bool):
    try:
        resolve = resolver(Surroundings("en", source_url, lambda name, anchor: None, of_site))
        link = resolve(address)
    except ValueError:
        return  # no address at all: the renderer does not ask for such
    assert link is None or scheme(link.href) in _HARMLESS


@pytest.mark.parametrize("name", ["javascript", "data", "vbscript", "mailto"])
def test_a_path_of_a_document_is_a_path(name: str):
    resolve = resolver(Surroundings("en", SOURCE, lambda key, anchor: None))
    link = resolve(f"~/{name}:alert(1)")
    assert link == Link(f"https://docs.example.org/a/b/{name}:alert(1)", external=True)


#: A target in a document, the document's own address, whether it comes from the site that publishes
#: such documents, and where the link leads.
PUBLISHED = [
    ("merger-secret.md", "", False, None),
    ("/plans/merger-secret", "", False, None),
    ("other-page.md", "", True, "https://learn.microsoft.com/en-us/search/?terms=other%20page"),
    ("/intune/other", "", True, "https://learn.microsoft.com/en-us/intune/other"),
    ("other.md#a", SOURCE, False, "https://docs.example.org/a/b/other#a"),
    ("/other.md", SOURCE, False, "https://docs.example.org/other"),
]


@pytest.mark.parametrize(("target", "source_url", "is_of_site", "expected"), PUBLISHED)
def test_names_of_files_are_told_to_their_publisher_alone(
    target: str, source_url: str, is_of_site: bool, expected: str | None
):
    around = Surroundings("en", source_url, lambda name, anchor: None, is_of_site)
    link = resolver(around)(target)
    assert (link and link.href) == expected


@pytest.mark.parametrize(
    ("fields", "source_url", "expected"),
    [
        ({}, "", False),
        ({"title": "A", "author": "ms.b"}, "https://docs.example.org/a", False),
        ({}, "https://learn.microsoft.com.example.org/a", False),
        ({"ms.topic": "article"}, "", True),
        ({}, "https://Learn.Microsoft.com/en-us/intune/a", True),
    ],
)
def test_which_documents_come_from_the_site(fields: dict, source_url: str, expected: bool):
    assert is_of_site(fields, source_url) is expected


@given(addresses())
def test_what_a_document_says_of_itself(address: str):
    assert scheme(published_address({"source_url": address}, "en", "page.md")) in _HARMLESS


@given(addresses())
def test_addresses_without_a_document(address: str):
    try:
        link = plain_link(address)
    except ValueError:
        return
    assert link is None or scheme(link.href) in _HARMLESS


@given(addresses())
def test_what_documents_in_html_lead_to(address: str):
    at = escape(address, quote=True)
    page = f'<p><a href="{at}">a</a> <img src="{at}" alt="b"> <object data="{at}">c</object></p>'
    text = convert_html(parse(f"<body>{page}</body>"), HtmlSurroundings()).text
    assert not harmful(inner_html(render(text, RenderingContext(plain_link))))


#: Where the program writes an address by itself: the page of the portal that it makes it of. What
#: becomes Markdown is told by the property above.
OTHER_WRITERS = {
    "admin/adding.py": "the page of what a form added before",
    "admin/articles/listing.py": "pages of the administration, by their names",
    "admin/bulk/splitting.py": "the form of the article that was split",
    "admin/bulk/trash.py": "the page of the trash, by its name",
    "admin/bulk/undo.py": "the way back from an act, by its name",
    "admin/exchange/documents.py": "the report of an import",
    "admin/exchange/removed.py": "the page that merges two articles",
    "admin/exchange/image_places.py": "pages of the administration where an image is shown",
    "admin/exchange/media.py": "the page of an image",
    "admin/parts.py": "pages of the administration, by their names",
    "admin/people/accounts.py": "the page of an account, by its name",
    "admin/people/audit.py": "the page of the audit, by its name",
    "admin/people/journal.py": "pages of the administration, by their names",
    "admin/reports/gaps.py": "pages of the administration, by their names",
    "admin/reports/outcomes.py": "the page of an article",
    "admin/reusing/snippets.py": "the page of an article, by its name",
    "admin/texts/pending_list.py": "the page of a pending revision, by its name",
    "admin/translating/posted.py": "the page of what was changed in a text, by its name",
    "admin/vocabulary/platforms.py": "pages of the administration, by their names",
    "admin/vocabulary/term_usage.py": "pages of the administration, by their names",
    "texts/converting/html/cleaning.py": "becomes Markdown: what is embedded",
    "texts/converting/html/convert.py": "becomes Markdown: pictures written in the page",
    "texts/converting/html/shaping.py": "becomes Markdown: links around headings",
    "texts/converting/products/confluence.py": "becomes Markdown: pictures",
    "templatetags/hits.py": "the pages of a hit and of its codes, by their names",
    "templatetags/portal.py": "the other languages of a page; the file of the icons",
    "templatetags/results.py": "the page of a hit",
}
_IN_HTML = re.compile(r"\b(?:href|src|action|formaction)=[\"']?\{")
_NAMES = {"href", "src", "action", "formaction", "srcset", "poster"}


def writes_an_address(tree: ast.AST) -> bool:
    """Return whether a module writes an attribute that leads somewhere, but by ``set_address``."""
    return any(_in_text(node) or _in_call(node) for node in nodes(tree))


def _in_text(node: ast.AST) -> bool:
    text = node.value if isinstance(node, ast.Constant) else None
    return isinstance(text, str) and bool(_IN_HTML.search(text))


def _in_call(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    names = node.args[:1] if node.func.attr == "set" else []
    if node.func.attr in ("Element", "makeelement", "SubElement"):
        names = [key for arg in node.args if isinstance(arg, ast.Dict) for key in arg.keys]
    return any(isinstance(name, ast.Constant) and name.value in _NAMES for name in names)


def test_every_writer_is_known():
    found = {name for name, tree in trees().items() if writes_an_address(tree)}
    assert found == set(OTHER_WRITERS)


@pytest.mark.parametrize(
    "source",
    [
        'a.set("href", x)',
        'lxml.html.Element("img", {"src": x})',
        "format_html('<a href=\"{}\">', x)",
    ],
)
def test_a_new_writer_would_be_noticed(source: str):
    assert writes_an_address(ast.parse(source))
