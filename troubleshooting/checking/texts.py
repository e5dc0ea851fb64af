"""Rules that the text alone decides."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from lxml.html import HtmlElement as Element

from ..models import Article
from ..texts.bounded import hidden_comments
from ..texts.rendering.trees import MISSING_CAPTION, MISSING_IMAGE
from ..texts.sections import MARKDOWN_TEXTS
from .model import CheckedText, Finding, WrittenText


def no_problem(draft: WrittenText) -> Iterator[Finding]:
    """Yield a missing problem: nobody finds the article without it; advice may go without."""
    if draft.kind != Article.Kind.ADVICE and not (draft.texts["problem"] or draft.texts["other"]):
        yield Finding("no_problem", _("The text does not say what the problem is."))


def no_resolution(draft: WrittenText) -> Iterator[Finding]:
    """Yield an article without a way out helps nobody; advice may stand in any section."""
    if draft.kind != Article.Kind.ADVICE and not draft.texts["resolution"]:
        yield Finding("no_resolution", _("There is no resolution."))


def image_without_words(draft: CheckedText) -> Iterator[Finding]:
    """Yield images without words: who cannot see one needs them."""
    for section, tree in draft.trees_with("figure"):
        figures = [*tree.find_class("figure"), *tree.find_class(MISSING_IMAGE)]
        silent = [figure for figure in figures if not _has_words(figure)]
        if silent:
            yield Finding(
                "image_without_words",
                _("An image has no description: ![description](address)."),
                section=section,
                quote="![](",
            )


def _has_words(figure: Element) -> bool:
    return bool(figure.find_class("figure-caption") or figure.find_class(MISSING_CAPTION))


def refused_tag(draft: WrittenText) -> Iterator[Finding]:
    """Yield tags of HTML that readers do not get.

    What HTML does not know is shown and needs no word.
    """
    for section, (tags, _paths) in draft.hidden.items():
        for refused in tags:
            message = (
                _("Line %(line)d: readers do not see what stands in %(tag)s.")
                if refused.hides
                else _("Line %(line)d: readers see the words in %(tag)s, but not the tag itself.")
            )
            yield Finding(
                "refused_tag",
                message % {"line": refused.line, "tag": refused.tag},
                is_hint=not refused.hides,
                section=section,
                quote=refused.tag,
            )


def hidden_comment(draft: CheckedText) -> Iterator[Finding]:
    """Yield comments of HTML that hold words: nobody sees them, and nothing keeps them."""
    typed = {name: text for name, text in draft.typed.items() if name in MARKDOWN_TEXTS}
    message = _("Line %(line)d: readers see no comment, and saving takes it out: %(words)s")
    for section, comments in hidden_comments(typed).items():
        for one in comments:
            said = message % {"line": one.line, "words": one.excerpt}
            yield Finding("hidden_comment", said, section=section, quote=one.excerpt)


def lost_backslash(draft: WrittenText) -> Iterator[Finding]:
    """Yield paths of which readers do not see every backslash: copied, they lead nowhere."""
    message = _(
        "Line %(line)d: readers see %(shown)s, a backslash less than typed. "
        "Write it as code, or each backslash twice."
    )
    for section, (_tags, paths) in draft.hidden.items():
        for path in paths:
            yield Finding(
                "lost_backslash",
                message % {"line": path.line, "shown": path.shown},
                section=section,
                quote=path.typed,
            )
