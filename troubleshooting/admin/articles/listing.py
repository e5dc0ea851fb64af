"""The list of articles: its columns, filters and search. One query a page for each kind of row."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import Exists, OrderBy, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ...access import reader_of
from ...figures.workload import sent_by
from ...models import (
    Article,
    ArticleTranslation,
    CodeSpelling,
    PendingRevision,
    SearchFacets,
)
from ...querysets import stale, with_bareness, with_staleness
from ...search import SearchRequest, search
from ...texts.codes import ReadingKind, normalise_spelling, readings
from ..generics import Lookups, ModelAdmin, editor_of
from ..texts.pending_list import own_pending
from .forms import person
from .languages import state_of

#: Readings of a number that name one code.
_DEFINITE = (ReadingKind.EXACT, ReadingKind.WIN32)
#: Articles that a search finds by their texts alone.
_MOST_TEXTS = 200
_STATES = {
    "missing": _("missing"),
    "stale": _("out of date"),
    "bare": _("title only"),
    "current": _("up to date"),
}


def named_state(language: str, state: str) -> str:
    """Return the name of a language with the state of its text, such as "French: out of date"."""
    return _("%(language)s: %(state)s") % {
        "language": capfirst(language),
        "state": _STATES[state],
    }


def _cites(word: str) -> Q:
    """Return texts that cite the code which ``word`` spells.

    As some text does, or as the same number.
    """
    spelt = CodeSpelling.objects.filter(key=normalise_spelling(word)).values("code")
    values = [r.value for r in readings(word) if r.value is not None and r.kind in _DEFINITE]
    return Q(citations__code__in=spelt) | Q(citations__code__value__in=values)


def _saying(request: HttpRequest, articles: QuerySet[Any], query: str) -> list[int]:
    """Return those of ``articles`` whose texts say what is searched, the best; no guesses."""

    def left(keys: Sequence[int]) -> Collection[int]:
        return set(articles.filter(pk__in=keys).order_by().values_list("pk", flat=True))

    visible = SearchFacets.objects.visible_to(reader_of(request))
    asked = SearchRequest(query, get_language() or "", limit=_MOST_TEXTS, keep=left)
    return [hit.article_id for hit in search(visible, asked).hits if not hit.guess]


def _tell_cut(request: HttpRequest) -> None:
    """Say that more texts may say it than the list shows; an action on the list shows none."""
    if request.method != "GET":
        return
    text = _(
        "Of the articles whose text says it, the list shows the %(most)d that say it best. "
        "Search for more words, or filter."
    )
    messages.info(request, text % {"most": _MOST_TEXTS})


def title_of(article: Article) -> str:
    """Return the title in the reader's language, else another.

    The address where there is no text.
    """
    texts = article.translations.all()
    return texts[0].title if texts else article.slug


class OwnerFilter(admin.SimpleListFilter):
    """Whose articles."""

    title = _("owner")
    parameter_name = "owner"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Lookups:
        others = User.objects.exclude(pk=editor_of(request).pk)
        owning = others.filter(Exists(Article.objects.filter(owner=OuterRef("pk"))))
        owning = owning.order_by("last_name", "first_name", "username")
        people = [(str(user.pk), person(user)) for user in owning]
        return [("me", _("Me")), ("none", _("Nobody")), *people]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "me":
                return queryset.filter(owner=request.user)
            case "none":
                return queryset.filter(owner=None)
            case str(key) if key.isdecimal():
                return queryset.filter(owner=key)
        return queryset


class SentFilter(admin.SimpleListFilter):
    """What whoever asks has sent to be read, and others have not decided about."""

    title = _("sending")
    parameter_name = "sent"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Lookups:
        return [("waiting", _("Sent by me, waits for others"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "waiting":
            return queryset
        user = editor_of(request)
        pending = PendingRevision.objects.filter(
            own_pending(user), state=PendingRevision.State.SUBMITTED
        )
        is_sent = Q(pk__in=sent_by(user).values("pk"))
        return queryset.filter(is_sent | Q(pk__in=pending.values("article")))


class ReviewFilter(admin.SimpleListFilter):
    """Whether a review is due."""

    title = _("review")
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Lookups:
        return [("overdue", _("Overdue")), ("month", _("Within 30 days")), ("none", _("No date"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        today = timezone.localdate()
        match self.value():
            case "overdue":
                return queryset.filter(review_due__lt=today)
            case "month":
                soon = today + timedelta(days=30)
                return queryset.filter(review_due__range=(today, soon))
            case "none":
                return queryset.filter(review_due=None)
        return queryset


class TranslationFilter(admin.SimpleListFilter):
    """Which language an article lacks, or has out of date."""

    title = _("translation")
    parameter_name = "translation"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Lookups:
        return [
            (f"{state}-{code}", named_state(name, state))
            for code, name in settings.LANGUAGES
            for state in ("missing", "stale")
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        state, _dash, language = (self.value() or "").partition("-")
        texts = ArticleTranslation.objects.filter(article=OuterRef("pk"), language=language)
        match state:
            case "missing":
                return queryset.filter(~Exists(texts))
            case "stale":
                return queryset.filter(Exists(stale(texts)))
        return queryset


class PlatformFilter(admin.RelatedFieldListFilter):
    """About which platform; an article about none of them is about all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.empty_value_display = format_html("{}", _("All platforms"))


class ArticleList(ModelAdmin[Article]):
    """What the list shows and how it is narrowed."""

    list_display = (
        "title",
        "status",
        "languages",
        "owner_name",
        "due",
    )
    list_display_links = ("title",)
    list_filter = (
        "status",
        OwnerFilter,
        SentFilter,
        ReviewFilter,
        TranslationFilter,
        ("platforms", PlatformFilter),
        "kind",
        "audience",
    )
    search_fields = ("slug",)
    search_help_text = _("Words, address or error code")
    list_per_page = 50
    show_full_result_count = False
    ordering = (OrderBy(Coalesce("last_change", "created"), descending=True), "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return articles by their last change.

        What the columns need is read once for the whole page.
        """
        newest = ArticleTranslation.objects.filter(article=OuterRef("pk")).order_by("-modified")
        texts = ArticleTranslation.objects.best_first(get_language())
        texts = with_bareness(with_staleness(texts))
        fields = ("article", "language", "title", "source_language", "source_revision")
        changes = {"last_change": Subquery(newest.values("modified")[:1])}
        rows: QuerySet[Any] = super().get_queryset(request).annotate(**changes)
        return rows.select_related("owner").prefetch_related(
            "platforms", Prefetch("translations", texts.only(*fields))
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find articles by all words of title or address, by a code in any spelling, or by text.

        A text is found as readers search, among what the filters leave.
        """
        if not search_term:
            return queryset, False
        named = Q()
        for word in search_term.split():
            titles = ArticleTranslation.objects.filter(title__icontains=word)
            citing = ArticleTranslation.objects.filter(_cites(word))
            named &= (
                Q(slug__icontains=word)
                | Q(pk__in=titles.values("article"))
                | Q(pk__in=citing.values("article"))
            )
        saying = _saying(request, queryset, search_term)
        if len(saying) >= _MOST_TEXTS:
            _tell_cut(request)
        return queryset.filter(named | Q(pk__in=saying)), False

    @admin.display(description=_("title"), ordering="slug")
    def title(self, article: Article) -> SafeString:
        """Return the title, beneath it kind, platforms and the day of the last change."""
        names = [platform.name for platform in article.platforms.all()]
        facts = [article.get_kind_display(), ", ".join(names) or _("All platforms")]
        if article.last_change is not None:
            changed = date_format(timezone.localtime(article.last_change), "SHORT_DATETIME_FORMAT")
            facts.append(_("Changed %(time)s") % {"time": changed})
        return format_html(
            '{} <span class="row-facts">{}</span>', title_of(article), " · ".join(map(str, facts))
        )

    @admin.display(description=_("languages"))
    def languages(self, article: Article) -> SafeString:
        """Return every language with a mark of its state, each a link to its text."""
        texts = {text.language: text for text in article.translations.all()}
        address = reverse("admin:troubleshooting_article_change", args=[article.pk])
        marks = (
            (
                state := state_of(texts.get(code)),
                f"{address}?language={code}",
                named_state(name, state),
                code.upper(),
                {"missing": " –", "stale": " !"}.get(state, ""),
            )
            for code, name in settings.LANGUAGES
        )
        return format_html_join(
            " ", '<a class="text-state text-{}" href="{}" title="{}">{}{}</a>', marks
        )

    @admin.display(description=_("owner"), ordering="owner__username")
    def owner_name(self, article: Article) -> str:
        return person(article.owner) if article.owner else "–"

    @admin.display(description=_("review due"), ordering="review_due")
    def due(self, article: Article) -> str:
        if article.review_due is None:
            return "–"
        shown = date_format(article.review_due, "SHORT_DATE_FORMAT")
        if article.review_due >= timezone.localdate():
            return shown
        return format_html('<span class="overdue" title="{}">{}</span>', _("Overdue"), shown)
