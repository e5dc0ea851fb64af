"""The page of find and replace: every place that would change is shown first, with a tick."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
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

from ...access import REVIEW_ARTICLE, reader_of
from ...editing.whole import (
    MOST_PLACES,
    MOST_TEXTS,
    ChosenPlaces,
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
PERMISSION = REVIEW_ARTICLE
#: Occurrences that are shown of one snippet, which is changed elsewhere.
_OCCURRENCES = 4
#: What the page posts: the key of a text and its revision, or a section and a number in it.
_REVISION = re.compile(r"(\d{1,18})\.(\d{1,9})")
_PLACE = re.compile(r"(\d{1,18})\.(\w{1,20})\.(\d{1,9})")


class ReplaceForm(forms.Form):
    """The form of a text to look for and the text that replaces it."""

    find = forms.CharField(label=_("Find"), max_length=200, strip=False)
    replace = forms.CharField(label=_("Replace by"), max_length=200, strip=False, required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    matches_case = forms.BooleanField(label=_("Match case"), required=False, initial=True)
    whole_words = forms.BooleanField(label=_("Whole words only"), required=False)
    in_addresses = forms.BooleanField(
        label=_("Also in addresses and names of snippets"), required=False
    )

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

    def asked(self) -> str:
        """Return what a valid form asks for in one line, to be compared with what was shown."""
        return json.dumps(self.cleaned_data, sort_keys=True)


def urls(site: AdminSite) -> list[URLPattern]:
    """Return the page: asked by GET it shows what would change, by POST it is done."""

    def replace(request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        if request.method == "POST" and "preview" not in request.POST:
            return _done(request, site)
        return _shown(request, site)

    return [path("replace/", site.admin_view(replace), name=NAME)]


def _texts(request: HttpRequest) -> Any:
    return ArticleTranslation.objects.visible_to(reader_of(request))


def _shown(request: HttpRequest, site: AdminSite, *, is_changed: bool = False) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    form = ReplaceForm(asked) if "find" in asked else ReplaceForm()
    found: list[TextReplacement] = []
    snippets: list[SnippetPlaces] = []
    has_more = False
    left_out = 0
    if form.is_bound and form.is_valid():
        replacement, own = form.replacement(), within(editor_of(request), "article__")
        texts = _texts(request)
        found, has_more = _at_most(matches(replacement, texts.filter(own)))
        snippets = list(islice(snippets_that_say(replacement), MOST_TEXTS))
        if is_bound(request.user):
            left = islice(matches(replacement, texts.exclude(own)), MOST_TEXTS)
            left_out = sum(1 for _match in left)
    context = {
        **site.each_context(request),
        "title": _("Find and replace"),
        "form": form,
        "is_asked": form.is_bound and form.is_valid(),
        "shown": form.asked() if form.is_bound and form.is_valid() else "",
        "is_changed": is_changed,
        "rows": [_row(match) for match in found],
        "number": sum(len(match.occurrences) for match in found),
        "has_more": has_more,
        "snippets": [(one, one.occurrences[:_OCCURRENCES]) for one in snippets],
        "left_out": left_out,
        "most": MOST_TEXTS,
        "most_places": MOST_PLACES,
    }
    return TemplateResponse(request, "admin/troubleshooting/bulk/replace.html", context)


def _at_most(found: Iterator[TextReplacement]) -> tuple[list[TextReplacement], bool]:
    """Return as many texts and places as one act changes, and whether there are more."""
    kept: list[TextReplacement] = []
    room = MOST_PLACES
    for match in found:
        if len(kept) == MOST_TEXTS or not room:
            return kept, True
        kept.append(match._replace(occurrences=match.occurrences[:room]))
        if len(match.occurrences) > room:
            return kept, True
        room -= len(match.occurrences)
    return kept, False


def _row(match: TextReplacement) -> dict[str, Any]:
    labels = {
        name: capfirst(str(verbose_name(ArticleTranslation, name)))
        for name in {one.section for one in match.occurrences}
    }
    return {
        "text": match.text,
        "state": match.text.article.get_status_display(),
        "occurrences": [(labels[one.section], one) for one in match.occurrences],
    }


def _done(request: HttpRequest, site: AdminSite) -> HttpResponse:
    form = ReplaceForm(request.POST)
    choices = _choices(request)
    if not form.is_valid() or not choices:
        messages.warning(request, _("Nothing was selected."))
        return HttpResponseRedirect(reverse(f"admin:{NAME}"))
    if request.POST.get("shown", form.asked()) != form.asked():
        return _shown(request, site, is_changed=True)
    chosen = _texts(request).filter(pk__in=choices).select_related("article")
    outcome = replace_in(form.replacement(), list(chosen), user=editor_of(request), choices=choices)
    text = ngettext("%(count)d text was changed.", "%(count)d texts were changed.", outcome.count)
    if outcome.count or not outcome.skipped:
        said = text % {"count": outcome.count}
        messages.success(request, undo_offered(request, said, outcome.change))
    tell_skipped(request, outcome.skipped)
    return HttpResponseRedirect(reverse(f"admin:{NAME}"))


def _choices(request: HttpRequest) -> dict[int, ChosenPlaces]:
    """Return what is ticked, by the key of its text: the text itself, and some of its places."""
    posted = request.POST
    ticked = set(posted.getlist("text"))
    seen = {key: int(number) for key, number in _read(_REVISION, posted.getlist("revision"))}
    places: defaultdict[str, set[tuple[str, int]]] = defaultdict(set)
    for key, section, number in _read(_PLACE, posted.getlist("place")):
        places[key].add((section, int(number)))
    return {
        int(key): ChosenPlaces(seen.get(key, 0), frozenset(places[key]))
        for key in places
        if key in ticked
    }


def _read(pattern: re.Pattern[str], values: Iterable[str]) -> Iterator[tuple[str, ...]]:
    return (match.groups() for value in values if (match := pattern.fullmatch(value)))
