"""A text is shown as it was written: every word typed outside markup is a word shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.cases import read_cases
from troubleshooting.texts.markup import canonical
from troubleshooting.texts.markup.elements import BLOCKS
from troubleshooting.texts.markup.refused import hidden_comments
from troubleshooting.texts.rendering import (
    Link,
    RenderingContext,
    inner_html,
    render,
    sanitise,
    to_html,
)

CASES = read_cases(Path(__file__).parent / "cases/shown.txt")
#: Links lead where they say and images are there, so that an address is in the page, too.
CONTEXT = RenderingContext(
    lambda href: Link(href, external=False), image=lambda source: f"/m/{source}"
)


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_text_is_shown_as_it_was_written(text: str, expected: str):
    assert sanitise(to_html(canonical(text))).strip() == expected


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_canonical_form_of_a_case_stays(text: str, expected: str):
    assert canonical(canonical(text)) == canonical(text)


#: Marks of Markdown and of HTML, whole, halved and out of place. None of them hides words by what
#: it is: no whole comment, no script with its end, no words beside the mark of a fence.
MARKS = st.sampled_from(
    [
        *(
            "*",
            "**",
            "_",
            "`",
            "``",
            "```\n",
            "~~~\n",
            "~~",
            "\\",
            "[",
            "]",
            "](",
            "](<",
            ")",
            ">)",
        ),
        *(
            "[a]: ",
            "![",
            "<",
            "<b>",
            "</b>",
            "<i>",
            "<kbd>",
            "<source>",
            "<div>\n",
            "</div>",
            "<p>",
        ),
        *("<script>", "<style>", "<title>", "<textarea>", "<drive>", "</drive>", "<a href=x>"),
        *(
            "<!--",
            "&amp;",
            "&lt;",
            "&nbsp;",
            "| ",
            " | ",
            "|",
            "|\n",
            "\n| - | - |\n",
            "\n",
            "\n\n",
        ),
        *("  \n", "\\\n", "    ", "  ", "\t", "- ", "* ", "+ ", "1. ", "1) ", "10. ", "> ", "# "),
        *("## ", "#", "---", "***", "===", "- - -", "> [!NOTE]\n", "http://a.b/", "www.a.b"),
        *(" a@b.c", "\u00a0", "<https://e.org>", "<x:y>", "<?", "<![CDATA[", "<!X", ":::", ":"),
        *("!", '"', "'", "(", ")", "[ ] ", "[x] ", "<br>", "</", "/>", "=", ".", "|`", "&#"),
    ]
)
WORD = st.integers(1, 999).map(lambda number: f" word{number}x")
TEXTS = st.lists(st.one_of(WORD, MARKS, MARKS), max_size=16).map("".join)
_INFO = re.compile(r"(?:```|~~~).*")


@settings(max_examples=600, deadline=None)
@given(TEXTS)
def test_every_word_typed_is_a_word_shown(text: str):
    shown = inner_html(render(canonical(text), CONTEXT))
    typed = set(re.findall(r"word\d+x", _INFO.sub("", text)))
    told = " ".join(comment.words for comment in hidden_comments(text))
    assert not {word for word in typed if word not in shown and word not in told}


@settings(max_examples=600, deadline=None)
@given(TEXTS)
def test_the_canonical_form_of_any_text_stays(text: str):
    once = canonical(text)
    assert canonical(once) == once


NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9._-]{0,12}", fullmatch=True)
#: Tags that are markup though nothing closes them, or that begin a block wherever they stand.
MARKUP = {*BLOCKS, "br", "wbr"}
PLACES = ["{} a", "1. Press {}.", "> {}", "| {} |\n| - |\n| b |", "- {}\n- b"]


@settings(max_examples=300, deadline=None)
@given(NAMES.filter(lambda name: name.lower() not in MARKUP), st.sampled_from(PLACES))
def test_any_placeholder_is_shown(name: str, place: str):
    shown = sanitise(to_html(canonical(place.format(f"<{name}>"))))
    assert f"&lt;{name}&gt;" in shown
