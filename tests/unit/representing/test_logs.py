"""Bytes of logs become their text, and lines say when they were written."""

from __future__ import annotations

import codecs

import pytest

from troubleshooting.representing.encodings import is_text, printable, text_of
from troubleshooting.representing.times import Time, time_of

WORDS = "Échec : 0x8007064C – réseau…"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"", ""),
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        (WORDS.encode(), WORDS),
        (codecs.BOM_UTF8 + WORDS.encode(), WORDS),
        (codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"), WORDS),
        (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), WORDS),
        (codecs.BOM_UTF32_LE + WORDS.encode("utf-32-le"), WORDS),
        (WORDS.encode("utf-16-le"), WORDS),
        (WORDS.encode("utf-16-be"), WORDS),
        (WORDS.encode("cp1252"), WORDS),
        (codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le") + b"\x41", WORDS + "\ufffd"),
        (WORDS.encode()[1:], "\ufffd" + WORDS[1:]),
        (b"\x81 0x80070005", "\ufffd 0x80070005"),
        (b"a\0b", "a\0b"),
        (b"\0\0\0\0", "\0\0\0\0"),
        (b"\xff\xfe", ""),
    ],
)
def test_text_of_any_bytes(raw: bytes, text: str):
    assert text_of(raw) == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"", True),
        (WORDS.encode() * 999, True),
        (WORDS.encode("utf-16-le") * 999, True),
        (WORDS.encode("cp1252"), True),
        (b"\x1b[31merror\x1b[0m\f\tx\r\n", True),
        (b"word " * 40 + b"\0", True),
        (b"PK\x03\x04\x14\0\0\0\x08\0", False),
        (bytes(range(256)) * 9, False),
        (b"\0\0\0\0", False),
    ],
)
def test_what_is_text(raw: bytes, text: bool):
    assert is_text(raw) is text


def test_no_text_steers_a_terminal():
    assert printable("a\tb\nc\x1b[31m\x07\x9b2J\u202ed") == "a\tb\nc\ufffd[31m\ufffd\ufffd2J\ufffdd"


@pytest.mark.parametrize(
    ("line", "time"),
    [
        ("2026-11-27 10:11:12,123 ERROR", ("2026-11-27 10:11:12,123", "2026-11-27T10:11:12.123")),
        ("[2026-11-27T10:11:12.5Z] x", ("2026-11-27T10:11:12.5Z", "2026-11-27T10:11:12.500Z")),
        ("2026/11/27 10:11 +0100 x", ("2026/11/27 10:11 +0100", "2026-11-27T10:11:00+01:00")),
        (
            '<![LOG[Failed]LOG]!><time="09:01:02.345-60" date="3-4-2026" thread="1">',
            ('time="09:01:02.345-60" date="3-4-2026"', "2026-03-04T09:01:02.345"),
        ),
        ("27/11/2026 10:11:12 - x", ("27/11/2026 10:11:12", "2026-11-27T10:11:12")),
        ("03/04/2026 10:11:12 x", ("03/04/2026 10:11:12", "")),
        ("3/4/2026 1:02:03 PM x", ("3/4/2026 1:02:03 PM", "2026-03-04T13:02:03")),
        ("03.04.2026 10:11:12 x", ("03.04.2026 10:11:12", "2026-04-03T10:11:12")),
        ("04/04/2026 12:00 AM", ("04/04/2026 12:00 AM", "2026-04-04T00:00:00")),
        (
            "::1 - - [27/Nov/2026:10:11:12 +0000] GET",
            ("27/Nov/2026:10:11:12 +0000", "2026-11-27T10:11:12+00:00"),
        ),
        (
            "Date: Fri, 27 Nov 2026 10:11:12 GMT",
            ("27 Nov 2026 10:11:12 GMT", "2026-11-27T10:11:12Z"),
        ),
        ("Nov  7 10:11:12 host app[1]: x", ("Nov  7 10:11:12", "")),
        ("[10:11:12] x", ("10:11:12", "")),
        ("2026-13-45 10:11:12 x", ("2026-13-45 10:11:12", "")),
        ("version 10.0.19041.1 of 12:34", None),
        ("00:1A:2B:3C:4D:5E", None),
        ("", None),
        (f"{'9' * 100_000} 2026-11-27 10:11:12", None),
    ],
)
def test_time_of_a_line(line: str, time: tuple[str, str] | None):
    assert time_of(line) == (Time(*time) if time else None)
