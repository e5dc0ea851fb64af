"""A rendered text written as Markdown and rendered again says the same words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troubleshooting.representing.writing import Form, write_text
from troubleshooting.texts.rendering import plain_text, sanitise, to_html, to_tree

MARKDOWN = Form(is_markdown=True, site="https://portal.example.org")
PLAIN = Form(is_markdown=False)

TEXTS = [
    "Open **Settings** > **Accounts**.\n\n1.  One\n    1.  Deep\n2.  Two\n\n    More.",
    "- a\n- b\n\n  > quote\n  > more\n\n```\ncode `with` ``ticks``\n  and blanks\n```",
    "| a \\| b | `c` |\n|---|---|\n| **1** | x |",
    "1\\. no list, \\# no heading, \\*no mark\\*, snake_case and _em_, a\\_ b, &amp;amp; &lt;b&gt;",
    "\\- no item\n\n\\+ none\n\n\\> none\n\n\\=== none\n\n7\\) none",
    "7.  seventh\n8.  eighth",
    "a `` b`c `` d ` ` e [x](https://example.org/a_(b)) ~~gone~~ \\~\\~here\\~\\~",
    "line one  \nline two  \n\\# three",
    "![words](https://example.org/x.png)",
    "<details><summary>More</summary>\n\ninside\n\n</details>",
    "« mot » : 10 € — naïf\u202f!",
]


def words_of(html: str) -> str:
    return plain_text(to_tree(html))


def html_of(text: str) -> str:
    return sanitise(to_html(text))


@pytest.mark.parametrize("text", TEXTS)
def test_markdown_says_the_same(text: str):
    html = html_of(text)
    assert words_of(html_of(write_text(html, MARKDOWN))) == words_of(html)


@given(st.text(alphabet="ab1.)#>-+=*_`~[]()<&|\\ \n:é", max_size=40))
def test_markdown_of_any_text_says_the_same(text: str):
    html = html_of(text)
    again = words_of(html_of(write_text(html, MARKDOWN)))
    assert again.split() == words_of(html).split()


@pytest.mark.parametrize(
    ("html", "markdown", "plain"),
    [
        (
            '<p>See <a href="/en/codes/1/">it</a>.</p>',
            "See [it](https://portal.example.org/en/codes/1/).",
            "See it.",
        ),
        ('<p><a href="https://e.org/">it</a></p>', "[it](https://e.org/)", "it <https://e.org/>"),
        (
            '<div class="alert alert-note"><p class="alert-title">Note</p><p>x</p></div>',
            "> Note\n>\n> x",
            "> Note\n>\n> x",
        ),
        ("<p><strong>a </strong>b<em> c</em></p>", "**a** b *c*", "a b c"),
        ("<ol><li>a<ul><li>b</li></ul></li></ol>", "1.  a\n\n    -   b", "1.  a\n\n    -   b"),
        (
            '<p><span><a class="figure-link" href="/m/x"><img src="/m/x" alt="A"></a>'
            '<span class="figure-caption" aria-hidden="true">A</span></span></p>',
            "![A](https://portal.example.org/m/x)",
            "[A]",
        ),
    ],
)
def test_forms(html: str, markdown: str, plain: str):
    assert (write_text(html, MARKDOWN), write_text(html, PLAIN)) == (markdown, plain)
