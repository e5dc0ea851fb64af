"""What programs read of a text, and what stands in code: where it begins and ends."""

from __future__ import annotations

import pytest

from troubleshooting.texts.places import address_spans, code_spans, touches, unlinked


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[a](/b/)", ["/b/"]),
        ('![a](</b c.png> "d")', ["</b c.png>"]),
        ("[a](/b(c)d/e) f", ["/b(c)d/e"]),
        (
            "<https://a.example/b> and http://c.example.",
            ["https://a.example/b", "http://c.example."],
        ),
        ("mailto:a@b.example, www.a.example", ["mailto:a@b.example,", "www.a.example"]),
        ('<a href="/b c/" title="d"><img src=\'e\'>', ['href="/b c/"', "src='e'"]),
        ("[!SNIPPET   restart] [!snippet a-b]", ["[!SNIPPET   restart]", "[!snippet a-b]"]),
        ("[!NOTE] a (b) [c] d: e/f", []),
    ],
)
def test_addresses_and_names_of_snippets(text: str, found: list[str]):
    assert [text[start:end] for start, end in address_spans(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a `b` ``c`d`` e", ["`b`", "``c`d``"]),
        ("a\n\n```\nb `c`\n```\n\nd `e`\n", ["```\nb `c`\n```\n", "`e`"]),
        ("a ` b\n\nc ` d", []),
    ],
)
def test_code(text: str, found: list[str]):
    assert [text[start:end] for start, end in code_spans(text)] == found


@pytest.mark.parametrize(
    ("place", "expected"),
    [((0, 3), False), ((2, 4), True), ((4,), True), ((5,), False), ((5, 8), False),
     ((5, 9), True), ((0, 20), True), ((9, 12), False)],
)  # fmt: skip
def test_what_touches_a_span(place: tuple[int, ...], expected: bool):
    assert touches([(3, 5), (8, 9)], *place) is expected


UNLINKED = [
    ("Voir [A](/x/).", "Voir A."),
    ("[A](/x/) et [B](/y/)", "A et [B](/y/)"),
    ("[**A** \\[1\\] [x]](</x/>)", "**A** \\[1\\] [x]"),
    ('[A](/x/ "Un titre")', "A"),
    ("![A](/x/)", "![A](/x/)"),
    ("[![A](/i.png)](/x/)", "![A](/i.png)"),
    ("`[A](/x/)` et [A](/x/)", "`[A](/x/)` et A"),
    ("```\n[A](/x/)\n```\n", "```\n[A](/x/)\n```\n"),
    ("[`[`](/x/) et `]`", "`[` et `]`"),  # brackets of code open nothing
    ("[A `]` B](/x/)", "A `]` B"),
    ("[A [B](/y]z/) C](/x/)", "A [B](/y]z/) C"),
    ("[A [B](/x/) C](/x/)", "A B C"),
    ('[A](/x/ "](/y/) [") B](/x/)', "A B](/x/)"),  # those of a title neither
    ("A](/x/) reste", "A](/x/) reste"),
    ("https://example.org/x/ (/x/)", "https://example.org/x/ (/x/)"),
]


@pytest.mark.parametrize(("text", "expected"), UNLINKED)
def test_links_that_are_meant_become_their_words(text: str, expected: str):
    assert unlinked(text, lambda address: address == "/x/") == expected
