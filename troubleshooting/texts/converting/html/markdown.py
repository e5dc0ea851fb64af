"""A tree in shape -> Markdown. markdownify walks it; here is how this portal writes each element.

They are the rules by which a paste in the editor is written (``editing/pasted-html.js``): lists by
``-``, code in fences, a table by its first row, characters that Markdown would read escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from lxml import html
from lxml.html import HtmlElement
from markdownify import MarkdownConverter

from ...codes import find_codes
from .alerts import KIND
from .tables import grid_of, is_layout, with_header_row

Resolve = Callable[[str], str | None]

_ALWAYS = re.compile(r"[*`]|\\(?=[!-/:-@\[-`{-~]|$)|<(?=[A-Za-z/!?])|~~|&(?=#?\w+;)")
_UNDERSCORE = re.compile(r"(?<!\w)_|_(?!\w)")
_BRACKET = re.compile(r"!?\[(?=[^\]]*\][(\[:]|[!xX ]\]|\^)")
_LINE = re.compile(r"(#{1,6}(?=\s|$)|[-+>](?=\s|$)|[-=_]{3,}\s*$|:::|\|)")
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_TRAILING = re.compile(r"\s*[^\w\s)\]`]+$")
_FENCE = re.compile(r"^ *(`{3,})", re.MULTILINE)
_CELL, _CODES = "_cell", "_codes"
#: What stands between paragraphs of a cell.
_PARAGRAPH = "<br><br>"
_SAFE = "/:?#[]@!$&'*+,;=%~.-_"


#: Its stubs name a part of what it has.
_Converter: Any = MarkdownConverter


class Writer(_Converter):  # type: ignore[misc]  # a base of any type, see above
    """Writes HTML as Markdown. ``link`` and ``image`` give the targets to write; None: none."""

    class Options:
        heading_style = "atx"
        bullets = "-"
        strip_pre = None
        autolinks = False

    def __init__(self, link: Resolve, image: Resolve) -> None:
        super().__init__()
        self.link, self.image = link, image

    def write(self, root: HtmlElement) -> str:
        """Return the Markdown of what is in ``root``."""
        text = self.convert(html.tostring(root, encoding="unicode"))
        text = re.sub(r"[ \t]+$", _line_end, text, flags=re.MULTILINE)
        return re.sub(r"\n{3,}", "\n\n", text).strip()

    # Text

    def escape(self, text: str, parent_tags: set[str]) -> str:
        text = _ALWAYS.sub(lambda match: _escaped(match[0]), text)
        text = _UNDERSCORE.sub(r"\\_", text)
        text = _BRACKET.sub(lambda match: match[0].replace("[", "\\["), text)
        return text.replace("|", "\\|") if "td" in parent_tags or "th" in parent_tags else text

    def process_text(self, el: Any, parent_tags: set[str] | None = None) -> str:
        text: str = super().process_text(el, parent_tags=parent_tags)
        begins = el.previous_sibling is None or el.previous_sibling.name == "br"
        if begins and "_noformat" not in (parent_tags or ()):
            text = _LINE.sub(r"\\\1", text, count=1) if _LINE.match(text) else text
            text = _NUMBER.sub(r"\1\\\2", text, count=1) if _NUMBER.match(text) else text
        return text

    def convert_x_raw(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return str(el.get("data-text") or "")

    def _marked(self, mark: str, el: Any, text: str, parent_tags: set[str]) -> str:
        """Return ``text`` between marks, which stand beside words on both sides of them."""
        bare = text.strip(" \n\t")
        if "_noformat" in parent_tags or not bare.strip("\u00a0"):
            return text
        before = text[: len(text) - len(text.lstrip(" \n\t"))] and " "
        after = text[len(text.rstrip(" \n\t")) :] and " "
        following = str(el.next_sibling or "") if not after else ""
        tail = _TRAILING.search(bare)
        if tail and following[:1].isalnum() and tail.start():
            bare, after = bare[: tail.start()], bare[tail.start() :]
        return f"{before}{mark}{bare}{mark}{after}"

    def convert_b(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return text if {"b", "strong"} & parent_tags else self._marked("**", el, text, parent_tags)

    def convert_em(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return text if {"i", "em"} & parent_tags else self._marked("*", el, text, parent_tags)

    def convert_del(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return self._marked("~~", el, text, parent_tags)

    convert_strong = convert_b
    convert_i = convert_em
    convert_s = convert_del
    convert_strike = convert_del

    def convert_code(self, el: Any, text: str, parent_tags: set[str]) -> str:
        if "pre" in parent_tags:
            return text
        plain = el.get_text().replace("\u00a0", " ")
        return code_span(" ".join(plain.split()), in_table=bool({"td", "th"} & parent_tags))

    convert_kbd = convert_code
    convert_samp = convert_code
    convert_tt = convert_code

    def convert_a(self, el: Any, text: str, parent_tags: set[str]) -> str:
        href, bare = (el.get("href") or "").strip(), text.strip()
        target = self.link(href) if href else None
        if not target or not bare or "a" in parent_tags:
            return text
        before, after = (text[:1] == " " and " ") or "", (text[-1:] == " " and " ") or ""
        return f"{before}[{bare}]({_address(target)}){after}"

    def convert_img(self, el: Any, text: str, parent_tags: set[str]) -> str:
        words = " ".join((el.get("alt") or el.get("title") or "").split())
        target = self.image((el.get("src") or "").strip())
        shown = self.escape(words, parent_tags).replace("]", "\\]").replace("[", "\\[")
        return f"![{shown}]({_address(target)})" if target else shown

    def convert_q(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return f"“{text}”"

    def convert_br(self, el: Any, text: str, parent_tags: set[str]) -> str:
        if {"td", "th"} & parent_tags:
            return "<br>"
        return " " if "_inline" in parent_tags else "  \n"

    # Blocks

    def convert_pre(self, el: Any, text: str, parent_tags: set[str]) -> str:
        code = el.get_text().strip("\n").rstrip()
        if not code.strip():
            return ""
        if {"td", "th"} & parent_tags:
            lines = (code_span(line.strip(), in_table=True) for line in code.splitlines())
            return _PARAGRAPH + "<br>".join(line for line in lines if line) + _PARAGRAPH
        longest = max((len(match) for match in _FENCE.findall(code)), default=2)
        fence = "`" * (longest + 1)
        return f"\n\n{fence}{el.get('data-language') or ''}\n{code}\n{fence}\n\n"

    def convert_blockquote(self, el: Any, text: str, parent_tags: set[str]) -> str:
        text, kind = text.strip(" \n\t"), el.get(KIND)
        if not text:
            return ""
        if {"td", "th"} & parent_tags:
            return f"{_PARAGRAPH}{text}{_PARAGRAPH}"
        lines = [f"[!{kind}]", *text.split("\n")] if kind else text.split("\n")
        return "\n\n" + "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n"

    def convert_details(self, el: Any, text: str, parent_tags: set[str]) -> str:
        if {"td", "th", "li"} & parent_tags:
            return f"\n\n{text.strip()}\n\n"
        return f"\n\n<details>\n{text.strip()}\n\n</details>\n\n"

    def convert_summary(self, el: Any, text: str, parent_tags: set[str]) -> str:
        line = " ".join(text.split())
        if {"td", "th", "li"} & parent_tags or "details" not in parent_tags:
            return f"\n\n**{line}**\n\n" if line else ""
        return f"<summary>{line}</summary>\n\n"

    def convert_dl(self, el: Any, text: str, parent_tags: set[str]) -> str:
        terms = el.find_all("dt", recursive=False)
        known = [term for term in terms if find_codes(term.get_text(" ", strip=True))]
        is_inner = _CODES in parent_tags
        if not is_inner and ({"td", "th", "li"} & parent_tags or len(known) * 2 <= len(terms)):
            return self.convert_div(el, text, parent_tags)
        # A list of codes, and those inside it: the dialect reads it as the table that it is.
        lines = []
        for each in el.find_all(["dt", "dd"]):
            if each.find_parent(["dl"]) is not el:
                continue
            inner = _cell_text(self.process_tag(each, {*parent_tags, _CELL, _CODES, "td"}))
            lines.append(f"<{each.name}>{inner}</{each.name}>")
        if is_inner:
            return f"<dl>{''.join(lines)}</dl>"
        return "\n\n" + "\n".join(["<dl>", *lines, "</dl>"]) + "\n\n"

    def convert_dt(self, el: Any, text: str, parent_tags: set[str]) -> str:
        if _CELL in parent_tags:
            return text
        return f"\n\n{self.convert_b(el, text.strip(), parent_tags)}\n\n" if text.strip() else ""

    def convert_dd(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return text if _CELL in parent_tags else f"\n\n{text.strip()}\n\n"

    def convert_hN(self, n: int, el: Any, text: str, parent_tags: set[str]) -> str:  # noqa: N802
        line = " ".join(text.split(" ")).strip()
        return f"\n\n{'#' * n} {line}\n\n" if line else ""

    def convert_p(self, el: Any, text: str, parent_tags: set[str]) -> str:
        text = text.strip(" \n\t")
        if not text.strip("\u00a0"):
            return ""
        in_cell = {"td", "th"} & parent_tags
        return f"{_PARAGRAPH}{text}{_PARAGRAPH}" if in_cell else f"\n\n{text}\n\n"

    def convert_div(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return self.convert_p(el, text, parent_tags)

    convert_section = convert_div
    convert_article = convert_div
    convert_main = convert_div
    convert_aside = convert_div
    convert_header = convert_div
    convert_footer = convert_div
    convert_figure = convert_div
    convert_figcaption = convert_div
    convert_caption = convert_div
    convert_fieldset = convert_div
    convert_legend = convert_div
    convert_form = convert_div
    convert_center = convert_div
    convert_address = convert_div

    def convert_ul(self, el: Any, text: str, parent_tags: set[str]) -> str:
        if {"td", "th"} & parent_tags:
            return f"<{el.name}>{text.strip()}</{el.name}>"
        return str(super().convert_list(el, text, parent_tags))

    convert_ol = convert_ul

    def convert_li(self, el: Any, text: str, parent_tags: set[str]) -> str:
        if {"td", "th"} & parent_tags:
            return f"<li>{_cell_text(text)}</li>"
        return str(super().convert_li(el, text, parent_tags))

    def convert_table(self, el: Any, text: str, parent_tags: set[str]) -> str:
        rows = grid_of(el)
        if not rows:
            return ""
        written = [[self._cell(cell, parent_tags) for cell in row] for row in rows]
        if {"td", "th"} & parent_tags:  # a table inside a cell: its rows are lines
            return "<br>" + "<br>".join(" – ".join(filter(None, row)) for row in written) + "<br>"
        caption = "".join(self.process_tag(c, set()) for c in el.find_all("caption", limit=1))
        if is_layout(rows):
            return f"{caption}\n\n{text.strip()}\n\n"
        lines = [f"| {' | '.join(row)} |" for row in with_header_row(rows, written)]
        lines.insert(1, f"|{' --- |' * len(written[0])}")
        return f"{caption}\n\n" + "\n".join(lines) + "\n\n"

    def _cell(self, cell: Any, parent_tags: set[str]) -> str:
        return _cell_text(self.process_tag(cell, {*parent_tags, _CELL})) if cell else ""

    def convert_td(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return text if _CELL in parent_tags else f"\n\n{text.strip()}\n\n"

    convert_th = convert_td

    def convert_tr(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return text


def code_span(code: str, *, in_table: bool = False) -> str:
    """Return ``code`` between as many back quotes as it needs; "" for none."""
    if not code:
        return ""
    if in_table:
        code = code.replace("|", "\\|")
    longest = max((len(run) for run in re.findall("`+", code)), default=0)
    mark = "`" * (longest + 1)
    space = " " if code.startswith("`") or code.endswith("`") else ""
    return f"{mark}{space}{code}{space}{mark}"


def _line_end(match: re.Match[str]) -> str:
    """Return two spaces at the end of a line of text, which break it; elsewhere nothing."""
    return (
        "  "
        if match[0].endswith("  ") and match.start() and match.string[match.start() - 1] != "\n"
        else ""
    )


def _escaped(text: str) -> str:
    if text == "~~":
        return "\\~\\~"
    return "&amp;" if text == "&" else f"\\{text}"


def _address(target: str) -> str:
    target = quote(target, safe=_SAFE)
    return f"<{target}>" if "(" in target or ")" in target else target


def _cell_text(text: str) -> str:
    """Return the text of a cell on one line."""
    text = re.sub(r"\s*\n\s*", " ", text.strip(" \n\t"))
    text = re.sub(r"\s*<br>\s*", "<br>", text)
    text = re.sub(r"(?:<br>){3,}", _PARAGRAPH, text)
    text = re.sub(
        r"(?:<br>)+(?=<(?:/?[uo]l|/?li)>)|(?<=[uo]l>)(?:<br>)+|(?<=li>)(?:<br>)+", "", text
    )
    return re.sub(r"^(?:<br>|\s)+|(?:<br>|\s)+$", "", text)
