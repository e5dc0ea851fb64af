"""Rows of a translation, asked of the translation service on the translator's press.

What comes back is offered beside the row. Nothing is saved, and nothing of internal articles or of
notes is sent.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kbportal.limits.counters import Limit, hit

from ...auditing import Act, note
from ...checking.terms import glossary_for
from ...machine_translation import (
    MachineAnswer,
    MachineUnit,
    TranslationServiceError,
    failure_in_words,
    is_on,
    refusal_in_words,
    service_host,
    translate_units,
)
from ...models import Article
from ...texts.sections import NOTE
from ..generics import editor_of
from ..texts.pages import text_page
from .page import TranslationPage
from .sections import TranslatedSection

NAME = "troubleshooting_article_machine"
#: Calls of one person; rows of one call.
RATE, MOST_ROWS = Limit(30, 60), 10


def urls(model_admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the address that the page of a translation asks."""

    @require_POST
    def machine(request: HttpRequest, pk: int, language: str) -> JsonResponse:
        page = TranslationPage(text_page(model_admin, request, pk, language))
        if not is_on() or not page.sources:
            raise Http404
        if not page.may_write:
            raise PermissionDenied
        return _answer(page)

    view = model_admin.admin_site.admin_view(machine)
    return [path("<int:pk>/machine/<str:language>/", view, name=NAME)]


def may_be_sent(article: Article) -> bool:
    """Return whether texts of ``article`` may be sent: those for the staff alone never are."""
    return is_on() and article.audience == Article.Audience.PUBLIC


def _answer(page: TranslationPage) -> JsonResponse:
    request, article = page.request, page.page.article
    if not may_be_sent(article):
        return _nothing(_("Internal articles are never sent to the translation service."), 403)
    units = units_by_key(page.sections())
    wanted = request.POST.getlist("rows")[: MOST_ROWS + 1]
    if not wanted or len(wanted) > MOST_ROWS or not set(wanted) <= set(units):
        said = _("The source was changed meanwhile. Load the page again; what you typed is kept.")
        return _nothing(said, 409)
    user, factor = editor_of(request), settings.RATE_LIMIT_FACTOR
    tally = hit("machine translation", str(user.pk), RATE)
    if factor and tally.number > RATE.most * factor:
        said = _("You ask too often. Try again in %(number)d seconds.") % {"number": tally.seconds}
        return _nothing(said, 429)
    language, into = page.sources[0].language, page.page.language
    detail = f"{language} → {into}, {len(wanted)}, {service_host()}"
    note(user, Act.SENT, article, detail=detail)
    asked = {key: units[key] for key in wanted}
    try:
        answers = translate_units(asked, language, into, glossary_for(language, into))
    except TranslationServiceError as error:
        return _nothing(failure_in_words(error), 502)
    return JsonResponse({"rows": {key: _row(answer) for key, answer in answers.items()}})


def units_by_key(sections: list[TranslatedSection]) -> dict[str, MachineUnit]:
    """Return what may be sent of the sections, by the keys of the rows: never a note."""
    return {
        row.key: MachineUnit(row.source, is_line=section.name == "title")
        for section in sections
        if section.name != NOTE
        for row in section.rows
        if row.key
    }


def _row(answer: MachineAnswer) -> dict[str, str]:
    return {"refused": refusal_in_words(answer)} if answer.refused else {"text": answer.text}


def _nothing(reason: str, status: int) -> JsonResponse:
    return JsonResponse({"refused": reason}, status=status)
