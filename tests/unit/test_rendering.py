"""What readers see of a Markdown text, and what no text can do."""

from __future__ import annotations

import re
from contextlib import nullcontext

import pytest

from troubleshooting.texts import rendering
from troubleshooting.texts.markup.elements import READER_ELEMENTS
from troubleshooting.texts.markup.limits import DEEPEST, DEEPEST_HTML, IntricateTextError
from troubleshooting.texts.rendering import (
    RenderingContext,
    broken_scheme,
    inner_html,
    plain_link,
    render,
)
from troubleshooting.texts.rendering.links import set_address

CONTEXT = RenderingContext(
    plain_link, words={"note": "Remarque", "missing_image": "Image non fournie"}
)


def html(text: str) -> str:
    return inner_html(render(text, CONTEXT))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a  b\n\tc", "a b c"),
        ("«\u00a0a\u202f»", "«\u00a0a\u202f»"),
        ("a\u00a0\u00a0b \u00a0c", "a\u00a0b c"),
        ("a\u202f\u00a0b", "a\u202fb"),
        ("\u2003a\u2029b\u2028 c\u00a0", "a b c"),
        ("a<br>b<b>c</b>d<p>e</p>", "a bcd e"),
    ],
)
def test_the_words_of_an_element_stand_on_one_line(text: str, words: str):
    assert rendering.plain_text(rendering.to_tree(text)) == words


def test_an_alert_is_named_in_the_language_of_the_text():
    assert html("> [!NOTE]\n> Lisez.") == (
        '<div class="alert alert-note" role="note">'
        '<p class="alert-title">Remarque</p><p>Lisez.</p>\n</div>'
    )


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("> [!NOTE]", ""),  # the words that make it an alert leave nothing behind
        ("> [!NOTE]\n>\n> Lisez.", "<p>Lisez.</p>"),
        ("> [!NOTE]\n> ![](a.png)", '<p><span class="figure-missing">'),
        ("> [!NOTE]\n>\n> ---", "<hr>"),
    ],
)
def test_an_alert_holds_what_stands_below_its_marker(text: str, inner: str):
    title = '<p class="alert-title">Remarque</p>'
    found = html(text).partition(title)[2].removesuffix("</div>")
    assert found.startswith(inner)
    assert found.count("<p>") == inner.count("<p>")


def test_alerts_that_run_together_are_two():
    assert html("> [!NOTE]\n> one\n\n> [!TIP]\n> two").count('class="alert ') == 2


def test_an_alert_may_stand_in_a_step():
    text = "1.  Step\n\n    > [!WARNING]\n    > Careful.\n"
    assert '<li>\n<p>Step</p>\n<div class="alert alert-warning"' in html(text)


def test_an_image_that_is_not_supplied_shows_its_words():
    found = html("![The Smart Manager icon](./media/icon.png)")
    assert "<img" not in found
    assert "Image non fournie" in found
    assert "The Smart Manager icon" in found


def test_a_supplied_image_is_shown():
    context = RenderingContext(plain_link, image=lambda source: f"/media/{source}")
    found = inner_html(render("![Icon](icon.png)", context))
    assert found == (
        '<p><span class="figure"><a class="figure-link" href="/media/icon.png">'
        '<img alt="Icon" src="/media/icon.png" loading="lazy"></a>'
        '<span class="figure-caption" aria-hidden="true">Icon</span></span></p>'
    )


def test_a_link_with_a_broken_scheme_is_text():
    assert html("[tool](ttps://example.org)") == "<p>tool</p>"
    assert broken_scheme("ttps://example.org")
    assert not broken_scheme("https://example.org")
    assert not broken_scheme("device-enrollment.md#a:b")


def test_a_table_scrolls_in_a_box_that_keyboards_reach():
    found = html("| a |\n| --- |\n| b |")
    assert found.startswith('<div class="table-scroll" role="group" tabindex="0"')


@pytest.mark.parametrize(
    ("row", "cells"),
    [("| a | b |", ["th", "th"]), ("| | b |", ["td", "th"]), ("| | |", ["td", "td"])],
)
def test_a_cell_without_words_heads_no_column(row: str, cells: list[str]):
    head = html(f"{row}\n| --- | --- |\n| 1 | 2 |\n").split("</thead>")[0]
    assert re.findall(r"<(t[hd])\b", head) == cells
    assert re.findall(r"</(t[hd])>", head) == cells


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("<dl><dt>a</dt><dt>b</dt></dl>", "<ul><li>a</li><li>b</li></ul>"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "<dl><dt>a</dt><dd>b</dd></dl>"),
    ],
)
def test_terms_without_a_definition_are_a_list(given, expected):
    assert "".join(html(given).split()) == expected


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "<a href='vbscript:x'>x</a>",
    "<svg/onload=alert(1)>",
    "<iframe src='https://example.org'></iframe>",
    "<style>*{display:none}</style>",
    "<p style='position:fixed'>x</p>",
    "<form action='https://example.org'><input name=a></form>",
    '![x](x"onerror="alert(1))',
    "```html\n<script>alert(1)</script>\n```",
    "<details open ontoggle=alert(1)>x</details>",
    "<math><mtext><script>alert(1)</script></mtext></math>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_runs(text: str):
    tree = render(text, CONTEXT)
    for element in tree.iter():
        assert element.tag in {*READER_ELEMENTS, "div"}
        assert not {name for name in element.attrib if name.startswith("on") or name == "style"}
        for name in ("href", "src"):
            assert not broken_scheme(element.get(name, ""))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("- [ ] open", "\u2610 open"),
        ("- [x] done", "\u2611 done"),
        ("- `[ ] code`", "[ ] code"),
        ("- **[x] bold**", "[x] bold"),
        ("- [x]done", "[x]done"),
        ("[ ] no item", "[ ] no item"),
    ],
)
def test_a_task_is_shown_by_a_box(text: str, shown: str):
    assert rendering.plain_text(render(text, CONTEXT)) == shown


@pytest.mark.parametrize(
    ("href", "external"),
    [
        ("https://example.org/a", True),
        ("HTTP://example.org", True),
        ("mailto:desk@example.org", True),
        ("#cause", False),
        ("page.md", None),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_a_plain_link_leads_to_other_hosts_or_inside_the_page(href: str, external: bool | None):
    link = plain_link(href)
    assert (link.external if link else None) is external


@pytest.mark.parametrize(
    ("given", "is_one"),
    [
        ("https://example.org/a", True),
        ("http://example.org", True),
        ("ftp://example.org", False),
        ("example.org", False),
        ("javascript:alert(1)", False),
        ("http://[", False),
        ("", False),
        ("https://" + "a" * 492, True),
        ("https://" + "a" * 493, False),
    ],
)
def test_an_address_of_the_web_is_whole_and_not_too_long(given: str, is_one: bool):
    assert rendering.web_address(given) == (given if is_one else "")


@pytest.mark.parametrize(
    ("text", "is_refused"),
    [
        ("> " * (DEEPEST - 2) + "a", False),
        ("> " * (DEEPEST - 1) + "a", True),
        ("> " * (DEEPEST + 20) + "a", True),
        ("<div>" * (DEEPEST_HTML - 2) + "a", False),
        ("<div>" * (DEEPEST_HTML - 1) + "a", True),
        ("<div>a</div>\n" * 90 + "<div>" * (DEEPEST_HTML - 2) + "a", False),  # side by side
        ("<div>a</div>\n" * 90 + "<div>" * (DEEPEST_HTML - 1) + "a", True),
    ],
)
def test_what_is_nested_too_deep_is_refused(text: str, is_refused: bool):
    with pytest.raises(IntricateTextError, match="too_deep") if is_refused else nullcontext():
        render(text, CONTEXT)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('## <a name="tray"></a>Tray', '<h2 id="tray">Tray</h2>'),
        ('## <a name="a b"></a>Tray', "<h2>Tray</h2>"),  # no link could lead there
        ('## <a name=""></a>Tray', "<h2>Tray</h2>"),
        ('<a name="tray"></a>Tray', "<p>Tray</p>"),
    ],
)
def test_a_heading_has_the_address_of_the_anchor_in_it(text: str, shown: str):
    assert html(text) == shown


@pytest.mark.parametrize(
    ("address", "is_set"),
    [
        ("/en/a/", True),
        ("https://x.example/", True),
        ("ttps://x.example/", False),
        ("a\x07", False),
    ],
)
def test_an_address_that_may_not_be_is_not_written(address: str, is_set: bool):
    tree = render("Words", CONTEXT)
    assert set_address(tree, "href", address) is is_set
    assert tree.get("href") == (address if is_set else None)
