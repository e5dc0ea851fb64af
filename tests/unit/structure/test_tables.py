"""Codes in the tables that an article shows."""

from __future__ import annotations

import pytest

from troubleshooting.texts.structure import structure_article

TABLES = [
    # A small number is a code where its column says so.
    (
        "en",
        "Error code | What it says",
        [("29", "No port"), ("0x00000001", "No paper")],
        ["29", "0x1"],
    ),
    ("fr", "Signification | Code d’erreur", [("Délai dépassé", "1053")], ["1053"]),
    ("de", "Fehlercode | Bedeutung", [("2147024891", "Kein Zugriff")], ["0x80070005"]),
    ("en", "Event ID | Meaning", [("4", "Late"), ("7034", "Stopped")], ["Event 4", "Event 7034"]),
    # The name in capitals beside it is the code's too.
    (
        "en",
        "Description | Error code",
        [("FLAG_INVALID_CERT", "0x00000002")],
        ["0x2", "FLAG_INVALID_CERT"],
    ),
    # Other columns hold none, nor do words in a column of codes.
    ("en", "Code | Country", [("29", "Norway")], []),
    ("en", "Country code | Country", [("47", "Norway")], []),
    ("en", "Error code | Meaning", [("None", "All is well"), ("see page 29", "More")], []),
    ("en", "Setting | Value", [("SMS_SITE_NAME", "29")], []),
]


@pytest.mark.parametrize("part", ["problem", "resolution", "other"])
@pytest.mark.parametrize(("language", "header", "rows", "codes"), TABLES)
def test_codes_of_a_column(
    part: str, language: str, header: str, rows: list[tuple[str, str]], codes: list[str]
):
    body = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    found = structure_article(
        {"title": "T", part: f"| {header} |\n|---|---|\n{body}"}, language
    ).distinct_codes()
    assert {_bare(code) for code in found} == {_bare(code) for code in codes}


def _bare(code: str) -> str:
    return f"0x{int(code, 16):X}" if code.startswith("0x") else code
