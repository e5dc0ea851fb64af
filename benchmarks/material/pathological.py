"""Texts that are known to be slow, deep or large for Markdown parsers, by name.

The shapes are those that CommonMark implementations collect in their own regression tests (cmark
and cmark-gfm, commonmark.js, markdown-it, pulldown-cmark) and that the trackers of Python-Markdown
and of other parsers report; the generators are this project's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

Generator = Callable[[int], str]
"""From a size in characters to a text of about that size."""


def repeat(unit: str, before: str = "", after: str = "") -> Generator:
    """Return ``unit`` over and over between ``before`` and ``after``."""
    return lambda size: before + unit * ((size - len(before) - len(after)) // len(unit)) + after


def mirror(opening: str, middle: str, closing: str) -> Generator:
    """Return as many openings as closings around ``middle``."""
    pair = len(opening) + len(closing)
    return lambda size: opening * (size // pair) + middle + closing * (size // pair)


def grow(piece: Callable[[int], str]) -> Generator:
    """Return the pieces for 1, 2, 3 ... one after the other."""

    def text(size: int) -> str:
        pieces: list[str] = []
        for number in count(1):
            pieces.append(piece(number))
            size -= len(pieces[-1])
            if size <= 0:
                return "".join(pieces)
        raise AssertionError

    return text


def _table(size: int, columns: int) -> str:
    row = "|" + "a|" * columns
    head = f"{row}\n|{'-|' * columns}\n"
    return head + f"{row}\n" * max(1, (size - len(head)) // (len(row) + 1))


def _short_rows(size: int) -> str:
    columns = size // 6
    return f"|{'a|' * columns}\n|{'-|' * columns}\n" + "|\n" * (size // 3)


def _collisions(size: int) -> str:
    labels = [f"l{number}" for number in range(size // 20)]
    return "".join(f"[{label}]: u\n" for label in labels) + "".join(f"[{x}] " for x in labels)


def _nested_html(size: int) -> str:
    return "<div>\n\n" * (size // 14) + "a\n" + "\n</div>\n" * (size // 16)


def _list_of_lists(marker: str) -> Generator:
    step = " " * len(marker)
    return grow(lambda n: f"{step * (n - 1)}{marker}a\n")


CASES: dict[str, Generator] = {
    # Emphasis
    "emphasis: nested strong and plain": mirror("*a **a ", "b", " a** a*"),
    "emphasis: closers without openers": repeat("a_ "),
    "emphasis: openers without closers": repeat("_a "),
    "emphasis: star closers without openers": repeat("a* "),
    "emphasis: star openers without closers": repeat("*a "),
    "emphasis: double openers": repeat("**a "),
    "emphasis: triple openers": repeat("***a "),
    "emphasis: triple underscores": repeat("___a "),
    "emphasis: mismatched openers and closers": repeat("*a_ "),
    "emphasis: multiples of three": repeat("c* ", "a**b"),
    "emphasis: alternating markers": repeat("*_"),
    "emphasis: alternating strong": repeat("**a __b "),
    "emphasis: stars alone": repeat("*"),
    "emphasis: underscores alone": repeat("_"),
    "emphasis: stars and a letter": repeat("*", "a"),
    "emphasis: runs that grow": grow(lambda n: "a" + "*" * n),
    "emphasis: inside words": repeat("a*b_c"),
    "emphasis: unclosed pairs": repeat("**a*b"),
    "emphasis: pairs back to back": repeat("*a**b**c*"),
    "emphasis: spaced stars in a sentence": repeat("* ", "a "),
    "emphasis: over many lines": repeat("*a\n"),
    "emphasis: with strike-through": repeat("~~a *b "),
    "emphasis: tildes alone": repeat("~", "a"),
    "emphasis: nested underscores": mirror("__a _b ", "c", " d_ e__"),
    "emphasis: star then bracket": repeat("*[a"),
    # Links, images and brackets
    "link: openers without closers": repeat("[a"),
    "link: closers without openers": repeat("a]"),
    "link: nested brackets": mirror("[", "a", "]"),
    "link: opening brackets alone": repeat("["),
    "link: closing brackets alone": repeat("]"),
    "link: openers and emphasis closers": repeat("[ a_"),
    "link: bracket, parenthesis, bracket": repeat("[ (]("),
    "link: image openers": repeat("!["),
    "link: image, bracket, parenthesis": repeat("![[]()"),
    "link: unclosed pointed target": repeat("[a](<b"),
    "link: unclosed target": repeat("[a](b"),
    "link: unclosed empty target": repeat("[]("),
    "link: unclosed title": repeat('[a](b "c'),
    "link: unclosed title in parentheses": repeat("[a](b (c"),
    "link: nested targets": mirror("[a](", "b", ")"),
    "link: nested parentheses in a target": lambda size: "[a](" + mirror("(", "b", ")")(size) + ")",
    "link: opening parentheses in a target": repeat("(", "[a]("),
    "link: nested links": mirror("[", "a", "](b)"),
    "link: nested images": mirror("![", "a", "](b)"),
    "link: spaces in a target": repeat(" ", "[a](b", "c"),
    "link: backslashes in a label": repeat("\\", "[", "](a)"),
    "link: escaped brackets": repeat("\\["),
    "link: backslashes in a target": repeat("\\(", "[a]("),
    "link: quotes in a title": repeat('"', "[a](b ", ")"),
    "link: ordinary ones": repeat("[a](b.md) "),
    "link: full references without a definition": repeat("[a][b]"),
    "link: short references without a definition": repeat("[a][]"),
    "link: brackets over many lines": repeat("[\n"),
    "link: brackets that grow": grow(lambda n: "a" + "[" * n),
    "link: brackets and backticks": repeat("[`"),
    "link: bracket then pointed bracket": repeat("[<"),
    # References
    "reference: definitions": grow(lambda n: f"[{n}]: u\n"),
    "reference: definitions and uses": _collisions,
    "reference: one definition, many uses": repeat("[a] ", "[a]: u\n\n"),
    "reference: a label that never ends": repeat("a", "["),
    "reference: a definition that never ends": repeat("\\a", "[a", "]: u"),
    "reference: titles that never end": repeat('[a]: u "\n'),
    "reference: definitions without a target": repeat("[a]:\n"),
    "reference: one definition many times": repeat("[a]: u\n"),
    "reference: a large target used often": lambda size: (
        f"[a]: {'u' * (size // 2)}\n\n" + "[a] " * (size // 8)
    ),
    "reference: footnotes": repeat("[^a]: b\n[^a] "),
    "reference: colon runs": repeat(":", "[a]"),
    # Code
    "code: backtick runs that grow": grow(lambda n: "e" + "`" * n),
    "code: unclosed backticks": repeat("`a"),
    "code: backticks alone": repeat("`"),
    "code: one and two backticks by turns": repeat("`a``b"),
    "code: backslash and backtick": repeat("\\`"),
    "code: spans": repeat("`a` "),
    "code: unclosed fences": repeat("```\n"),
    "code: fences of two kinds by turns": repeat("```\n~~~\n"),
    "code: fences that grow": grow(lambda n: "`" * (n + 2) + "\na\n"),
    "code: a fence with a long name": repeat("a", "```", "\nb\n```"),
    "code: a fence with options": repeat("a=b ", "``` {", "}\nb\n```"),
    "code: nested fences in quotes": repeat("> ```\n\n"),
    "code: indented": repeat("    a\n"),
    "code: indented with blank lines": repeat("    a\n\n"),
    # Quotes
    "quote: nested": repeat("> ", "", "a"),
    "quote: nested without spaces": repeat(">", "", "a"),
    "quote: deeper line by line": grow(lambda n: ">" * n + " a\n"),
    "quote: many": repeat("> a\n\n"),
    "quote: one long": repeat("> a\n"),
    "quote: with lists": repeat("> - "),
    "quote: emphasis in a deep quote": lambda size: ">" * (size // 2) + "a*" * (size // 4),
    "quote: alerts": repeat("> [!NOTE]\n"),
    "quote: nested alerts": repeat("> [!NOTE] "),
    "quote: lazy lines": repeat("a\n", "> "),
    # Lists
    "list: stars with spaces": repeat("* "),
    "list: hyphens with spaces": repeat("- ", "", "x"),
    "list: rules of hyphens": repeat("- - -\n"),
    "list: nested numbers": repeat("1. ", "", "x"),
    "list: nested line by line": _list_of_lists("* "),
    "list: nested numbers line by line": _list_of_lists("1. "),
    "list: nested, then empty lines": lambda size: (
        _list_of_lists("- ")(size // 2) + "\n" * (size // 2)
    ),
    "list: nested in a quote, then empty lines": lambda size: (
        "> " + "- " * (size // 4) + "x\n" + ">\n" * (size // 4)
    ),
    "list: markers of two kinds by turns": repeat("- a\n* a\n"),
    "list: stars and hyphens in a line": repeat("* - "),
    "list: many items": repeat("- a\n"),
    "list: many loose items": repeat("- a\n\n"),
    "list: empty items": repeat("-\n"),
    "list: numbers with many digits": repeat("123456789. a\n"),
    "list: items with quotes": repeat("- > a\n"),
    "list: items with fences": repeat("- ```\n"),
    "list: deeper and back": repeat("- a\n    - b\n        - c\n"),
    # HTML
    "html: comments that never end": repeat("<!--"),
    "html: comments in a line": repeat("a <!-- "),
    "html: processing instructions": repeat("a <?"),
    "html: declarations": repeat("a <!A "),
    "html: character data": repeat("a <![CDATA["),
    "html: pointed brackets": repeat("<"),
    "html: closing pointed brackets": repeat("</"),
    "html: declarations without a name": repeat("<!"),
    "html: tags that never end": repeat("<a "),
    "html: attributes that never end": repeat(' a="', "a <b"),
    "html: attributes": repeat(" a", "a <b", ">"),
    "html: nested div": mirror("<div>", "a", "</div>"),
    "html: nested div, never closed": repeat("<div>"),
    "html: nested div in blocks": _nested_html,
    "html: nested span": mirror("a<span>", "a", "</span>"),
    "html: nested b": repeat("a <b>"),
    "html: formatting across blocks": repeat("<b><i><p>"),
    "html: nested blockquote": mirror("<blockquote>", "a", "</blockquote>"),
    "html: nested lists": mirror("<ul><li>", "a", "</li></ul>"),
    "html: nested tables": repeat("<table><tr><td>"),
    "html: details": repeat("<details><summary>"),
    "html: links that nest": repeat("<a href=b>"),
    "html: closing tags alone": repeat("</div>"),
    "html: script that never ends": repeat("<script>"),
    "html: textarea that never ends": repeat("<textarea>"),
    "html: foreign elements": repeat("<svg><math>"),
    "html: markdown inside": repeat('<div markdown="1">\n'),
    # Tables
    "table: wide": lambda size: _table(size, size // 8),
    "table: square": lambda size: _table(size, int(size**0.5) // 2),
    "table: long": lambda size: _table(size, 3),
    "table: wide head, short rows": _short_rows,
    "table: pipes alone": repeat("|"),
    "table: a rule that is none": repeat("-|", "a|b\n", "x"),
    "table: heads without rules": repeat("a|b\n"),
    "table: rules alone": repeat("|-|-|\n"),
    "table: escaped pipes": repeat("\\|", "|a|\n|-|\n|"),
    "table: code in cells": repeat("`|", "|a|\n|-|\n|"),
    "table: breaks in a cell": repeat("<br>", "|Code|Solution|\n|-|-|\n|0x80070032|", "|"),
    "table: lists in a cell": repeat("<ul><li>a", "|Code|Solution|\n|-|-|\n|0x80070032|", "|"),
    "table: many in turn": repeat("|a|\n|-|\n|b|\n\n"),
    # Entities, autolinks, escapes
    "entity: runs": repeat("&"),
    "entity: names that never end": repeat("&a"),
    "entity: known names": repeat("&lt;"),
    "entity: numbers": repeat("&#x10FFFF;"),
    "autolink: openers": repeat("<a:"),
    "autolink: addresses that never end": repeat("<http://a"),
    "autolink: mail": repeat("a@"),
    "autolink: mail that never ends": repeat("a.", "<a@"),
    "autolink: bare hosts": repeat("www."),
    "autolink: bare addresses": repeat("http://a/"),
    "autolink: at signs and dots": repeat("@a.", "a"),
    "escape: backslashes": repeat("\\"),
    "escape: backslash and star": repeat("\\*"),
    "escape: backslash and line end": repeat("\\\n"),
    # Lines and white space
    "line: one word": repeat("a"),
    "line: spaces in a row": repeat(" ", "x", "x"),
    "line: spaces before line ends": repeat("a   \n"),
    "line: tabs": repeat("\t", "a", "a"),
    "line: blank lines": repeat("\n", "a", "a"),
    "line: lines of one space": repeat(" \n", "a", "a"),
    "line: carriage returns": repeat("\r", "a", "a"),
    "line: no-break spaces": repeat("\u00a0", "a", "a"),
    "line: NUL": repeat("\0a"),
    "line: control characters": repeat("\x02\x03"),
    "line: placeholders of Python-Markdown": repeat("\x02wzxhzdk:0\x03"),
    "line: combining marks": repeat("\u0301", "a"),
    "line: emoji": repeat("👩‍💻"),
    "line: equals signs under lines": repeat("a\n=\n"),
    "line: hyphens under lines": repeat("a\n-\n"),
    "line: equals signs": repeat("=", "a\n"),
    # Headings
    "heading: many": repeat("# a\n"),
    "heading: hashes": repeat("#", "# a "),
    "heading: closing hashes": repeat(" #", "# a"),
    "heading: deeper and back": repeat("# a\n## b\n### c\n"),
    "heading: anchors": repeat('<a name="b"></a>', "## "),
    # The dialect and what is read off the text
    "dialect: colons": repeat(":"),
    "dialect: image directives": repeat(":::image "),
    "dialect: a directive that never ends": repeat(' a="b"', ":::image"),
    "dialect: includes": repeat("[!INCLUDE["),
    "dialect: div alerts": repeat("> [!div "),
    "dialect: front matter": repeat("a: &a [*a]\n", "---\n", "---\n# T\n"),
    "dialect: front matter, nested": repeat("[", "---\na: ", "\n---\n# T\n"),
    "dialect: labels": repeat("**Problem:** a\n\n**Resolution:** b\n\n"),
    "dialect: summaries": repeat("<summary>a"),
    "text: menu paths": repeat("**A** > "),
    "text: menu paths that never begin": repeat("a > "),
    "text: capitalised words before a separator": repeat("Ab ", "", "> "),
    "text: quotation marks": repeat('"', "error "),
    "text: opening guillemets": repeat("« "),
    "text: sentences": repeat("A. "),
    "text: messages": repeat('error "a b c d" '),
    "text: digits": repeat("1"),
    "text: codes": repeat("0x80070032 "),
    "text: half of a code": repeat("0x"),
    "text: hyphens between digits": repeat("-1"),
    "text: symbols": repeat("A_"),
    "text: steps with alerts": repeat("1. a\n\n    > [!WARNING]\n    > b\n\n"),
}


def in_paragraphs(text: str, length: int = 1_900) -> str:
    """Return ``text`` in pieces that are each within what one paragraph may hold."""
    return "\n\n".join(text[start : start + length] for start in range(0, len(text), length))


def texts(size: int) -> Iterator[tuple[str, str]]:
    """Yield (name, text of about ``size`` characters) of every case, whole and in paragraphs."""
    for name, generate in CASES.items():
        yield name, generate(size)
    for name, generate in CASES.items():
        yield f"{name}, in paragraphs", in_paragraphs(generate(size))
