"""How elements of HTML are written, from the smallest page of each kind."""

from __future__ import annotations

import pytest

from troubleshooting.texts.converting import ProductPage
from troubleshooting.texts.converting.formats import convert
from troubleshooting.texts.docfx import read_document

CASES = {
    "a colon in bold stands outside where a word follows": (
        "<p><b>Cause</b><b> :</b>le <i>mot</i></p><p><b>Foo:</b>bar</p>",
        "**Cause** :le *mot*\n\n**Foo**:bar",
    ),
    "what looks like markup is words": (
        "<p>1. no item</p><p># no heading</p><p>&lt;b&gt; *x* _y_ a_b [z](w)</p>",
        "1\\. no item\n\n\\# no heading\n\n\\<b> \\*x\\* \\_y\\_ a_b \\[z](w)",
    ),
    "nothing runs, and what plays is a link": (
        "<a href='javascript:a()'>x</a><img src='x' onerror='a()'><iframe src='https://e.com/v'>"
        "</iframe><p onclick='a()'>ok</p><script>a()</script>",
        "x![](x)[https://e.com/v](https://e.com/v)\n\nok",
    ),
    "a fence is longer than those in the code": (
        "<pre class='brush: bash'>a\n```\nb</pre>",
        "````bash\na\n```\nb\n````",
    ),
    "lists stay nested, and go on after a paragraph": (
        "<ol><li>One<ul><li>in</li></ul></li></ol><p>x</p><ol start='2'><li>Two</li></ol>",
        "1. One\n   - in\n\nx\n\n2. Two",
    ),
    "a table of one column is the box that it is": (
        "<table><tr><td><h2>Boxed</h2><p>One</p></td></tr></table>",
        "# Boxed\n\nOne",
    ),
    "a form of labels is what they name": (
        "<table><tr><td>Symptôme</td><td>Noir</td></tr><tr><td>Cause</td><td>Câble</td></tr></table>",
        "**Symptôme**\n\nNoir\n\n**Cause**\n\nCâble",
    ),
    "cells keep paragraphs, lists, code and bars": (
        "<table><tr><th>Code</th><th>Do</th></tr><tr><td rowspan='2'>7</td><td><p>A</p><p>B | C</p>"
        "<ul><li>x</li></ul></td></tr><tr><td><code>a|b</code></td></tr></table>",
        "| Code | Do |\n| --- | --- |\n| 7 | A<br><br>B \\| C<ul><li>x</li></ul> |\n|  | `a\\|b` |",
    ),
    "a table of data alone has no header": (
        "<table><tr><td>0x80070005</td><td>Denied</td></tr></table>",
        "|  |  |\n| --- | --- |\n| 0x80070005 | Denied |",
    ),
    "a list of codes is one": (
        "<dl><dt>0x80070005</dt><dd><p>Denied.</p><p>Ask.</p></dd></dl><dl><dt>A</dt><dd>B</dd></dl>",
        "<dl>\n<dt>0x80070005</dt>\n<dd>Denied.<br><br>Ask.</dd>\n</dl>\n\n**A**\n\nB",
    ),
    "of several headings none is the title": ("<h1>A</h1>x<h1>B</h1>", "## A\n\nx\n\n## B"),
    "a paragraph styled as the title is it": (
        "<p class='c3 title'>T</p><h1>A</h1>x<h1>B</h1>",
        "# T\n\n## A\n\nx\n\n## B",
    ),
    "boxes are alerts": (
        "<div class='admonition warning'><p>x</p></div><p class='callout info'>y</p>"
        "<aside class='tip'>z</aside><div class='panel'>p</div>",
        "> [!WARNING]\n> x\n\n> [!NOTE]\n> y\n\n> [!TIP]\n> z\n\np",
    ),
    "an element of ours in a page says nothing": ("<x-raw data-text='# a'></x-raw>t", "t"),
}


@pytest.mark.parametrize("name", CASES)
def test_elements(name: str):
    html, markdown = CASES[name]
    found = convert(ProductPage(f"<html><body>{html}</body></html>".encode(), "x.html"))
    assert found is not None
    assert found[0].text.strip() == markdown


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("é".encode(), "é"),
        ("<meta charset=iso-8859-1>é".encode("latin-1"), "é"),
        (b"\xff\xfe" + "é".encode("utf-16-le"), "é"),
        ("« é »".encode("cp1252"), "« é »"),
        (b"a\x00b", "ab"),
    ],
)
def test_pages_in_any_encoding(raw: bytes, shown: str):
    head = b"" if raw[:1] == b"\xff" else b"<p>"
    page = (
        ProductPage(head + raw, "x.html")
        if head
        else ProductPage(raw[:2] + "<p>é".encode("utf-16-le"), "x")
    )
    found = convert(page)
    assert found is not None
    assert found[0].text.strip() == shown


def test_a_form_of_labels_is_an_article():
    html = (
        "<h1>The screen stays black</h1><table><tr><th>Symptom</th><td>Error 5006</td></tr><tr>"
        "<th>Solution</th><td><ol><li>A</li><li>B</li></ol></td></tr></table>"
    )
    found = convert(ProductPage(html.encode(), "x.html"))
    assert found is not None
    (entry,) = read_document(found[0].text.encode(), "x.md").entries
    assert "5006" in entry.texts["problem"]
    assert entry.texts["resolution"].split() == ["1.", "A", "2.", "B"]
