"""The note about a call, in the form that a ticket system reads. Pure but for the words.

Each form escapes by its own rules, so that nothing an article says becomes markup of the ticket:
Jira's wiki notation, HTML (Zammad, Zendesk), HTML between ``[code]`` and ``[/code]`` (the journal
fields of ServiceNow), CommonMark, or nothing at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..texts.anchors import place_at
from .articles import ArticleText, StepText
from .sentences import visible_line
from .writing import Form, write_text

#: Characters of a text in a note: a ticket needs what was read, not a manual.
LONGEST = 4000
#: Codes that a note names; an article that lists more of them is about none of them alone.
MOST_CODES = 8


@dataclass(frozen=True, slots=True)
class Notation:
    """How a form writes words, a heading, a list and a link, and what stands around the whole."""

    words: Callable[[str], str]
    heading: Callable[[str], str]
    items: Callable[[Sequence[str]], str]
    link: Callable[[str, str], str]
    paragraph: Callable[[str], str]
    whole: Callable[[Sequence[str]], str]


def _lines(parts: Sequence[str]) -> str:
    return "\n".join(parts) + "\n"


def _apart(parts: Sequence[str]) -> str:
    return "\n\n".join(parts) + "\n"


_JIRA_MARKS = re.compile(r"([\\{}\[\]*_?^~+\-|!#])")
_MARKDOWN = Form(is_markdown=True, site="")


def _jira(text: str) -> str:
    """Return words that are no wiki notation: signs of it stand behind a backslash."""
    return _JIRA_MARKS.sub(r"\\\1", text)


def _html_list(items: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{one}</li>' for one in items)}</ul>"


def _html_link(words: str, address: str) -> str:
    return f'<a href="{escape(address)}">{words}</a>'


_PLAIN = Notation(
    words=str,
    heading=lambda words: f"{words}{_(':')}",
    items=lambda items: "\n".join(f"- {one}" for one in items),
    link=lambda words, address: f"{words}\n{address}",
    paragraph=str,
    whole=_lines,
)
_HTML = Notation(
    words=lambda text: str(escape(text)),
    heading=lambda words: f"<p><strong>{words}</strong></p>",
    items=_html_list,
    link=_html_link,
    paragraph=lambda words: f"<p>{words}</p>",
    whole="".join,
)
NOTATIONS: dict[str, Notation] = {
    "plain": _PLAIN,
    "markdown": Notation(
        words=_MARKDOWN.words,
        heading=lambda words: f"**{words}**",
        items=lambda items: "\n".join(f"- {one}" for one in items),
        link=lambda words, address: f"[{words}]({address})",
        paragraph=str,
        whole=_apart,
    ),
    "html": _HTML,
    "jira": Notation(
        words=_jira,
        heading=lambda words: f"*{words}*",
        items=lambda items: "\n".join(f"* {one}" for one in items),
        link=lambda words, address: f"[{words}|{address}]",
        paragraph=str,
        whole=_lines,
    ),
    "servicenow": Notation(
        # A text that ended the stretch of HTML would go on as plain text.
        words=lambda text: str(escape(text)).replace("[", "&#91;"),
        heading=_HTML.heading,
        items=_html_list,
        link=_html_link,
        paragraph=_HTML.paragraph,
        whole=lambda parts: f"[code]{''.join(parts)}[/code]",
    ),
    "zammad": _HTML,
    "zendesk": _HTML,
}


def note(
    article: ArticleText, site: str, form: str, done_steps: Collection[str] = (), outcome: str = ""
) -> str:
    """Return the note in the language of the article.

    ``done_steps`` are anchors; ``outcome`` is empty, ``solved`` or ``stuck``. An article without
    steps is noted with its resolution as it is read.
    """
    notation = NOTATIONS[form]
    with override(article.language):
        parts = [notation.paragraph(_link(notation, article, site))]
        numbers = {
            "article": article.number,
            "revision": article.revision,
            "date": date_format(article.modified, "DATE_FORMAT"),
        }
        said = _("Article no. %(article)d, revision no. %(revision)d, %(date)s") % numbers
        parts.append(notation.paragraph(notation.words(said)))
        if cited := codes_line(article.codes):
            parts.append(notation.paragraph(notation.words(cited)))
        parts += (
            _steps(notation, article, done_steps) if article.steps else _text(notation, article)
        )
        if outcome:
            words = _("Solved") if outcome == "solved" else _("Not solved")
            parts.append(notation.paragraph(notation.words(words)))
    return notation.whole(parts)


def codes_line(codes: Sequence[str]) -> str:
    """Return the codes of an article for a note, such as ``Code: 0x80CF0440``."""
    if not codes:
        return ""
    name = _("Code") if len(codes) == 1 else _("Codes")
    more = ", …" if len(codes) > MOST_CODES else ""
    return f"{name}{_(':')} {', '.join(codes[:MOST_CODES])}{more}"


def as_read(html: str, form: Form) -> str:
    """Return a rendered section for a note, cut after a line where it is longer than a note may be.

    A line that is too long by itself is cut within.
    """
    text = write_text(html, form)
    if len(text) <= LONGEST:
        return text
    cut = text.rfind("\n", 0, LONGEST)
    return f"{text[: cut if cut > 0 else LONGEST].rstrip()}\n…"


def _steps(notation: Notation, article: ArticleText, done_steps: Collection[str]) -> Iterator[str]:
    yield notation.heading(notation.words(_("Steps done")))
    steps = [notation.words(_named(one)) for one in article.steps if one.anchor in done_steps]
    none = notation.paragraph(notation.words(_("No step done yet.")))
    yield notation.items(steps) if steps else none


def _text(notation: Notation, article: ArticleText) -> Iterator[str]:
    """Yield the resolutions, a paragraph a line."""
    html = "".join(one.html for one in article.sections if one.name == "resolution")
    lines = [visible_line(line) for line in as_read(html, Form(is_markdown=False)).split("\n")]
    if any(lines):
        yield notation.heading(notation.words(_("Resolution")))
    yield from (notation.paragraph(notation.words(line)) for line in lines if line)


def _link(notation: Notation, article: ArticleText, site: str) -> str:
    return notation.link(notation.words(visible_line(article.title)), f"{site}{article.address}")


def _named(step: StepText) -> str:
    place = place_at(step.anchor)
    number = place.step_number if place else ""
    return f"{number}. {visible_line(step.text)}" if number else visible_line(step.text)
