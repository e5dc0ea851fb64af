"""A new article begun from what somebody looked for and did not find, or from another article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ...access import reader_of
from ...editing.reusing import texts_of_template
from ...models import Article, ArticleTemplate, GapReport
from ...models.article import LONGEST_TITLE
from ...texts.codes import find_codes, parse_code
from ...texts.plain import one_line
from ...texts.sections import MARKDOWN_TEXTS
from .forms import editors

#: Longer words are a pasted text, of which the first line says most.
_LONGEST = 2_000
SEE_TEMPLATES = "troubleshooting.view_articletemplate"


def prefilled(request: HttpRequest, language: str) -> dict[str, str]:
    """Return the first words of a new text in ``language``, by field name.

    The address may name ``title``, ``problem`` (the words that were looked for) and ``gap`` (the
    key of a report). A code stands in the problem as a code, anything else as a quoted message.
    ``like`` is the key of an article whose sections are taken over, without the title; the texts
    of ``template``, the key of one, stand below the words that were looked for.
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
    asked_for = {"title": one_line(title)[:LONGEST_TITLE], "problem": problem}
    template = chosen_template(request)
    return _below(asked_for, texts_of_template(template, language)) if template else asked_for


def _below(words: dict[str, str], texts: dict[str, str]) -> dict[str, str]:
    """Return ``texts`` with the first words of a new one before them."""
    problem = "\n\n".join(filter(None, [words["problem"], texts.get("problem")]))
    return {**texts, "title": words["title"] or texts.get("title", ""), "problem": problem}


def prefilled_details(request: HttpRequest) -> dict[str, Any]:
    """Return what is decided about a new article at first: what the one it is like has."""
    details: dict[str, Any] = {"owner": request.user.pk}
    if template := chosen_template(request):
        details |= _details_of(template)
    if pattern := _pattern(request):
        details |= {"kind": pattern.kind, "audience": pattern.audience}
        details["platforms"] = [platform.pk for platform in pattern.platforms.all()]
    return details


def _details_of(template: ArticleTemplate) -> dict[str, Any]:
    details: dict[str, Any] = {"kind": template.kind, "audience": template.audience}
    details["platforms"] = [platform.pk for platform in template.platforms.all()]
    if template.owner_id and editors().filter(pk=template.owner_id).exists():
        details["owner"] = template.owner_id
    if template.review_days:
        details["review_due"] = timezone.localdate() + timedelta(days=template.review_days)
    return details


def chosen_template(request: HttpRequest) -> ArticleTemplate | None:
    """Return the template that the form or the address names, where its author may see templates.

    The form has it too, so that a draft that is restored on another page keeps it.
    """
    key = request.POST.get("template") or request.GET.get("template", "")
    if not key.isdecimal() or not request.user.has_perm(SEE_TEMPLATES):
        return None
    return ArticleTemplate.objects.filter(pk=int(key[:18])).first()


@dataclass(frozen=True, slots=True)
class OfferedTemplate:
    """A template to begin with, and the address of the form that it fills."""

    template: ArticleTemplate
    name: str
    description: str
    url: str


def without_template(request: HttpRequest) -> str:
    """Return the address of the form without the template that the address names."""
    kept = {name: value for name, value in request.GET.items() if name != "template"}
    return f"{request.path}?{urlencode(kept)}" if kept else request.path


def offered_templates(request: HttpRequest, language: str) -> list[OfferedTemplate]:
    """Return the templates that a new article may be begun with; what was asked for stays asked."""
    if not request.user.has_perm(SEE_TEMPLATES):
        return []
    kept = {name: value for name, value in request.GET.items() if name != "template"}
    offered = []
    for template in ArticleTemplate.objects.all():
        written = language if language in template.texts else next(iter(template.texts), language)
        query = urlencode({**kept, "template": template.pk, "language": written})
        name, said = str(template), template.text("description")
        offered.append(OfferedTemplate(template, name, said, f"{request.path}?{query}"))
    return sorted(offered, key=lambda one: one.name.casefold())


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
