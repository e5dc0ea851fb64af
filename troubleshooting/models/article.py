"""Articles: what editors decide about them, and their texts in each language."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..querysets import ArticleQuerySet, ArticleTranslationQuerySet
from ..texts.sections import TEXTS
from ..texts.slugs import LONGEST_SLUG
from .catalog import Platform

#: Characters of the title of a text.
LONGEST_TITLE = 300


class Article(models.Model):
    """The language-neutral part of an article: address, platforms, status, audience, owner."""

    class Kind(models.TextChoices):
        PROBLEM = "problem", _("Problem")
        ERROR = "error", _("Error message or code")
        ADVICE = "advice", _("General advice")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        PUBLISHED = "published", _("Published")
        ARCHIVED = "archived", _("Archived")

    class Audience(models.TextChoices):
        PUBLIC = "public", _("Public")
        STAFF = "staff", _("Staff only")

    slug = models.SlugField(_("slug"), max_length=LONGEST_SLUG, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PROBLEM)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DRAFT)
    audience = models.CharField(
        _("audience"), max_length=12, choices=Audience, default=Audience.PUBLIC
    )
    platforms = models.ManyToManyField(
        Platform,
        blank=True,
        related_name="articles",
        verbose_name=_("platforms"),
        help_text=_("None chosen: the article applies to all platforms."),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="owned_articles",
        verbose_name=_("owner"),
    )
    reviewed = models.DateField(_("last review"), null=True, blank=True, editable=False)
    review_due = models.DateField(_("review due"), null=True, blank=True)
    created = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects = ArticleQuerySet.as_manager()

    #: Annotated by the list of editors.
    last_change: datetime | None
    #: Set by whoever names the article to people: its title.
    called: str = ""

    class Meta:
        ordering = ["slug"]
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        permissions = [("review_article", "Can publish, reject and archive articles")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["draft", "in_review", "published", "archived"]),
                name="article_status_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(audience__in=["public", "staff"]),
                name="article_audience_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["problem", "error", "advice"]),
                name="article_kind_is_known",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "audience"], name="article_visibility"),
            models.Index(fields=["review_due"], name="article_review_due"),
        ]

    def __str__(self) -> str:
        return self.called or self.slug

    def get_absolute_url(self) -> str:
        return reverse("troubleshooting:article", kwargs={"slug": self.slug})


class FormerAddress(models.Model):
    """A slug that an article had before: links to it still lead to the article."""

    slug = models.SlugField(_("slug"), max_length=LONGEST_SLUG, unique=True)
    article = models.ForeignKey(
        Article, models.CASCADE, related_name="former_addresses", verbose_name=_("article")
    )
    titles = models.JSONField(
        default=dict,
        blank=True,
        help_text="Titles by language of what was read there before; {}: this article.",
    )

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return self.slug


class ArticleTranslation(models.Model):
    """The texts of an article in one language: a title and four sections of canonical Markdown.

    A translation names the text that it was made from: its language and the number of its
    revision. An original names none.
    """

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="translations", verbose_name=_("article")
    )
    language = models.CharField(_("language"), max_length=12)
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    problem = models.TextField(_("problem"), blank=True)
    cause = models.TextField(_("cause"), blank=True)
    resolution = models.TextField(_("resolution"), blank=True)
    other = models.TextField(_("other"), blank=True)
    internal = models.TextField(_("internal note"), blank=True)
    source_language = models.CharField(
        _("translated from"), max_length=12, blank=True, editable=False
    )
    source_revision = models.PositiveIntegerField(
        _("translated from revision"), default=0, editable=False
    )
    revision_number = models.PositiveIntegerField(_("revision"), default=0, editable=False)
    modified = models.DateTimeField(_("modified"), default=timezone.now, editable=False)

    objects = ArticleTranslationQuerySet.as_manager()

    #: Annotated by ``with_staleness``.
    is_stale: bool
    #: Annotated by ``with_bareness``.
    is_bare: bool

    class Meta:
        ordering = ["article", "language"]
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "language"], name="one_translation_per_article_and_language"
            ),
        ]
        indexes = [models.Index(fields=["modified"], name="translation_modified")]

    def __str__(self) -> str:
        return self.title

    def texts(self) -> dict[str, str]:
        """Return the strings that a revision keeps, by field name."""
        return {name: getattr(self, name) for name in TEXTS}
