"""Queries with names. What a person may see is decided in one place: ``visible_to``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Abs, Cast, Coalesce, Concat

from .access import Reader
from .search import Browsed
from .search.facets.declared import ALL_PLATFORMS
from .texts.sections import SECTIONS

if TYPE_CHECKING:
    from .models import (
        Article,
        ArticleTranslation,
        CodeCitation,
        ErrorCode,
        ImageUse,
        MediaImage,
        Platform,
        Revision,
        SourceDocument,
        SourceEntry,
    )

Rows = TypeVar("Rows", bound="models.QuerySet[Any, Any]")


def visibility(reader: Reader, prefix: str = "") -> Q:
    """Return the condition under which ``reader`` may see an article.

    Readers see what is published for the public, staff what is published, editors everything.
    ``prefix`` is the path from the queried model to the article, such as ``"article__"``.
    """
    if reader.is_editor:
        return Q()
    published = Q(**{f"{prefix}status": "published"})
    return published if reader.is_staff else published & Q(**{f"{prefix}audience": "public"})


def _rows(model: type[models.Model], relation: str) -> Any:
    """Return all rows that ``relation`` of ``model`` leads to, as their model's own queryset.

    This module is beneath the models, so it learns from one model about the next.
    """
    related: Any = model._meta.get_field(relation).related_model
    return related.objects.all()


class ArticleQuerySet(models.QuerySet["Article"]):
    """Articles, language-neutral."""

    def visible_to(self, reader: Reader) -> ArticleQuerySet:
        """Leave only what ``reader`` may see."""
        return self.filter(visibility(reader))

    def with_code(self, *canonical: str) -> ArticleQuerySet:
        """Leave articles that cite one of the codes in any language."""
        return self.filter(translations__citations__code__canonical__in=canonical).distinct()

    def in_language(self, language: str) -> ArticleQuerySet:
        """Prefetch all translations, the wanted language first (see ``best_translation``)."""
        texts: ArticleTranslationQuerySet = _rows(self.model, "translations")
        translations = texts.best_first(language)
        return self.prefetch_related(
            "platforms",
            Prefetch("translations", translations.select_related("rendered")),
        )

    def at_address(self, slug: str) -> ArticleQuerySet:
        """Return the article whose address ends in ``slug``, or did before it got another."""
        return self.filter(Q(slug=slug) | Q(former_addresses__slug=slug)).distinct()

    def with_text(self) -> ArticleQuerySet:
        """Leave only articles that say something in at least one language."""
        translations: ArticleTranslationQuerySet = _rows(self.model, "translations")
        return self.filter(Exists(translations.filter(article=OuterRef("pk"))))

    def for_list(self, language: str) -> ArticleQuerySet:
        """Prefetch what a list shows of an article: titles, summaries, platforms and codes.

        Three queries more, however many articles; the texts themselves stay in the database.
        """
        translations: ArticleTranslationQuerySet = _rows(self.model, "translations")
        summaries = (
            translations.best_first(language)
            .select_related("rendered")
            .only(
                "article", "language", "title", "modified", "rendered__summary", "rendered__counts"
            )
        )
        return self.prefetch_related(
            "platforms", Prefetch("translations", summaries)
        ).with_citations()

    def with_citations(self) -> ArticleQuerySet:
        """Prefetch the citations of the prefetched translations, each with its code."""
        texts: ArticleTranslationQuerySet = _rows(self.model, "translations")
        citations: CodeCitationQuerySet = _rows(texts.model, "citations").select_related("code")
        return self.prefetch_related(Prefetch("translations__citations", citations))

    def recently_changed(self) -> ArticleQuerySet:
        """Sort by the last change of a text, the latest first."""
        return self.annotate(changed=models.Max("translations__modified")).order_by(
            "-changed", "slug"
        )

    def in_document_order(self) -> ArticleQuerySet:
        """Sort by the documents they come from; articles written here come last."""
        sources: models.QuerySet[SourceEntry] = _rows(self.model, "sources")
        entries = sources.filter(article=OuterRef("pk"))
        first = entries.order_by("document__key", "position")
        return self.annotate(
            from_document=Subquery(first.values("document__key")[:1]),
            from_position=Subquery(first.values("position")[:1]),
        ).order_by(models.F("from_document").asc(nulls_last=True), "from_position", "slug")

    def own_language_first(self, language: str) -> ArticleQuerySet:
        """Sort articles with a text in the language before the others, else as they are sorted."""
        texts: ArticleTranslationQuerySet = _rows(self.model, "translations")
        own = Exists(texts.filter(article=OuterRef("pk"), language=language))
        return self.annotate(is_own=own).order_by("-is_own", *self.query.order_by)


class ArticleTranslationQuerySet(models.QuerySet["ArticleTranslation"]):
    """Texts in one language."""

    def visible_to(self, reader: Reader) -> ArticleTranslationQuerySet:
        """Leave only the texts of articles that ``reader`` may see."""
        return self.filter(visibility(reader, "article__"))

    def best_first(self, language: str) -> ArticleTranslationQuerySet:
        """Sort each article's texts: the wanted language, then the others in a fixed order."""
        wanted = models.Case(models.When(language=language, then=0), default=1)
        return self.order_by("article", wanted, "language")


class SourceDocumentQuerySet(models.QuerySet["SourceDocument"]):
    """Imported documents."""

    def visible_to(self, reader: Reader) -> SourceDocumentQuerySet:
        """Leave only documents whose page ``reader`` may see.

        A draft is for editors, until they publish an article of it.
        """
        if reader.is_editor:
            return self
        entries = _rows(self.model, "entries").filter(document=OuterRef("pk"))
        published = Exists(entries.filter(visibility(reader, "article__")))
        return self.filter(Q(shown_to__in=_kinds_up_to(reader)) | published)


def _kinds_up_to(reader: Reader) -> list[str]:
    """Return the readers whose documents ``reader`` sees too."""
    return [kind.value for kind in Reader][: list(Reader).index(reader) + 1]


class CodeCitationQuerySet(models.QuerySet["CodeCitation"]):
    """Citations of codes."""

    def visible_to(self, reader: Reader) -> CodeCitationQuerySet:
        """Leave only citations in articles that ``reader`` may see."""
        return self.filter(visibility(reader, "translation__article__"))


class ImageUseQuerySet(models.QuerySet["ImageUse"]):
    """Where images are shown."""

    def visible_to(self, reader: Reader) -> ImageUseQuerySet:
        """Return the uses that ``reader`` may see; those in internal notes are for staff alone."""
        seen = self.filter(visibility(reader, "translation__article__"))
        return seen if reader.is_staff else seen.filter(is_internal=False)


#: Models and their fields of JSON whose texts show an image as soon as an editor wants them to.
TO_COME = (
    ("ArticleTemplate", "texts"),
    ("PendingRevision", "texts"),
    ("UnfinishedTranslation", "texts"),
    ("Snippet", "texts"),
    ("Snippet", "proposed"),
    ("KeptDraft", "fields"),
)


class MediaImageQuerySet(models.QuerySet["MediaImage"]):
    """Uploaded images."""

    def visible_to(self, reader: Reader) -> MediaImageQuerySet:
        """Leave images of articles that ``reader`` may see; editors see unused ones, too.

        Whoever may see a document's own words sees the images in them.
        """
        if reader.is_editor:
            return self
        shown = Q(name__in=self._uses().visible_to(reader).values("name"))
        return self.filter(shown | Q(self._in_documents(reader)))

    def unused(self) -> MediaImageQuerySet:
        """Leave images that no text shows, be it a draft, an internal note or a snippet.

        Nor does one that is still to come: what waits for its review, is begun, or can come back.
        """
        in_texts = Q(name__in=self._uses().values("name"))
        in_use = in_texts | Q(self._in_documents()) | Q(self._in_trash())
        for model, field in TO_COME:
            in_use |= Q(self._in_rows(model, field))
        return self.exclude(in_use)

    def with_usage(self) -> MediaImageQuerySet:
        """Annotate each image with ``article_count``, the number of articles that show it."""
        uses = self._uses().filter(name=OuterRef("name")).order_by().values("name")
        count = uses.annotate(n=Count("translation__article", distinct=True)).values("n")
        annotations = {"article_count": Coalesce(Subquery(count), 0)}
        annotated: MediaImageQuerySet = self.annotate(**annotations)
        return annotated

    def _uses(self) -> ImageUseQuerySet:
        model: Any = self.model._meta.apps.get_model("troubleshooting", "ImageUse")
        uses: ImageUseQuerySet = model.objects.all()
        return uses

    def _in_trash(self) -> Exists:
        """Return whether an article shows it that may come back from the trash."""
        trash = self.model._meta.apps.get_model("troubleshooting", "TrashedArticle")
        return Exists(trash._default_manager.filter(rows__contains=OuterRef("name")))

    def _in_rows(self, model: str, field: str) -> Exists:
        """Return whether some row of ``model`` holds its name in the JSON of ``field``."""
        rows = self.model._meta.apps.get_model("troubleshooting", model)._default_manager
        written = rows.annotate(written=Cast(field, models.TextField()))
        return Exists(written.filter(written__contains=OuterRef("name")))

    def _in_documents(self, reader: Reader = Reader.EDITOR) -> Exists:
        """Return whether words of a document that it came with show the image to ``reader``."""
        apps = self.model._meta.apps
        named = apps.get_model("troubleshooting", "SourceImage")._default_manager
        model: Any = apps.get_model("troubleshooting", "SourceDocument")
        documents: SourceDocumentQuerySet = model.objects.visible_to(reader)
        words = Concat("preamble_html", Cast("outline", models.TextField()))
        showing = documents.annotate(own_words=words).filter(
            key=OuterRef("document_key"), own_words__contains=OuterRef("image__name")
        )
        return Exists(named.filter(Exists(showing), image=OuterRef("pk")))


def platforms_with_counts(
    platforms: models.QuerySet[Platform], browsed: Browsed
) -> models.QuerySet[Platform]:
    """Annotate each platform with what is there to read about it, in the order of platforms.

    ``own_count`` are its own articles, ``general_count`` those that apply to every platform, and
    ``article_count`` both together: what a list narrowed to the platform shows. ``browsed`` are all
    articles that a reader may see: they have been counted with the facets.
    """
    found = {one.value: one.count for one in browsed.facets.get("platform", ())}
    general = found.pop(ALL_PLATFORMS, 0)
    own = [models.When(slug=slug, then=Value(count - general)) for slug, count in found.items()]
    counts = {
        "own_count": models.Case(*own, default=0, output_field=models.IntegerField()),
        "general_count": Value(general, models.IntegerField()),
        "article_count": F("own_count") + F("general_count"),
    }
    counted: models.QuerySet[Platform] = platforms.annotate(**counts)
    return counted.order_by("position", "name")


def codes_with_counts(
    codes: models.QuerySet[ErrorCode], reader: Reader
) -> models.QuerySet[ErrorCode]:
    """Annotate cited codes with ``article_count``; those that ``reader`` cannot see are left out.

    A code cited only by drafts must not show that the drafts exist.
    """
    seen = visibility(reader, "citations__translation__article__")
    articles = Count("citations__translation__article", filter=seen, distinct=True)
    return codes.annotate(article_count=articles).filter(article_count__gt=0)


def entries_with_neighbours(
    entries: models.QuerySet[SourceEntry], reader: Reader
) -> models.QuerySet[SourceEntry]:
    """Annotate parts of documents with ``previous_article`` and ``next_article`` (ids or None).

    These are the nearest parts of the same document whose articles ``reader`` may see.
    """
    seen = entries.model._default_manager.filter(
        visibility(reader, "article__"),
        document=OuterRef("document"),
        article__translations__isnull=False,
    )
    before = seen.filter(position__lt=OuterRef("position")).order_by("-position")
    after = seen.filter(position__gt=OuterRef("position")).order_by("position")
    return entries.annotate(
        previous_article=Subquery(before.values("article")[:1]),
        next_article=Subquery(after.values("article")[:1]),
    )


def with_staleness(texts: Rows) -> Rows:
    """Annotate each translation with ``is_stale``.

    A translation is stale when the text it was made from had a major change after the revision
    that it was made of.
    """
    return texts.annotate(is_stale=_had_major_change(texts))


def with_bareness(texts: Rows) -> Rows:
    """Annotate each text with ``is_bare``: it has a title, and nothing below it."""
    nothing = Q(**dict.fromkeys(SECTIONS, ""))
    return texts.annotate(is_bare=models.ExpressionWrapper(nothing, models.BooleanField()))


def stale(texts: Rows) -> Rows:
    """Return the translations among ``texts`` that are stale; see ``with_staleness``."""
    return texts.filter(_had_major_change(texts))


def _had_major_change(texts: models.QuerySet[ArticleTranslation]) -> Exists:
    later = _of_source(texts).filter(number__gt=OuterRef("source_revision"), size="major")
    return Exists(later)


def with_source_base(texts: Rows) -> Rows:
    """Annotate each translation with ``is_stale`` and the texts of its base.

    ``base_title``, ``base_problem`` and so on are the title and the sections of the revision that
    the translation was made of; None for an original.
    """
    base = _of_source(texts).filter(number=OuterRef("source_revision"))
    return with_staleness(texts).annotate(
        **{f"base_{name}": Subquery(base.values(name)[:1]) for name in ("title", *SECTIONS)},
    )


def _of_source(texts: models.QuerySet[ArticleTranslation]) -> models.QuerySet[Revision]:
    """Return the revisions of the text that a translation was made from."""
    revisions: models.QuerySet[Revision] = _rows(texts.model, "revisions")
    return revisions.filter(
        translation__article=OuterRef("article"), translation__language=OuterRef("source_language")
    )


def nearest_of_platform(
    entries: models.QuerySet[SourceEntry], article: int, document: int, position: int
) -> models.QuerySet[SourceEntry]:
    """Return the parts of ``document`` about a platform of ``article``, nearest first.

    Near is next to ``position``. ``article`` and ``document`` are keys; the parts of the article
    itself are left out.
    """
    articles: ArticleQuerySet = _rows(entries.model, "article")
    own = articles.model.platforms.through._default_manager
    return (
        entries.filter(
            document=document,
            article__platforms__in=own.filter(article=article).values("platform"),
        )
        .exclude(article=article)
        .order_by(Abs(models.F("position") - position))
    )
