"""The texts of an article in one language. Saving goes through ``editing``, as an import does."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ..editing import save_translation
from ..forms import TranslationForm
from ..models import ArticleTranslation, Revision
from .parts import change_link


@admin.register(ArticleTranslation)
class ArticleTranslationAdmin(admin.ModelAdmin):
    form = TranslationForm
    list_display = ["title", "language", "status", "revision_number", "modified"]
    list_filter = ["language", "article__status", "article__kind", "article__platforms"]
    list_select_related = ["article"]
    search_fields = ["title", "article__slug", "citations__spelling", "symptoms__text"]
    search_help_text = _("Title, address, error code or message")
    date_hierarchy = "modified"
    ordering = ["-modified"]
    raw_id_fields = ["article"]
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).defer("problem", "cause", "resolution", "other")

    def get_fieldsets(self, request: HttpRequest, obj: ArticleTranslation | None = None) -> list:
        texts = ["title", "problem", "cause", "resolution", "other", "internal", "comment"]
        if obj is None:
            return [(None, {"fields": ["article", "language", *texts]})]
        facts = ["article_link", "language", "revisions", "modified"]
        return [
            (None, {"fields": facts}),
            (_("Texts"), {"fields": texts}),
            (_("What was recognised"), {"fields": ["recognised"]}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: ArticleTranslation | None = None):
        if obj is None:
            return []
        return ["article_link", "language", "revisions", "modified", "recognised"]

    def get_view_on_site_url(self, obj: ArticleTranslation | None = None) -> str | None:
        """The public page in the language of the text."""
        if obj is None:
            return None
        with translation.override(obj.language):
            return obj.article.get_absolute_url()

    def save_model(
        self, request: HttpRequest, obj: ArticleTranslation, form: ModelForm, change: bool
    ) -> None:
        outcome = save_translation(
            article=obj.article,
            language=obj.language,
            texts=form.texts(),
            author=request.user,
            origin=Revision.Origin.EDITOR,
            comment=form.cleaned_data["comment"],
        )
        obj.pk = outcome.translation.pk
        if not outcome.changed:
            messages.info(request, _("The texts are the same as before: no revision was made."))

    @admin.display(description=_("article"))
    def article_link(self, text: ArticleTranslation) -> SafeString:
        return change_link("article", text.article_id, text.article.slug)

    @admin.display(description=_("status"), ordering="article__status")
    def status(self, text: ArticleTranslation) -> str:
        return text.article.get_status_display()

    @admin.display(description=_("revision"))
    def revisions(self, text: ArticleTranslation) -> SafeString:
        address = reverse("admin:troubleshooting_revision_changelist")
        return format_html(
            '{} (<a href="{}?translation__id__exact={}">{}</a>)',
            text.revision_number,
            address,
            text.pk,
            _("all revisions"),
        )

    @admin.display(description=_("Derived from the texts"))
    def recognised(self, text: ArticleTranslation) -> str:
        """Messages, codes, resolutions and steps, as the last save derived them."""
        steps = list(text.steps.all())
        context = {
            "counts": text.rendered.counts if hasattr(text, "rendered") else {},
            "symptoms": text.symptoms.all(),
            "citations": text.citations.select_related("code"),
            "resolutions": [
                (item, [step for step in steps if step.resolution_anchor == item.anchor])
                for item in text.resolutions.all()
            ],
        }
        return SafeString(render_to_string("admin/troubleshooting/recognised.html", context))
