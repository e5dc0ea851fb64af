"""Snippets: what they say in each language, where they stand, and what they said before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_slug
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst, slugify
from django.utils.translation import get_language, gettext_lazy, gettext_noop, ngettext
from django.utils.translation import gettext as _

from ...editing import preview, refusal
from ...editing.reusing import (
    SavedSnippet,
    approve_proposed,
    check_snippet,
    check_snippet_unused,
    delete_snippets,
    discard_proposed,
    may_approve,
    may_discard,
    name_of_proposal,
    save_snippet,
    with_uses,
)
from ...models import Snippet, SnippetUse
from ...templatetags.portal import language_name
from ...texts.bounded import UnrenderableText
from ...texts.markup.snippets import KEY, LONGEST_KEY, marker_of
from ...texts.remarks import remark
from ..audited import note_changed
from ..generics import ModelForm, editor_of
from ..parts import named_links
from .page import TextsPage

_PREFIX = "text_"
#: Articles that the page of a snippet names; what it said before that the page offers.
_MOST_NAMED, _MOST_REVISIONS = 200, 20
_WORDS = 14


class SnippetForm(ModelForm[Snippet]):
    """A snippet: its name, for good once it is saved, and a text for each language."""

    base_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Snippet
        fields = ["key"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, _name in settings.LANGUAGES:
            field = self.fields[f"{_PREFIX}{code}"]
            field.initial = self.instance.texts.get(code, "")
        self.fields["base_version"].initial = self.instance.version
        if key := self.fields.get("key"):
            # ``clean_key`` says it in words, and what would be right.
            key.validators = [one for one in key.validators if one is not validate_slug]

    def clean_key(self) -> str:
        """Refuse what a marker could not name, and propose what it could."""
        key: str = self.cleaned_data["key"].strip()
        if re.fullmatch(KEY, key):
            return key
        said = _("Small letters, digits and single hyphens between them alone.")
        proposed = slugify(key)[:LONGEST_KEY].strip("-")
        if not re.fullmatch(KEY, proposed):
            raise ValidationError(said)
        example = _("“%(name)s” would be right.") % {"name": proposed}
        raise ValidationError(f"{said} {example}")

    def clean(self) -> dict[str, Any]:
        """Let the texts themselves say what is wrong with them."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        key = self.instance.key or values.get("key", "")
        if not self.errors:
            check_snippet(key, self.texts())
        return values

    def texts(self) -> dict[str, str]:
        """Return what was written, by language."""
        return {
            code: self.cleaned_data.get(f"{_PREFIX}{code}", "") for code, _ in settings.LANGUAGES
        }


def _text_field(code: str, name: str) -> forms.CharField:
    return forms.CharField(
        label=capfirst(str(name)),
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 10, "lang": code, "class": "vLargeTextField", "data-markdown": ""}
        ),
    )


for _code, _label in settings.LANGUAGES:
    SnippetForm.declared_fields[f"{_PREFIX}{_code}"] = _text_field(_code, _label)


@admin.register(Snippet)
class SnippetAdmin(TextsPage):
    nothing_yet = gettext_lazy(
        "There is no snippet yet. A snippet is a part that many articles hold: changed "
        "here once, it is changed in all of them."
    )
    adding = gettext_lazy("Write a snippet")
    form = SnippetForm
    change_form_template = "admin/troubleshooting/reusing/snippet_form.html"
    list_display = ["key", "words", "languages", "used", "modified"]
    search_fields = ["key", "texts"]
    search_help_text = gettext_lazy("Name or words")
    list_per_page = 50
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Snippet]:
        return with_uses(super().get_queryset(request))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["key", *(f"{_PREFIX}{code}" for code, _ in settings.LANGUAGES), "base_version"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if self.has_change_permission(request, obj) or obj is None:
            return [(None, {"fields": self.get_fields(request, obj)})]
        return [(None, {"fields": ["key"]})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["key"] if obj else []

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        kwargs["fields"] = [] if obj else ["key"]
        return super().get_form(request, obj, change, **kwargs)

    @admin.display(description=gettext_lazy("says"))
    def words(self, snippet: Snippet) -> str:
        own = snippet.texts.get(get_language()) or next(iter(snippet.texts.values()), "")
        return Truncator(" ".join(own.split())).words(_WORDS)

    @admin.display(description=gettext_lazy("languages"))
    def languages(self, snippet: Snippet) -> str:
        return ", ".join(language_name(code) for code in snippet.texts)

    @admin.display(description=gettext_lazy("used in"), ordering="articles")
    def used(self, snippet: Any) -> SafeString:
        count = ngettext("%(count)d article", "%(count)d articles", snippet.articles)
        address = reverse("admin:troubleshooting_snippet_change", args=[snippet.pk])
        return format_html('<a href="{}#uses">{}</a>', address, count % {"count": snippet.articles})

    def acted(self, request: HttpRequest, snippet: Snippet) -> HttpResponse | None:
        """Do what a button beside the text asks for; None where none was pressed.

        Raise ``PermissionDenied`` for who may not change the snippet.
        """
        pressed = {"_approve", "_discard", "_restore"} & set(request.POST)
        if not pressed:
            return None
        if not self.has_change_permission(request, snippet):
            raise PermissionDenied
        user, before = editor_of(request), dict(snippet.texts)
        try:
            if "_discard" in pressed:
                discard_proposed(snippet, user=user, seen=request.POST["_discard"])
                self.log_change(request, snippet, remark(gettext_noop("Proposed change discarded")))
                messages.success(request, _("The proposed change was discarded."))
            elif "_approve" in pressed:
                saved = approve_proposed(snippet, user=user, seen=request.POST["_approve"])
                self._log(request, saved, before, remark(gettext_noop("Proposed change approved")))
            else:
                number = request.POST["_restore"]
                revisions = snippet.revisions.filter(number=number if number.isdecimal() else 0)
                old = get_object_or_404(revisions)
                saved = save_snippet(snippet, old.texts, author=user)
                again = remark(gettext_noop("Revision %(number)d again"), number=old.number)
                self._log(request, saved, before, again)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(request.path)

    def saved(self, request: HttpRequest, form: Any, row: Snippet | None) -> HttpResponse:
        snippet = row or Snippet(key=form.cleaned_data["key"])
        before = dict(snippet.texts)
        base = form.cleaned_data["base_version"] if row else None
        saved = save_snippet(snippet, form.texts(), author=editor_of(request), base_version=base)
        self._log(request, saved, before, "" if row else None)
        address = reverse("admin:troubleshooting_snippet_changelist")
        if "_continue" in request.POST or saved.is_proposed:
            address = reverse("admin:troubleshooting_snippet_change", args=[saved.snippet.pk])
        return HttpResponseRedirect(address)

    def _log(
        self, request: HttpRequest, saved: SavedSnippet, before: dict[str, str], detail: str | None
    ) -> None:
        """Log a save (``detail`` None: of a new snippet), and say what became of it."""
        snippet = saved.snippet
        if not saved.changed:
            messages.info(request, _("Nothing was changed."))
            return
        after = snippet.proposed if saved.is_proposed else snippet.texts
        note_changed(request, before, after or {})
        if detail is None:
            self.log_addition(request, snippet, "")
        else:
            proposed = remark(gettext_noop("Proposed"))
            self.log_change(request, snippet, proposed if saved.is_proposed else detail)
        messages.success(request, _outcome(saved))

    def titled(self, row: Snippet | None) -> str:
        return row.key if row else _("Add a snippet")

    def beside(
        self, request: HttpRequest, snippet: Snippet | None, posted: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        """Return what the snippet becomes, where it stands and what it said before."""
        texts = snippet.texts if snippet else {}
        if posted is not None:
            texts = {code: posted.get(f"{_PREFIX}{code}", "") for code, _ in settings.LANGUAGES}
        context: dict[str, Any] = {"previews": list(_previews(texts))}
        if snippet is None:
            return context
        uses = SnippetUse.objects.filter(key=snippet.key)
        articles = list(
            uses.values_list("translation__article", flat=True)
            .distinct()
            .order_by("translation__article")
        )
        return {
            **context,
            "marker": marker_of(snippet.key),
            "uses": list(named_links(articles[:_MOST_NAMED])),
            "use_count": len(articles),
            "more_uses": max(0, len(articles) - _MOST_NAMED),
            "waiting": uses.exclude(version=snippet.version).count(),
            "revisions": snippet.revisions.select_related("author")[:_MOST_REVISIONS],
            "proposal": list(_previews(snippet.proposed or {})),
            "proposal_name": name_of_proposal(snippet),
            "proposed_by": snippet.proposed_by and str(snippet.proposed_by),
            "may_approve": may_approve(editor_of(request), snippet),
            "may_discard": may_discard(editor_of(request), snippet),
            "may_change": self.has_change_permission(request, snippet),
        }

    def get_deleted_objects(
        self, objs: Sequence[Snippet] | QuerySet[Snippet], request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
        """Return what Django asks for before it deletes; snippets that texts use are protected."""
        found, counts, needed, protected = super().get_deleted_objects(objs, request)
        return found, counts, needed, [*protected, *_in_use(objs)]

    def delete_model(self, request: HttpRequest, obj: Snippet) -> None:
        delete_snippets([obj])


def _in_use(snippets: Sequence[Snippet] | QuerySet[Snippet]) -> Iterator[str]:
    for snippet in snippets:
        try:
            check_snippet_unused(snippet)
        except ValidationError as error:
            yield from error.messages


def _previews(texts: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield the language of each text, its HTML, and why there is none."""
    for code, text in texts.items():
        if not text.strip():
            continue
        try:
            made = preview({"resolution": text}, code, None)
        except UnrenderableText as error:
            yield code, "", refusal(error)
        else:
            yield code, made.structured.html["resolution"], ""


def _outcome(saved: SavedSnippet) -> str:
    """Say what became of a change, in words."""
    if saved.is_proposed:
        return _("Kept as a proposal: readers see it once somebody else has approved it.")
    if saved.waiting:
        return _("Saved. %(count)d texts will say it in a moment, one after the other.") % {
            "count": saved.waiting
        }
    said = ngettext(
        "Saved. %(count)d text says it now.", "Saved. %(count)d texts say it now.", saved.followed
    )
    return said % {"count": saved.followed}
