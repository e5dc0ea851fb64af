"""Templates of articles: what they say in each language, and what articles are begun with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ...access import reader_of
from ...editing import preview, refusal
from ...editing.reusing import (
    ABOUT,
    add_suggestions,
    check_template,
    delete_templates,
    save_template,
    suggestions,
    texts_of_template,
)
from ...models import Article, ArticleTemplate, ArticleTranslation
from ...models.article import LONGEST_TITLE
from ...models.editorial.templates import LONGEST_DESCRIPTION, LONGEST_NAME
from ...templatetags.portal import language_name
from ...texts.bounded import UnrenderableText
from ...texts.sections import TEXTS
from ..articles.forms import offer_editors, person
from ..audited import changed_values, note_changed
from ..generics import ModelForm
from ..parts import named_links, verbose_name
from .page import TextsPage

PREVIEW = "troubleshooting_articletemplate_preview"
SUGGESTED = "troubleshooting_articletemplate_suggested"
_DETAILS = ("kind", "audience", "platforms", "owner", "review_days")
_NAMES = (*ABOUT, *TEXTS)
_LINES = {"problem": 6, "cause": 4, "resolution": 10, "other": 3, "internal": 3}
#: Articles that the page of a template names.
_MOST_NAMED = 100
#: Letters of a text that the audit keeps: enough to tell which one it was.
_LONGEST_NOTED = 200


class ArticleTemplateForm(ModelForm[ArticleTemplate]):
    """A template: what is decided about its articles, and their texts in each language."""

    base_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = ArticleTemplate
        fields = [*_DETAILS]
        widgets = {"platforms": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "owner" in self.fields:
            offer_editors(self.fields["owner"], self.instance.owner_id)
        for code, _name in settings.LANGUAGES:
            for name in _NAMES:
                said = self.instance.texts.get(code, {})
                self.fields[f"{name}_{code}"].initial = said.get(name, "")
        self.fields["base_version"].initial = self.instance.version

    def clean(self) -> dict[str, Any]:
        """Let the texts themselves say what is wrong with them."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            check_template(self.instance, self.texts())
        return values

    def texts(self) -> dict[str, dict[str, str]]:
        """Return what was written, by language and name."""
        return {
            code: {name: self.cleaned_data.get(f"{name}_{code}") or "" for name in _NAMES}
            for code, _name in settings.LANGUAGES
        }

    def details(self) -> dict[str, Any]:
        """Return what is decided about the articles, by field name."""
        return {name: self.cleaned_data[name] for name in _DETAILS}


def _label_of(name: str) -> Any:
    return capfirst(verbose_name(ArticleTranslation, name))


def _fields(code: str) -> Iterator[tuple[str, forms.CharField]]:
    """Yield the fields of a language by their names."""
    labels = {"name": _NAME, "description": _DESCRIPTION}
    most = {"name": LONGEST_NAME, "description": LONGEST_DESCRIPTION, "title": LONGEST_TITLE}
    for name in _NAMES:
        own = {"lang": code, "class": "vTextField" if name in most else "vLargeTextField"}
        yield (
            f"{name}_{code}",
            forms.CharField(
                label=labels.get(name) or _label_of(name),
                required=False,
                strip=name in most,
                max_length=most.get(name),
                help_text=_HELP.get(name, ""),
                widget=forms.TextInput(attrs=own)
                if name in most
                else forms.Textarea(attrs={**own, "rows": _LINES[name], "data-markdown": ""}),
            ),
        )


_NAME, _DESCRIPTION = gettext_lazy("Name of the template"), gettext_lazy("What it is for")
_HELP = {
    "name": gettext_lazy("What the page of a new article calls it."),
    "description": gettext_lazy("A sentence that helps to choose."),
    "title": gettext_lazy("A pattern, such as “{{program}} shows the error {{code}}”."),
}
for _code, _label in settings.LANGUAGES:
    ArticleTemplateForm.declared_fields |= dict(_fields(_code))


@dataclass(frozen=True, slots=True)
class TemplatePreview:
    """What an article begun with a template looks like at first, in one language."""

    language: str
    name: str
    title: str
    sections: list[tuple[str, str]]
    refused: str = ""


@admin.register(ArticleTemplate)
class ArticleTemplateAdmin(TextsPage):
    nothing_yet = gettext_lazy(
        "There is no template yet. Keep an article as a template from its page."
    )
    adding = gettext_lazy("Write a template")
    form = ArticleTemplateForm
    change_form_template = "admin/troubleshooting/reusing/template_form.html"
    change_list_template = "admin/troubleshooting/reusing/template_list.html"
    list_display = ["name", "languages", "kind", "used", "modified"]
    list_filter = ["kind"]
    search_fields = ["texts"]
    search_help_text = gettext_lazy("Name or words")
    list_per_page = 50
    actions = None

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.show_preview)
        add = self.admin_site.admin_view(require_POST(self.add_suggested))
        return [
            path("<int:pk>/preview/", view, name=PREVIEW),
            path("suggested/", add, name=SUGGESTED),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ArticleTemplate]:
        templates: QuerySet[ArticleTemplate] = super().get_queryset(request)
        return templates.annotate(articles=Count("uses"))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        details = (None, {"fields": [*_DETAILS]})
        if obj is not None and not self.has_change_permission(request, obj):
            return [details]
        texts = [
            (
                capfirst(str(name)),
                {"fields": [f"{one}_{code}" for one in _NAMES], "classes": ["template-language"]},
            )
            for code, name in settings.LANGUAGES
        ]
        return [*texts, (_("What the articles get"), {"fields": [*_DETAILS, "base_version"]})]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Return fields without Django's buttons that add what they offer."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        kwargs["fields"] = [*_DETAILS]
        return super().get_form(request, obj, change, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return what the article says that the address names, where its author may see it."""
        key = request.GET.get("article", "")
        articles = Article.objects.visible_to(reader_of(request))
        article = articles.filter(pk=int(key[:18])).first() if key.isdecimal() else None
        if article is None:
            return {}
        texts = article.translations.all()
        return {
            "kind": article.kind,
            "audience": article.audience,
            "platforms": article.platforms.all(),
            **{f"{name}_{text.language}": getattr(text, name) for text in texts for name in TEXTS},
        }

    @admin.display(description=gettext_lazy("name"))
    def name(self, template: ArticleTemplate) -> SafeString:
        facts = template.text("description")
        return format_html('{} <span class="row-facts">{}</span>', str(template), facts)

    @admin.display(description=gettext_lazy("languages"))
    def languages(self, template: ArticleTemplate) -> str:
        return ", ".join(language_name(code) for code in template.texts)

    @admin.display(description=gettext_lazy("used in"), ordering="articles")
    def used(self, template: Any) -> str:
        count = ngettext("%(count)d article", "%(count)d articles", template.articles)
        return count % {"count": template.articles}

    def titled(self, row: ArticleTemplate | None) -> str:
        return str(row) if row else _("Add a template")

    def saved(self, request: HttpRequest, form: Any, row: Any) -> HttpResponse:
        template = row or ArticleTemplate()
        before = _noted(template)
        base = form.cleaned_data["base_version"] if row else None
        changed = save_template(template, form.texts(), base_version=base, **form.details())
        if changed:
            note_changed(request, *_changes(before, _noted(template)))
            note_changed(request, *_of_details(form))
            (self.log_change if row else self.log_addition)(request, template, "")
            messages.success(request, _("The template was saved."))
        else:
            messages.info(request, _("Nothing was changed."))
        address = reverse("admin:troubleshooting_articletemplate_changelist")
        if "_continue" in request.POST:
            address = reverse("admin:troubleshooting_articletemplate_change", args=[template.pk])
        return HttpResponseRedirect(address)

    def beside(
        self, request: HttpRequest, row: Any, posted: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        """Return what an article begun with it looks like, and which ones were."""
        texts = row.texts if row else {}
        if posted is not None:
            texts = {
                code: {name: posted.get(f"{name}_{code}", "") for name in _NAMES}
                for code, _name in settings.LANGUAGES
            }
        shown = ArticleTemplate(texts=texts)
        context: dict[str, Any] = {
            "previews": list(previews(shown)) if row or posted is not None else [],
        }
        if row is None:
            return context
        uses = row.uses.order_by("-article").values_list("article", flat=True)
        return {
            **context,
            "uses": list(named_links(uses[:_MOST_NAMED])),
            "use_count": len(uses),
            "more_uses": max(0, len(uses) - _MOST_NAMED),
        }

    def show_preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what an article begun with the template looks like, without a form.

        Raise ``PermissionDenied`` for who may not see templates.
        """
        template = get_object_or_404(ArticleTemplate, pk=pk)
        if not self.has_view_permission(request, template):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(template),
            "template": template,
            "previews": list(previews(template)),
            "description": template.text("description"),
            "owner": person(template.owner) if template.owner else "",
        }
        return TemplateResponse(
            request, "admin/troubleshooting/reusing/template_preview.html", context
        )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the list, or while it is empty what the portal suggests."""
        is_empty = self.has_add_permission(request) and not ArticleTemplate.objects.exists()
        context = {"suggested": [str(one) for one in suggestions()] if is_empty else []}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def add_suggested(self, request: HttpRequest) -> HttpResponse:
        """Add what the portal suggests. Raise ``PermissionDenied`` for who may not."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        added = add_suggestions()
        for template in added:
            self.log_addition(request, template, "")
        count = ngettext(
            "%(count)d template was added.", "%(count)d templates were added.", len(added)
        )
        messages.success(request, count % {"count": len(added)})
        return HttpResponseRedirect(reverse("admin:troubleshooting_articletemplate_changelist"))

    def delete_model(self, request: HttpRequest, obj: ArticleTemplate) -> None:
        delete_templates([obj])


def previews(template: ArticleTemplate) -> Iterator[TemplatePreview]:
    """Yield what an article begun with ``template`` looks like, the reader's language first."""
    own = get_language()
    for code in sorted(template.texts, key=lambda code: code != own):
        texts = texts_of_template(template, code)
        name = template.texts[code].get("name", "")
        if not any(texts.values()):
            continue
        try:
            made = preview(texts, code, None)
        except UnrenderableText as error:
            yield TemplatePreview(code, name, texts["title"], [], refusal(error))
            continue
        html = made.structured.html
        sections = [(str(_label_of(one)), html[one]) for one in TEXTS if html.get(one)]
        yield TemplatePreview(code, name, made.texts["title"], sections)


def _noted(template: ArticleTemplate) -> dict[str, str]:
    """Return the texts as the audit names them: ``problem (fr)``."""
    return {
        f"{name} ({code})": said[name][:_LONGEST_NOTED]
        for code, said in template.texts.items()
        for name in _NAMES
        if said.get(name)
    }


def _changes(
    before: dict[str, str], after: dict[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return (
        {name: before.get(name, "") for name in names},
        {name: after.get(name, "") for name in names},
    )


def _of_details(form: ArticleTemplateForm) -> tuple[dict[str, str], dict[str, str]]:
    before, after = changed_values(form)
    return (
        {name: value for name, value in before.items() if name in _DETAILS},
        {name: value for name, value in after.items() if name in _DETAILS},
    )
