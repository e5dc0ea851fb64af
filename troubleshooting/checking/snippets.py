"""A rule about the snippets that a text names: whether readers get what the editor meant."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..models import Snippet
from ..texts.markup.snippets import Marker, marker_of, markers_in
from ..texts.sections import MARKDOWN_TEXTS
from .model import Finding, WrittenText


def snippet_shown(draft: WrittenText) -> Iterator[Finding]:
    """Yield markers in whose place readers do not get the snippet, or get another language."""
    found = [
        (section, marker)
        for section in MARKDOWN_TEXTS
        for marker in markers_in(draft.texts.get(section, ""))
    ]
    keys = {marker.key for _section, marker in found}
    said = dict(Snippet.objects.filter(key__in=keys).values_list("key", "texts")) if keys else {}
    for section, marker in found:
        if text := _wrong(marker, said.get(marker.key)):
            yield _finding(text, marker, section)
        elif draft.language not in said[marker.key]:
            text = _(
                "Line %(line)d: the snippet “%(key)s” is not written in this language; readers get"
                " it in another one."
            )
            yield _finding(text, marker, section, is_hint=True)


def _wrong(marker: Marker, texts: dict[str, str] | None) -> str:
    """Return why the snippet is not shown, with what to do; "" where it is."""
    if not marker.stands_alone:
        return _(
            "Line %(line)d: the snippet “%(key)s” is shown only where its line is a paragraph of"
            " its own. Put an empty line before and after it."
        )
    if not texts:
        return _(
            "Line %(line)d: there is no snippet “%(key)s”; readers are told that it is missing."
            " Write it, or correct its name."
        )
    return ""


def _finding(text: str, marker: Marker, section: str, *, is_hint: bool = False) -> Finding:
    values = {"line": marker.line, "key": marker.key}
    quote = marker_of(marker.key)
    return Finding("snippet_shown", text % values, is_hint, section, quote)
