"""What is copied in other programs arrives as Markdown: words first, nothing that runs."""

import pytest
from django.urls import reverse

from tests.browser.editing.test_editing import form_of, sign_in
from tests.kept import copied
from tests.web.content import BILINGUAL, DRAFT, make_portal
from tests.web.editors import person
from troubleshooting.models import Article

PASTE = """([selector, html, plain, withPicture]) => {
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  if (plain) data.setData("text/plain", plain);
  const picture = new File([new Uint8Array([1, 2])], "a.png", { type: "image/png" });
  if (withPicture) data.items.add(picture);
  const target = document.querySelector(selector);
  target.focus();
  target.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
  );
}"""
FIELD = ".section-cause .CodeMirror-code"
ITEM = "<p class=MsoListParagraph style='mso-list:l0 level{} lfo1'>"
IGNORED = (
    "<![if !supportLists]><span style='mso-list:Ignore'>{}<span>&nbsp;&nbsp;</span></span>"
    "<![endif]>"
)

CASES = {
    "a nested list of Word": (
        f"<html><body>{ITEM.format(1)}{IGNORED.format('1.')}Open<o:p></o:p></p>"
        f"{ITEM.format(2)}{IGNORED.format('a.')}First</p>{ITEM.format(2)}{IGNORED.format('b.')}Then</p>"
        f"{ITEM.format(1)}{IGNORED.format('2.')}Close</p></body></html>",
        "1. Open\n    1. First\n    2. Then\n2. Close",
    ),
    "bullets of Word": (
        f"{ITEM.format(1)}{IGNORED.format('·')}One</p>{ITEM.format(1)}{IGNORED.format('·')}Two</p>",
        "- One\n- Two",
    ),
    "cells of Excel": (
        "<table><tr><td>Code</td><td>Sense</td></tr><tr><td>5</td><td>No|access</td></tr></table>",
        "| Code | Sense |\n| --- | --- |\n| 5 | No\\|access |",
    ),
    "a mail": (
        "<div><p class=MsoNormal>See <b>this</b> <a href='https://example.org/a'>page</a>.</p></div>",
        "See **this** [page](https://example.org/a).",
    ),
    "a web page": (
        "<h1>Title</h1><p>Run <code>net use</code>:</p><pre><code>a\nb</code></pre>"
        "<ul><li>x<ul><li>y</li></ul></li></ul>",
        "### Title\n\nRun `net use`:\n\n```\na\nb\n```\n\n- x\n    - y",
    ),
    "letters in brackets, of Word": (
        f"{ITEM.format(1)}{IGNORED.format('(a)')}One</p>{ITEM.format(1)}{IGNORED.format('(b)')}Two</p>",
        "1. One\n2. Two",
    ),
    "bold by a style": (
        "<b style='font-weight:normal'><p><span style='font-weight:700'>Now</span> go</p></b>",
        "**Now** go",
    ),
    "what would run": (
        "<p><b>Hi</b><script>attack()</script><img src=x onerror=attack()>"
        "<a href='javascript:attack()'>there</a></p>",
        "**Hi**there",
    ),
    "a placeholder": ("<p><b>net use</b> &lt;drive&gt;</p>", "**net use** \\<drive>"),
}


@pytest.fixture
def form(page, live_server, transactional_db):
    copied(make_portal)
    page.add_init_script("window.attack = () => { window.attacked = true; }")
    sign_in(page.context, live_server, person("rene", "Reviewer"))
    page.goto(form_of(DRAFT))
    return page


def test_formatted_words_become_markdown_before_any_picture(form):
    cause = form.locator("#id_cause")
    for name, (html, expected) in CASES.items():
        form.evaluate(PASTE, [FIELD, html, "plain", True])
        text = cause.input_value().replace("   ", "  ")
        assert " ".join(text.split()) == " ".join(expected.split()), name
        assert text.count("\n") == expected.count("\n"), (name, text)
        form.keyboard.press("Control+z")
        assert cause.input_value() == "", name
    assert form.evaluate("window.attacked") is None
    assert form.locator(".toolbar-state").text_content() == ""


def test_plain_words_and_code_stay_as_they_are(form):
    code = "<div style='font-family: Consolas; white-space: pre;'><div><b>if</b> (a)</div></div>"
    for html in ("<span>if (a)</span>", code, ""):
        form.evaluate(PASTE, [FIELD, html, "if (a)", True])
        form.wait_for_function("document.getElementById('id_cause').value === 'if (a)'")
        form.keyboard.press("Control+z")


@pytest.mark.parametrize(
    ("html", "expected"), [("<ul><li>One</li></ul>", "- One"), ("<h2>One</h2>", "### One")]
)
def test_what_is_pasted_behind_words_begins_on_a_line_of_its_own(form, html, expected):
    form.locator(FIELD).click()
    form.keyboard.insert_text("Before")
    form.evaluate(PASTE, [FIELD, html, "One", False])
    assert form.locator("#id_cause").input_value() == f"Before\n\n{expected}"


@pytest.mark.parametrize(
    ("name", "more", "field"),
    [
        ("article_translate", (BILINGUAL, "en"), "textarea[name=text-cause]"),
        ("snippet_add", (), "#id_text_fr"),
        ("articletemplate_add", (), "#id_problem_fr"),
    ],
)
@pytest.mark.parametrize("case", ["a nested list of Word", "cells of Excel", "a web page"])
def test_so_it_is_in_plain_fields(form, name, more, field, case):
    keys = [Article.objects.get(slug=one).pk if one == BILINGUAL else one for one in more]
    form.goto(reverse(f"admin:troubleshooting_{name}", args=keys))
    html, expected = CASES[case]
    place = form.locator(field).first
    # Not `fill`: the browser may join it with the paste, and undo both at once.
    place.evaluate("field => { field.value = ''; }")
    form.evaluate(PASTE, [field, html, "plain", True])
    assert " ".join(place.input_value().split()) == " ".join(expected.split())
    form.keyboard.press("Control+z")
    assert place.input_value() == ""
    place.fill("Before")
    form.evaluate(PASTE, [field, "<ul><li>One</li></ul>", "One", False])
    assert place.input_value() == "Before\n\n- One"
    form.evaluate(PASTE, [field, "<span>if (a)</span>", "if (a)", False])
    assert place.input_value() == "Before\n\n- One"  # plain words: the browser's own paste
