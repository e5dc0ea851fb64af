"""Paths of which Markdown takes a backslash are found; what is shown as typed or meant is not."""

from __future__ import annotations

import pytest

from troubleshooting.texts.markup.backslashes import may_shorten_paths, shortened_paths
from troubleshooting.texts.rendering import sanitise, to_html

SHORTENED = [
    (r"Open \\server\share.", r"\server\share.", 1),
    ("One\ntwo\nthree \\\\srv\\x", r"\srv\x", 3),
    (r"net use \\<server>\share", r"\<server>\share", 1),
    (r"Delete C:\Temp\.", r"C:\Temp.", 1),
    (r"Delete C:\_old\logs", r"C:_old\logs", 1),
    (r"HKLM\Software\$key", r"HKLM\Software$key", 1),
    ("| a |\n| - |\n| \\\\srv\\x |", r"\srv\x", 3),
    ("1. a\n2. see \\\\srv\\x", r"\srv\x", 2),
    ("## \\\\srv\\x", r"\srv\x", 1),
    (r"(\\srv\x)", r"(\srv\x)", 1),
    (r"`\\a\b` and \\a\b", r"\a\b", 1),
    (r"Type <your.domain>\<account>.", r"<your.domain><account>.", 1),
    (r"Sign in as CONTOSO\<account>", r"CONTOSO<account>", 1),
    (r"%TEMP%\<folder>", r"%TEMP%<folder>", 1),
    (r"C:\<folder>", r"C:<folder>", 1),
]
WHOLE = [
    r"C:\Temp\logs",
    r"C:\\Temp\\logs",
    r"\\\\server\\share",
    r"\\\\server\share",
    r"CERT\_E\_UNTRUSTED",
    r"`\\server\share`",
    "``a ` \\\\server\\share``",
    "```\n\\\\server\\share\n```",
    r"\*no list\* and 2 \\ 3",
    r"domain\user",
    r"an \<account> or List\<String\>",
    r"SMS_\<site>",
    r"https://\<server>",
    "words",
]


@pytest.mark.parametrize(("text", "shown", "line"), SHORTENED)
def test_what_is_shown_of_a_path_and_where(text: str, shown: str, line: int):
    assert [(path.shown, path.line) for path in shortened_paths(text)] == [(shown, line)]


@pytest.mark.parametrize("text", [text for text, _shown, _line in SHORTENED])
def test_they_are_suspected_without_reading(text: str):
    assert may_shorten_paths(text)


@pytest.mark.parametrize("text", WHOLE)
def test_nothing_is_said_of(text: str):
    assert shortened_paths(text) == []


@pytest.mark.parametrize("text", [text for text, _shown, _line in SHORTENED])
def test_readers_see_what_is_said(text: str):
    html = sanitise(to_html(text)).replace("&lt;", "<").replace("&gt;", ">")
    assert shortened_paths(text)[0].shown in html
