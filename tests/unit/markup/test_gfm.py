"""What GFM's specification says of its extensions, one fact a row, in words of our own.

A row names the extension and which of its examples in https://github.github.com/gfm/ shows the
fact; one cell too many is shown, where GFM loses its words. What is shown is read from the
canonical form, so a text that is saved says the same.
"""

from __future__ import annotations

import re

import pytest

from troubleshooting.texts.markup import canonical
from troubleshooting.texts.rendering import to_html

HEAD = "| pen | ink |\n| --- | --- |\n"
#: Extension and example, a text, what its HTML holds, what it does not hold.
FACTS = [
    ("tables 1", f"{HEAD}| red | blue |", ["<th>pen</th>", "<td>blue</td>"], []),
    ("tables 2", "| pen | ink |\n:-: | ---:\nred | blue", ["<td", "red</td>", "blue</td>"], ["|"]),
    ("tables 3", "| p\\|q |\n| --- |\n| `a \\| b` **\\|** |",
     ["p|q</th>", "<code>a | b</code>", "<strong>|</strong>"], ["\\"]),
    ("tables 4", f"{HEAD}| red | blue |\n> said", ["<blockquote>", "blue</td>"], ["said</td>"]),
    ("tables 5", f"{HEAD}| red | blue |\ngreen\n\ngrey", ["green</td>", "<p>grey</p>"], []),
    ("tables 6", "| pen | ink |\n| --- |\n| red |", ["| pen | ink |"], ["<table"]),
    ("tables 7", f"{HEAD}| red |\n| a | b | far |",
     ["<td>red</td>", "<td></td>", "far</td>"], []),
    ("tables 8", HEAD.rstrip(), ["<th>pen</th>"], ["<td"]),
    ("strikethrough 1", "~~old~~ and ~older~ ink", ["<del>old</del>", "<del>older</del>"], ["~"]),
    ("strikethrough 2", "~~one\n\ntwo~~", ["~~one", "two~~"], ["<del>"]),
    ("strikethrough 3", "so ~~~not~~~ old", ["~~~not~~~"], ["<del>"]),
    ("autolinks 1", "www.ink.example", ['href="http://www.ink.example"'], []),
    ("autolinks 2", "See www.ink.example/how now.", ['"http://www.ink.example/how"'], []),
    ("autolinks 3", "To www.ink.example/a.b. Go", ['www.ink.example/a.b"', "</a>. Go"], []),
    ("autolinks 4", "(www.ink.example/a_(b))", ['/a_(b)"', "</a>)"], []),
    ("autolinks 5", "www.ink.example/a?q=(b))+c", ['/a?q=(b))+c"'], []),
    ("autolinks 6", "www.ink.example/a?q=b&xyz;", ["</a>&amp;xyz;"], []),
    ("autolinks 7", "www.ink.example/a<b", ['ink.example/a"', "</a>&lt;b"], []),
    ("autolinks 8", "(https://ink.example/a?q=b)", ['"https://ink.example/a?q=b"', "</a>)"], []),
    ("autolinks 9", "pen@ink.example", ['"mailto:pen@ink.example"'], []),
    ("autolinks 10", "a@b+c.example or a+b@c.example", ['"mailto:a+b@c.example"'], ["mailto:a@b"]),
    ("autolinks 11", "a.b-c_d@x.y", ['"mailto:a.b-c_d@x.y"'], []),
    ("autolinks 11", "a.b-c_d@x.y.", ['"mailto:a.b-c_d@x.y"', "</a>."], []),
    ("autolinks 11", "a.b-c_d@x.y- a.b-c_d@x.y_", ["a.b-c_d@x.y-"], ["<a"]),
    ("autolinks 12", "mailto:pen_a@ink.example/b", ['"mailto:pen_a@ink.example"', "</a>/b"], []),
    ("raw HTML", "a <title> b <textarea> c", ["&lt;title&gt;", "&lt;textarea&gt;"], []),
]  # fmt: skip


@pytest.mark.parametrize(("where", "text", "held", "not_held"), FACTS)
def test_what_is_shown(where: str, text: str, held: list[str], not_held: list[str]):
    html = to_html(canonical(text))
    assert [part for part in held if part not in html] == [], (where, html)
    assert [part for part in not_held if part in html] == [], (where, html)


def test_tasks_are_a_list_of_ticks():
    html = to_html(canonical("- [ ] ink\n- [x] pen\n  - [ ] cap"))
    assert (html.count("<li>"), html.count("<ul>")) == (3, 2)
    assert not re.search(r"\[[ x]\]", html)


#: An address is linked whole or not at all, whatever signs of emphasis are in it.
ADDRESSES = [
    ("first_last@ink.example", "first_last@ink.example"),
    ("a.b_c_d@ink.example", "a.b_c_d@ink.example"),
    (r"first\_last@ink.example", "first_last@ink.example"),
    ("first_-last@ink.example", "first_-last@ink.example"),
    ("_said_ first_last@ink.example _so_", "first_last@ink.example"),
    ("_first_last@ink.example_", "first_last@ink.example"),
    ("so **first_last@ink.example**", "first_last@ink.example"),
    ("so\nfirst_last@ink.example", "first_last@ink.example"),
    (r"first_last\@ink.example", ""),
    ("!first_last@ink.example", ""),
    ("`first`_last@ink.example", ""),
    ("a@first_last@ink.example", ""),
    ("a_" * 200 + "b@ink.example", ""),
    ("[first_last@ink.example](https://ink.example)", ""),
]


@pytest.mark.parametrize(("text", "address"), ADDRESSES)
def test_an_address_of_mail_is_linked_whole(text: str, address: str):
    html = to_html(canonical(text))
    assert re.findall(r'href="mailto:([^"]*)"', html) == ([address] if address else [])
    assert not address or f">{address}</a>" in html
