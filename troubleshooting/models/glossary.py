"""Terms with their agreed translation, and the words that editors define for the search."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .article import Article


class GlossaryTerm(models.Model):
    """A term and its translation. Without a translation it is kept as it is in every language."""

    language = models.CharField(_("language"), max_length=12)
    term = models.CharField(_("term"), max_length=120)
    target_language = models.CharField(_("language of the translation"), max_length=12)
    translation = models.CharField(
        _("translation"),
        max_length=120,
        blank=True,
        help_text=_("Empty: the term is not translated."),
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["term", "language", "target_language"]
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        constraints = [
            models.UniqueConstraint(
                fields=["language", "term", "target_language"], name="one_translation_per_term"
            ),
        ]

    def __str__(self) -> str:
        return self.term


class VocabularyEntry(models.Model):
    """Words that mean others or nothing, or an article for a query; ``search/own`` reads them.

    Commas stand between several phrases of ``words`` or ``meaning``. Triggers renew a token with
    every change (``caching/version``), so that each process reads the entries anew at once.
    """

    class Kind(models.TextChoices):
        ALIKE = "alike", _("Means the same, both ways")
        MEANS = "means", _("Callers say this and mean that")
        PIN = "pin", _("Article shown first")
        NOTHING = "nothing", _("Means nothing here")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.ALIKE)
    language = models.CharField(_("language"), max_length=12, blank=True)
    words = models.CharField(_("words"), max_length=200)
    meaning = models.CharField(_("meaning"), max_length=200, blank=True)
    article = models.ForeignKey(
        Article,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("article"),
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["words", "kind", "pk"]
        verbose_name = _("entry of the vocabulary")
        verbose_name_plural = _("entries of the vocabulary")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["alike", "means", "pin", "nothing"]),
                name="vocabulary_kind_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="pin", article__isnull=False)
                | (~models.Q(kind="pin") & models.Q(article__isnull=True)),
                name="vocabulary_pins_have_articles",
            ),
        ]

    def __str__(self) -> str:
        return self.words
