"""Imported documents, kept byte for byte, and which article each part of them became."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .article import Article


class SourceDocument(models.Model):
    """One imported file in one language. ``key`` is shared by its translations."""

    key = models.SlugField(_("key"), max_length=160)
    language = models.CharField(_("language"), max_length=12)
    path = models.CharField(_("file name"), max_length=400)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    raw = models.BinaryField(_("original bytes"))
    title = models.CharField(_("title"), max_length=300)
    preamble = models.TextField(_("introduction and closing words"), blank=True)
    preamble_html = models.TextField(blank=True, editable=False)
    front_matter = models.JSONField(_("front matter"), default=dict, blank=True)
    outline = models.JSONField(_("outline"), default=list, blank=True)
    source_url = models.URLField(_("source"), max_length=500, blank=True)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    licence_url = models.URLField(_("licence address"), max_length=500, blank=True)
    attribution = models.TextField(_("attribution"), blank=True)
    date = models.DateField(_("date of the source"), null=True, blank=True)
    imported = models.DateTimeField(_("imported"), default=timezone.now)

    class Meta:
        ordering = ["key", "language"]
        verbose_name = _("source document")
        verbose_name_plural = _("source documents")
        constraints = [
            models.UniqueConstraint(
                fields=["key", "language"], name="one_document_per_key_and_language"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("troubleshooting:document", kwargs={"key": self.key})


class SourceEntry(models.Model):
    """The part of a document that became an article, with the texts of the last import.

    Those texts are the common ancestor of a later re-import and of what editors wrote since.
    """

    document = models.ForeignKey(SourceDocument, models.CASCADE, related_name="entries")
    article = models.ForeignKey(Article, models.CASCADE, related_name="sources")
    anchor = models.CharField(_("anchor"), max_length=300)
    aliases = models.JSONField(_("anchors inside it"), default=list, blank=True)
    codes = models.JSONField(_("codes of the table row"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("position"))
    first_line = models.PositiveIntegerField(_("first line"))
    last_line = models.PositiveIntegerField(_("last line"))
    base = models.JSONField(_("texts of the last import"), default=dict)

    class Meta:
        ordering = ["document", "position"]
        verbose_name = _("part of a document")
        verbose_name_plural = _("parts of a document")
        constraints = [
            models.UniqueConstraint(
                fields=["document", "article"], name="one_entry_per_document_and_article"
            ),
            models.UniqueConstraint(fields=["document", "position"], name="one_entry_per_position"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}#{self.anchor}"
