"""A new article begun from what somebody looked for and did not find, or from another article."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import override

from ...access import reader_of
from ...editing.texts import LONGEST_TITLE
from ...models import Article, GapReport
from ...texts.codes import find_codes, parse_code
from ...texts.plain import one_line
from ...texts.sections import MARKDOWN_TEXTS

#: Longer words are a pasted text, of which the first line says most.
_LONGEST = 2_000


def prefilled(request: HttpRequest, language: str) -> dict[str, str]:
    """Return the first words of a new text in ``language``, by field name.

    The address may name ``title``, ``problem`` (the words that were looked for) and ``gap`` (the
    key of a report). A code stands in the problem as a code, anything else as a quoted message.
    ``like`` is the key of an article whose sections are taken over, without the title.
    """
    asked = request.GET
    if pattern := _pattern(request):
        text = pattern.translations.best_first(language).first()
        return {name: getattr(text, name) for name in MARKDOWN_TEXTS} if text else {}
    gap = _gap(request)
    words = (asked.get("problem") or (gap.subject if gap else "") or asked.get("title", "")).strip()
    title = (asked.get("title") or words).strip()
    with override(language):
        problem = _problem(words[:_LONGEST])
    return {"title": one_line(title)[:LONGEST_TITLE], "problem": problem}


def prefilled_details(request: HttpRequest) -> dict[str, Any]:
    """Return what is decided about a new article at first: what the one it is like has."""
    details: dict[str, Any] = {"owner": request.user.pk}
    if pattern := _pattern(request):
        details |= {"kind": pattern.kind, "audience": pattern.audience}
        details["platforms"] = [platform.pk for platform in pattern.platforms.all()]
    return details


def _pattern(request: HttpRequest) -> Article | None:
    """Return the article that the new one is like, where its author may see it."""
    key = request.GET.get("like", "")
    if not key.isdecimal():
        return None
    return Article.objects.visible_to(reader_of(request)).filter(pk=int(key[:18])).first()


def note_gap(request: HttpRequest, article: Article) -> None:
    """Remember that ``article`` was begun for the report that the address names."""
    gap = _gap(request)
    if gap:
        GapReport.objects.filter(pk=gap.pk).update(article=article)


def _gap(request: HttpRequest) -> GapReport | None:
    key = request.GET.get("gap", "")
    if not key.isdecimal() or not request.user.has_perm("troubleshooting.view_gapreport"):
        return None
    return GapReport.objects.filter(pk=key).first()


def _problem(words: str) -> str:
    if not words:
        return ""
    code = parse_code(words)
    if code:
        return _("An error with the code `%(code)s` is shown.") % {"code": code.canonical}
    quoted = "\n".join(f"> {line}".rstrip() for line in words.splitlines())
    codes = dict.fromkeys(mention.code.canonical for mention in find_codes(words))
    named = ", ".join(f"`{canonical}`" for canonical in codes)
    tail = "\n\n" + _("Codes: %(codes)s") % {"codes": named} if named else ""
    return _("The following message is shown:") + f"\n\n{quoted}{tail}"
