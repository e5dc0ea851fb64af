"""The page of find and replace: what would change is shown first, text by text."""

from __future__ import annotations

from itertools import islice
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ...access import reader_of
from ...editing.whole import (
    MOST_TEXTS,
    Replacement,
    SnippetPlaces,
    TextReplacement,
    matches,
    replace_in,
    snippets_that_say,
)
from ...models import ArticleTranslation
from ...rights import is_bound, within
from ..generics import editor_of
from ..parts import verbose_name
from .undo import tell_skipped, undo_offered

NAME = "troubleshooting_replace"
PERMISSION = "troubleshooting.review_article"
#: Occurrences that are shown of one text.
_OCCURRENCES = 4


class ReplaceForm(forms.Form):
    """The form of a text to look for and the text that replaces it."""

    find = forms.CharField(label=_("Find"), max_length=200, strip=False)
    replace = forms.CharField(label=_("Replace by"), max_length=200, strip=False, required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    matches_case = forms.BooleanField(label=_("Match case"), required=False, initial=True)
    whole_words = forms.BooleanField(label=_("Whole words only"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = [(code, capfirst(str(name))) for code, name in settings.LANGUAGES]
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("All languages")), *languages]

    def clean_find(self) -> str:
        find: str = self.cleaned_data["find"]
        if not find.strip():
            raise forms.ValidationError(_("Say what to look for."))
        return find

    def replacement(self) -> Replacement:
        """Return what a valid form asks for."""
        return Replacement(**self.cleaned_data)


def urls(site: AdminSite) -> list[URLPattern]:
    """Return the page: asked by GET it shows what would change, by POST it is done."""

    def replace(request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return _done(request, site) if request.method == "POST" else _shown(request, site)

    return [path("replace/", site.admin_view(replace), name=NAME)]


def _texts(request: HttpRequest) -> Any:
    return ArticleTranslation.objects.visible_to(reader_of(request))


def _shown(request: HttpRequest, site: AdminSite) -> HttpResponse:
    form = ReplaceForm(request.GET) if "find" in request.GET else ReplaceForm()
    found: list[TextReplacement] = []
    snippets: list[SnippetPlaces] = []
    has_more = False
    left_out = 0
    if form.is_bound and form.is_valid():
        replacement, own = form.replacement(), within(editor_of(request), "article__")
        texts = _texts(request)
        found = list(islice(matches(replacement, texts.filter(own)), MOST_TEXTS + 1))
        has_more = len(found) > MOST_TEXTS
        snippets = list(islice(snippets_that_say(replacement), MOST_TEXTS))
        if is_bound(request.user):
            left = islice(matches(replacement, texts.exclude(own)), MOST_TEXTS)
            left_out = sum(1 for _match in left)
    context = {
        **site.each_context(request),
        "title": _("Find and replace"),
        "form": form,
        "is_asked": form.is_bound and form.is_valid(),
        "rows": [_row(match) for match in found[:MOST_TEXTS]],
        "number": sum(len(match.occurrences) for match in found[:MOST_TEXTS]),
        "has_more": has_more,
        "snippets": [(one, one.occurrences[:_OCCURRENCES]) for one in snippets],
        "left_out": left_out,
        "most": MOST_TEXTS,
    }
    return TemplateResponse(request, "admin/troubleshooting/replace.html", context)


def _row(match: TextReplacement) -> dict[str, Any]:
    labels = {
        name: capfirst(str(verbose_name(ArticleTranslation, name)))
        for name in {one.section for one in match.occurrences}
    }
    shown = match.occurrences[:_OCCURRENCES]
    return {
        "text": match.text,
        "state": match.text.article.get_status_display(),
        "occurrences": [(labels[one.section], one) for one in shown],
        "left": len(match.occurrences) - len(shown),
    }


def _done(request: HttpRequest, site: AdminSite) -> HttpResponse:
    form = ReplaceForm(request.POST)
    keys = [int(key) for key in request.POST.getlist("text") if key.isdecimal()]
    if not form.is_valid() or not keys:
        messages.warning(request, _("Nothing was selected."))
        return HttpResponseRedirect(reverse(f"admin:{NAME}"))
    chosen = _texts(request).filter(pk__in=keys[: MOST_TEXTS + 1]).select_related("article")
    outcome = replace_in(form.replacement(), list(chosen), user=editor_of(request))
    text = ngettext("%(count)d text was changed.", "%(count)d texts were changed.", outcome.count)
    if outcome.count or not outcome.skipped:
        said = text % {"count": outcome.count}
        messages.success(request, undo_offered(request, said, outcome.change))
    tell_skipped(request, outcome.skipped)
    return HttpResponseRedirect(f"{reverse(f'admin:{NAME}')}")
