"""What the page of a translation posts: rows or whole texts, and the numbers that it showed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from ...models import Article, ArticleTranslation, Revision
from ...texts.comparing.diffing import SAME
from ...texts.markup.units import BLOCK
from ...texts.sections import TEXTS
from ...texts.translating import UnitPair, compose


def sent_texts(posted: QueryDict) -> dict[str, str]:
    """Return the texts that came, by name: from rows or (brought together) as wholes."""
    texts = {}
    for name in TEXTS:
        if name in posted:
            text = posted.get(name, "")
        elif f"form-{name}" not in posted:
            continue
        else:
            forms, rows = posted.getlist(f"form-{name}"), posted.getlist(f"text-{name}")
            text = compose(
                (*_form(form), row.replace("\r\n", "\n"))
                for form, row in zip(forms, rows, strict=False)
            )
        texts[name] = text.replace("\r\n", "\n").replace("\r", "\n")
    return texts


def merged_texts(posted: Mapping[str, str]) -> dict[str, str]:
    """Return the texts that came as wholes, by name: two were brought together."""
    return {name: posted[name].replace("\r\n", "\n") for name in TEXTS if name in posted}


def _form(value: str) -> tuple[str, int]:
    """Return what kind of unit a row is: ``ordered:3`` is the third step of a list."""
    form, _, number = value.partition(":")
    return form, int(number) if number.isdecimal() and len(number) < 5 else 0


def with_typed(rows: list[UnitPair], typed: list[str]) -> list[UnitPair]:
    """Return the rows with what somebody typed, and one for what they added.

    Where rows came or went meanwhile, all that was typed is in that last one.
    """
    if len(typed) not in (len(rows), len(rows) + 1):
        rows = [replace(row, translation="") for row in rows if row.marks]
        return [*rows, UnitPair(SAME, BLOCK, 0, translation="\n\n".join(filter(str.strip, typed)))]
    filled = [replace(row, translation=text) for row, text in zip(rows, typed, strict=False)]
    added = [text for text in typed[len(rows) :] if text.strip()]
    return [*filled, *(UnitPair(SAME, BLOCK, 0, translation=text) for text in added)]


def warn_if_moved(request: HttpRequest, article: Article, source: ArticleTranslation) -> None:
    """Say that ``source`` was saved again while its translation was being written."""
    seen = number_of(request.POST, "source_revision")
    if not seen or seen == source.revision_number:
        return
    place = reverse("admin:troubleshooting_article_revisions", args=[article.pk, source.language])
    said = _(
        "The source was saved again while you wrote: your translation was begun from revision "
        "%(seen)d, the source is at revision %(now)d."
    ) % {"seen": seen, "now": source.revision_number}
    address = f"{place}?from={seen}&to={source.revision_number}"
    link = format_html('<a href="{}">{}</a>', address, _("What was changed"))
    messages.warning(request, format_html("{} {}", said, link))


def number_of(posted: QueryDict, name: str) -> int:
    value = posted.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 9 else 0


def size_of(posted: QueryDict) -> str:
    size = posted.get("size", "")
    return size if size in Revision.Size.values else ""
