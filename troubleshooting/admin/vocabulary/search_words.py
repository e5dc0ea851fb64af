"""The vocabulary of the search. An entry is tried on past searches before it is saved."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.helpers import AdminErrorList, AdminForm
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ...access import Reader
from ...models import Article, ArticleTranslation, VocabularyEntry
from ...templatetags.portal import language_name
from ...vocabulary.entries import refusals, tidy
from ...vocabulary.trial import Trial, try_out
from ..generics import ModelForm
from ..parts import PlainList, named_links

_ADDRESS = re.compile(r"articles/([-\w]+)")
#: The field that says which values have been tried.
_TRIAL_FIELD = "tried"


class VocabularyEntryForm(ModelForm[VocabularyEntry]):
    """An entry. Its article is named by its address or title, as editors have these at hand."""

    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("All languages")), *settings.LANGUAGES],
        help_text=_("The language of the words."),
    )
    shown = forms.CharField(
        label=_("Article"),
        required=False,
        max_length=500,
        help_text=_(
            "For “Article shown first”: its address or its whole title. Readers who may not see the"
            " article see nothing of it."
        ),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    class Meta:
        model = VocabularyEntry
        fields = ["kind", "language", "words", "meaning", "note"]
        widgets = {"kind": forms.RadioSelect}
        help_texts = {
            "words": _(
                "What people type: a word, several words, or a code. Commas separate expressions."
            ),
            "meaning": _("For words that mean others: what the articles say."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.article:
            self.fields["shown"].initial = self.instance.article.slug

    def clean_shown(self) -> str:
        """Find the article, and note it on the entry.

        Raise ``ValidationError``: there is no such article.
        """
        text: str = self.cleaned_data["shown"].strip()
        self.instance.article = _article_called(text) if text else None
        if text and not self.instance.article:
            raise forms.ValidationError(_("No article has this address or title."))
        return text

    def _post_clean(self) -> None:
        """Let the entry itself say what is wrong with it, once it has its values."""
        super()._post_clean()  # type: ignore[misc]  # Django's types leave it out
        tidy(self.instance)
        for field, message in () if self.errors else refusals(self.instance):
            self.add_error("shown" if field == "article" else field, message)

    def fingerprint(self) -> str:
        """Return what tells these values from others."""
        values = sorted((name, str(value)) for name, value in self.cleaned_data.items())
        return hashlib.sha256(repr(values).encode()).hexdigest()[:16]


def _article_called(text: str) -> Article | None:
    """Return the article with an address, or the end of one, or else with a title."""
    slug = match[1] if (match := _ADDRESS.search(text)) else text.strip("/")
    found = Article.objects.at_address(slug).first()
    if found is None:
        texts = ArticleTranslation.objects.filter(title__iexact=text).select_related("article")
        named = texts.order_by("article__status", "pk").first()
        found = named.article if named else None
    return found


@admin.register(VocabularyEntry)
class VocabularyEntryAdmin(PlainList):
    called = _("vocabulary of the search")
    nothing_yet = _(
        "No words are kept yet. Add what callers call a thing where articles call it "
        "otherwise: the search understands it at once."
    )
    form = VocabularyEntryForm
    change_form_template = "admin/troubleshooting/vocabulary/form.html"
    list_display = ["words", "kind", "what", "in_language", "note"]
    list_filter = ["kind", "language"]
    list_select_related = ["article"]
    search_fields = ["words", "meaning", "note", "article__slug"]
    search_help_text = _("Words, what they mean, or address of the article")
    list_per_page = 50
    fields = ["kind", "words", "meaning", "shown", "language", "note"]

    @admin.display(description=_("language"), ordering="language")
    def in_language(self, entry: VocabularyEntry) -> str:
        return language_name(entry.language) if entry.language else str(_("all"))

    @admin.display(description=_("what is searched or shown"))
    def what(self, entry: VocabularyEntry) -> str:
        if entry.article_id is None:
            return entry.meaning or "–"
        return next(iter(named_links([entry.article_id])))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Save what has been tried; show what else is posted with what it would change."""
        if request.method == "POST" and (form := self._posted(request, object_id)).is_valid():
            done = request.POST.get(_TRIAL_FIELD) == form.fingerprint()
            if not done or "_try" in request.POST:
                return self._tried(request, form, form_url)
        titled = {"title": _title(bool(object_id)), **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, titled)

    def _posted(self, request: HttpRequest, object_id: str | None) -> VocabularyEntryForm:
        entry = self.get_object(request, unquote(object_id)) if object_id else None
        if object_id and entry is None:
            raise Http404
        may_add, may_change = self.has_add_permission, self.has_change_permission
        if not (may_change(request, entry) if entry else may_add(request)):
            raise PermissionDenied
        form = self.get_form(request, entry, change=bool(entry))(request.POST, instance=entry)
        assert isinstance(form, VocabularyEntryForm)
        return form

    def _tried(self, request: HttpRequest, form: VocabularyEntryForm, url: str) -> HttpResponse:
        entry = form.instance
        saved = self.get_object(request, str(entry.pk)) if entry.pk else None
        sets: list[Any] = [(None, {"fields": self.fields})]
        shown = AdminForm(form, sets, {}, (), model_admin=self)
        context = {
            **self.admin_site.each_context(request),
            "title": _title(saved is not None),
            "adminform": shown,
            "object_id": entry.pk,
            "original": saved,
            "is_popup": False,
            "to_field": None,
            "media": self.media + shown.media,
            "inline_admin_formsets": [],
            "errors": AdminErrorList(form, []),
            "preserved_filters": self.get_preserved_filters(request),
            "tried": form.fingerprint(),
            **_trial(entry, try_out(entry, get_language())),
        }
        return self.render_change_form(
            request, context, add=saved is None, change=bool(saved), form_url=url, obj=saved
        )


def _title(is_there: bool) -> str:
    return str(_("Change an entry") if is_there else _("Add an entry"))


def _trial(entry: VocabularyEntry, trial: Trial) -> dict[str, Any]:
    """Return what the page says of a trial."""
    article = entry.article
    visible = Article.objects.visible_to(Reader.PUBLIC)
    hidden = article is not None and not visible.filter(pk=article.pk).exists()
    title = capfirst(str(next(iter(named_links([article.pk]))))) if article else ""
    return {"trial": trial, "pinned": title, "is_hidden": hidden, "article": article}
