"""The words of inline Markdown: titles are made of them."""

from __future__ import annotations

import pytest

from troubleshooting.texts.docfx.anchors import plain


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Fix **error** `0x80070005` in [App](app.md)", "Fix error 0x80070005 in App"),
        ("A &amp; B&nbsp;: &copy; &#8217; &lt;x&gt;", "A & B\u00a0: © ’ <x>"),
        (r"The value user\_name\_id is \*new\*", "The value user_name_id is *new*"),
        ("user_name_id and __init__", "user_name_id and init"),
        (
            "Sign in as <user_name> at <server.contoso.com>",
            "Sign in as <user_name> at <server.contoso.com>",
        ),
        ("Open <https://example.org/> first", "Open https://example.org/ first"),
        ("Press <kbd>F2</kbd> <a name=x></a>", "Press F2"),
        ("![The icon](a.png) says [[x]]", "The icon says [[x]]"),
        ("**Cut out of bold", "Cut out of bold"),
        ("~~old~~ new", "old new"),
    ],
)
def test_what_readers_see(text: str, words: str):
    assert plain(text) == words
