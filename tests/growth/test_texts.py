"""Every function over a whole text takes time that grows with its length only.

Twice the text may take 2.3 times the work (``tests.growth.measure``). The shapes are what texts
repeat:
codes, links, messages, steps, marks of Markdown, tags, addresses. What compares two texts is
bounded otherwise, by the pairs and cells of ``texts.comparing.aligning``.
"""

from __future__ import annotations

from contextlib import suppress

import pytest

from tests.growth.measure import MOST, Shape, Work, growth, pieces
from troubleshooting.search.reading.query import parse
from troubleshooting.search.words.folding import words
from troubleshooting.texts.codes import find_codes
from troubleshooting.texts.comparing.meaning import typed
from troubleshooting.texts.docfx import read_document
from troubleshooting.texts.image_paths import named_images
from troubleshooting.texts.markup import IntricateTextError, canonical
from troubleshooting.texts.markup.backslashes import may_shorten_paths
from troubleshooting.texts.markup.refused import hidden_comments, may_have_refused_tags
from troubleshooting.texts.markup.units import text_of, units_of
from troubleshooting.texts.places import address_spans, unlinked
from troubleshooting.texts.plain import sentences
from troubleshooting.texts.prompts import prompts_left
from troubleshooting.texts.rendering.targets import likely_targets, links_in
from troubleshooting.texts.structure import structure_article
from troubleshooting.texts.translating import Glossary, Term, needs_of
from troubleshooting.texts.translating.keeping import kept_in
from troubleshooting.texts.translating.machine import take_apart


def code(number: int) -> str:
    return f"0x{number * 2654435761 % 2**32:08X}"


SHAPES: dict[str, Shape] = {
    "codes": pieces(lambda n: f"The code {code(n)} appears. "),
    "items with codes": pieces(lambda n: f"-   {code(n)}\n"),
    "code spans": pieces(lambda n: f"`{code(n)}` fails.\n\n"),
    "symbols": pieces(lambda n: f"It says ERROR_SYMBOL_{n}.\n\n"),
    "links": pieces(lambda n: f"[page {n}](page-{n}.md)\n\n"),
    "images": pieces(lambda n: f"![image {n}](image-{n}.png)\n\n"),
    "definitions": pieces(lambda n: f"[label {n}] words\n\n[label {n}]: target{n}\n\n"),
    "unused definitions": pieces(lambda n: f"[label {n}]: target{n}\n"),
    "steps": pieces(lambda n: f"1.  Do thing {n}.\n"),
    "resolutions": pieces(lambda n: f"### Method {n}\n\n1.  Do it.\n\n"),
    "ways": pieces(lambda n: f"Open **Settings {n}** > **Accounts {n}**.\n\n"),
    "messages": pieces(lambda n: f"The error message “Thing {n} failed” appears.\n\n"),
    "quotations": pieces(lambda n: f"> Thing {n} failed\n\n"),
    "alerts": pieces(lambda n: f"> [!NOTE]\n> words {n}\n\n"),
    "boxes": pieces(lambda n: f"::: note\nwords {n}\n:::\n\n"),
    "boxes without an end": pieces(lambda n: f"{{% note %}}\n\nwords {n}\n\n"),
    "tabs of other makers": pieces(lambda n: f'=== "Tab {n}"\n\n    words\n\n'),
    "rows": lambda size: "| a | b |\n| - | - |\n" + pieces(lambda n: f"| x | {n} |\n")(size),
    "words": pieces(lambda n: f"word{n} "),
    "sentences": pieces(lambda n: f"A sentence {n} ends. "),
    "lines": pieces(lambda n: f"line {n}\n"),
    "paragraphs": pieces(lambda n: f"A paragraph {n} of **words**.\n\n"),
    "prompts": pieces(lambda n: f"Say {{{{what {n}}}}} and `{{{{that {n}}}}}`.\n\n"),
    "code blocks": pieces(lambda n: f"```\ncode {n}\n```\n\n"),
    "headings": pieces(lambda n: f"### Heading {n}\n\ntext\n\n"),
    "scenarios": pieces(lambda n: f"### Scenario {n}: no sound\n\n**Cause**: dust {n}.\n\n"),
    "titled problems": pieces(lambda n: f"### Problem: thing {n}\n\n**Cause**: dust {n}.\n\n"),
    "answered headings": pieces(
        lambda n: f"### Example\n\nIt is {n}.\n\n### Solution\n\nPush.\n\n"
    ),
    "classes": pieces(lambda n: f"Contoso.Till{n}.LostException: gone {n}\n"),
    "ways below ways": lambda size: (
        "# The till can't print\n\n## Resolution\n\n"
        + pieces(lambda n: f"### A {n} error\n\n#### Slow error\n\n##### Stuck error\n\nPush.\n\n")(
            size
        )
    ),
    "linked headings": lambda size: (
        "# The till can't print\n\n## Resolution\n\n"
        + pieces(lambda n: f"Then [do this](#a-{n}) in the shop.\n\n")(size // 2)
        + pieces(lambda n: f"### A {n}\n\nPush the button of the till.\n\n")(size // 2)
    ),
    "explained messages": lambda size: (
        "# Common errors\n\n" + pieces(lambda n: f"- `Failed to open {n}`: remove it.\n")(size)
    ),
    "marks of messages": lambda size: "# Common errors\n\n- " + "`a b c d" * (size // 8),
    "curls": pieces(lambda n: f"curl: ({n % 90 + 10}) failed; curl {n % 90 + 10} "),
    "logs": lambda size: "```\n" + pieces(lambda n: f"till[{n}]: E_NO_SLOT: {n}\n")(size) + "```",
    "capitals of logs": lambda size: "```\n: " + "AB_" * (size // 3) + "\n```",
    "defined codes": pieces(lambda n: f"`E_NO_SLOT_{n}`\n: gone {n}\n: wait\n\n"),
    "states of SQL": pieces(lambda n: f"SQLSTATE[HY000] [{n}] gone\n"),
    "compared codes": pieces(lambda n: f"It is similar to error {1000 + n}, see it above. "),
    "dotted names": lambda size: "Ab." * (size // 3),
    "tags": pieces(lambda n: f"<b>a{n}</b>\n\n"),
    "placeholders": pieces(lambda n: f"net use <drive{n}>\n\n"),
    "elements": pieces(lambda n: f"<div>a{n}</div>\n\n"),
    "comments": pieces(lambda n: f"a <!-- {n} -->\n\n"),
    "addresses": pieces(lambda n: f"https://example.org/{n} "),
    "mails": pieces(lambda n: f"a{n}@example.org "),
    "schemes": lambda size: "http:" * (size // 5),
    "at signs": lambda size: "a@" * (size // 2),
    "brackets of an address": lambda size: "http://a.b/" + ")" * size,
    "letters": lambda size: "w" * size,
    "digits": lambda size: "8007 " * (size // 5),
    "blanks": lambda size: "a" + " " * size + "b",
    "line feeds": lambda size: "\n" * size,
    "pipes": lambda size: "|" * size,
    "hashes": lambda size: "# a" + " #" * (size // 2),
    "backslashes": lambda size: "\\a" * (size // 2),
    "nested lists": lambda size: "".join(f"{'    ' * (n % 6)}-   a\n" for n in range(size // 14)),
}


def whole_way(text: str) -> None:
    """Do what a save does with a section: canonical form, HTML, structure."""
    with suppress(IntricateTextError):
        structure_article({"problem": canonical(text), "title": "x"}, "en")


def steps(text: str) -> None:
    structure_article({"resolution": text, "title": "x"}, "en")


def lacking(text: str) -> None:
    """Look for all that ``text`` asks of a translation, in one that says none of it."""
    needs_of(text, text[::-1], Glossary([Term("code", "page"), Term("thing")]))


def document(text: str) -> None:
    read_document(f"# Title\n\n## Problem\n\n{text}".encode(), "a.md")


def problems(text: str) -> None:
    read_document(f"# Common errors\n\n{text}".encode(), "a.md", language="en")


WORK: dict[str, Work] = {
    "codes": find_codes,
    "links": links_in,
    "likely targets": lambda text: list(likely_targets(text)),
    "images": named_images,
    "sentences": sentences,
    "units": lambda text: text_of(units_of(text)),
    "words": words,
    "a query": parse,
    "what is kept": kept_in,
    "what a translation lacks": lacking,
    "a machine's sentences": lambda text: take_apart(text, Glossary([])),
    "prompts": lambda text: prompts_left({"problem": f"{text}{{{{last}}}}"}),
}
_MARKS: dict[str, Shape] = {
    "stars": lambda size: "**a " * (size // 4),
    "openings": lambda size: "[a](" * (size // 4),
    "openings of code blocks": lambda size: "```a\n" * (size // 5),
    "fences of all lengths": lambda size: "a".join("`" * n for n in range(int((2 * size) ** 0.5))),
    "openings of tags": lambda size: "<a" * (size // 2),
    "comments in a block": lambda size: "<div>\n" + pieces(lambda n: f"<!-- {n} -->\n")(size),
    "openings of comments": lambda size: "<div>\n" + "<!--\n" * (size // 5),
}
OF_EACH = ("prompts", "codes", "links", "steps", "sentences")


@pytest.mark.parametrize("shape", SHAPES)
def test_a_section_takes_time_by_its_length(shape: str):
    assert growth(whole_way, SHAPES[shape]) <= MOST


@pytest.mark.parametrize("shape", ["steps", "resolutions", "alerts", "codes", "nested lists"])
def test_resolutions_take_time_by_their_length(shape: str):
    assert growth(steps, SHAPES[shape]) <= MOST


@pytest.mark.parametrize(
    "shape", ["titled problems", "answered headings", "defined codes", "headings", "steps"]
)
def test_problems_take_time_by_their_number(shape: str):
    assert growth(problems, SHAPES[shape]) <= MOST


@pytest.mark.parametrize(
    "shape",
    [
        "headings",
        "scenarios",
        "codes",
        "rows",
        "links",
        "elements",
        "lines",
        "ways below ways",
        "linked headings",
        "explained messages",
        "marks of messages",
    ],
)
def test_a_document_takes_time_by_its_length(shape: str):
    assert growth(document, SHAPES[shape]) <= MOST


@pytest.mark.parametrize("piece", ["a", "a.", "-", "a@"])
def test_what_may_be_an_address_takes_time_by_its_length(piece: str):
    assert growth(typed, lambda size: piece * (size // len(piece))) <= MOST


@pytest.mark.parametrize(
    "piece", ["](", "](<", "](a(", 'href="', "[!SNIPPET ", "[!SNIPPET a-", "://", "www.", "mailto:"]
)
def test_addresses_are_found_in_time_by_the_length(piece: str):
    """Find and replace looks for them in the process that answers."""
    assert growth(address_spans, lambda size: piece * (size // len(piece))) <= MOST


@pytest.mark.parametrize("shape", ["links", "images", "code spans"])
def test_links_become_their_words_in_time_by_the_length(shape: str):
    """Merging two articles does so with every text of both."""
    assert growth(lambda text: unlinked(text, bool), {**SHAPES, **_MARKS}[shape]) <= MOST


@pytest.mark.parametrize("shape", ["comments", "comments in a block", "openings of comments"])
def test_comments_are_found_in_time_by_the_length(shape: str):
    assert growth(hidden_comments, {**SHAPES, **_MARKS}[shape]) <= MOST


@pytest.mark.parametrize("look", [may_have_refused_tags, may_shorten_paths])
@pytest.mark.parametrize(
    "shape", ["letters", "backslashes", "code spans", "tags", "placeholders", "openings of tags"]
)
def test_a_first_look_takes_time_by_the_length(look: Work, shape: str):
    """It is taken in the process that answers, before any bound."""
    assert growth(look, {**SHAPES, **_MARKS}[shape]) <= MOST


@pytest.mark.parametrize("shape", OF_EACH)
@pytest.mark.parametrize("name", WORK)
def test_other_functions_take_time_by_the_length(name: str, shape: str):
    assert growth(WORK[name], SHAPES[shape]) <= MOST


@pytest.mark.parametrize(
    "shape",
    ["letters", "at signs", "brackets of an address", "blanks", "pipes", "stars", "openings"],
)
def test_what_is_sent_to_a_machine_takes_time_by_its_length(shape: str):
    assert growth(WORK["a machine's sentences"], {**SHAPES, **_MARKS}[shape]) <= MOST


@pytest.mark.parametrize("name", ["what is kept", "what a translation lacks"])
@pytest.mark.parametrize(
    "shape", ["code spans", "code blocks", "openings of code blocks", "fences of all lengths"]
)
def test_what_a_translation_keeps_takes_time_by_the_length(name: str, shape: str):
    assert growth(WORK[name], {**SHAPES, **_MARKS}[shape]) <= MOST


def test_a_quadratic_function_is_noticed():
    def quadratic(text: str) -> int:
        return sum(text.count(letter) for letter in text[::8])

    # The measure believes the kindest of its ratios, and a machine that is busy at the wrong moment
    # hands it one: what is asked here is whether it can see the square at all.
    assert any(growth(quadratic, SHAPES["words"]) > MOST for _ in range(5))
