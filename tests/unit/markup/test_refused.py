"""Tags that readers do not get are found where they stand."""

from __future__ import annotations

import pytest

from troubleshooting.texts.markup.refused import (
    hidden_comments,
    may_have_refused_tags,
    refused_tags,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("words", []),
        ("net use <drive> <source>", []),
        ("<b>bold</b>", []),
        ("one\ntwo <center>three</center>", [("center", 2, False)]),
        ("one  \ntwo\nthree <font color=red>x</font>", [("font", 3, False)]),
        ("a\n\n<div>\n<form action=x>y</form>\n</div>", [("form", 4, False)]),
        ("- a\n- <center>b</center>\n- <center>c</center>", [("center", 2, False)]),
        ("<script>\nx\n</script>", [("script", 1, True)]),
        ("| a |\n| - |\n| <center>b</center> |", [("center", 3, False)]),
        ("a\nthe <td> tag and <tr>", [("td", 2, False), ("tr", 2, False)]),
        ("one <li>point", [("li", 1, False)]),
        ("<dt>term", [("dt", 1, False)]),
        ("<table>\n<tr>\n\n<td>\n\nx\n\n</td>\n</tr>\n</table>", []),
        ("<ol><li>x</li></ol>", []),
        ("<dl><dt>x<dd>y</dl>", []),
        ("`<table>` holds <td>", [("td", 1, False)]),
        ("`<center>`\n\n```\n<center>\n```", []),
    ],
)
def test_the_first_of_each(text: str, expected: list[tuple[str, int, bool]]):
    assert [(tag.name, tag.line, tag.hides) for tag in refused_tags(text)] == expected
    assert may_have_refused_tags(text) or not expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a <!-- b\nc --> d\n<!-- e -->", [("b c", 1), ("e", 3)]),
        ("<div>\n<!-- a -->\n\n</div>\n\n<!--\nb\n--> <!-- c -->", [("a", 2), ("b", 6), ("c", 8)]),
        ("<div>\n<!-- never ended\n</div>", []),  # it is shown
        ("<div>\n<!-- a -->\n<!-- never ended\n</div>", [("a", 2)]),
        ("<!-- - --> <!-- 1 -->", [("1", 1)]),
        ("`<!-- a -->`", []),
    ],
)
def test_comments_that_hold_words(text: str, expected: list[tuple[str, int]]):
    assert [(one.words, one.line) for one in hidden_comments(text)] == expected


def test_of_a_long_comment_an_excerpt_is_told():
    words = " ".join(["word"] * 40)
    (comment,) = hidden_comments(f"<!-- {words} -->")
    assert (comment.words, comment.excerpt) == (words, words[:80])
