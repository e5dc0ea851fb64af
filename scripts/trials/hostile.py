"""Queries made to hurt: syntax of databases and full-text engines, odd characters, sheer length."""

from __future__ import annotations

import random
from collections.abc import Iterator

#: What breaks parsers, and what the search reads by rules of its own.
PIECES = (
    '"', "'", "*", "(", ")", "NEAR(", "AND", "OR", "NOT", "^", "~", ":", "-", "+", "%", "_", "\\",
    ";--", "' OR 1=1 --", "|", "&", "!", "<->", "{{ x }}", "{% if %}", "<script>", "]]>", "&amp;",
    "${x}", "\0", "\x1b", "\x7f", "\u200b", "\u202e", "\ufeff", "\ud800", "😀", "ß", "İ", "ﬁ",
    "e\u0301", "\u0301" * 40, "’", "«\u00a0»", "שלום", "日本語", "0x", "0x8007064c",
    "0xFFFFFFFFFFFFFFFFFF", "-2147023284", "−1", "1e309", "²", "٣", "AADSTS50011", "5.7.124",
    "Event 1001", "HTTP 503", "{6985F007-7D3E-EB44-AB68-49B5D7913E95}", "10.0.0.1",
    "C:\\Windows\\Temp", "in:ios", "-limit", "exact:", "limit", "profil", "\n", "\t", "\u2028",
)  # fmt: skip
_LONGEST = 150_000


def queries(number: int, seed: int) -> Iterator[str]:
    """Yield queries, as many as asked for; the same for the same seed."""
    chance = random.Random(seed)
    for turn in range(number):
        shape = turn % 5
        if shape == 0:
            yield " ".join(chance.choices(PIECES, k=chance.randint(0, 14)))
        elif shape == 1:
            yield "".join(chance.choices(PIECES, k=chance.randint(1, 30)))
        elif shape == 2:
            yield chance.choice(PIECES) * chance.randint(1, 500)
        elif shape == 3:
            yield "".join(chr(chance.randrange(1, 0x3000)) for _ in range(chance.randint(1, 80)))
        else:
            lines = chance.randint(1, 400)
            text = "\n".join(" ".join(chance.choices(PIECES, k=6)) for _ in range(lines))
            yield text[:_LONGEST]
