"""Parts of documents whose articles editors took away: an import does not bring them back."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..article import Article
from ..source import SourceDocument
from ..workflow import TrashedArticle


class DroppedPart(models.Model):
    """A part of a document whose article was deleted, or became a part of another article.

    It outlives the trash, and ends when the article is restored.
    """

    document = models.ForeignKey(SourceDocument, models.CASCADE, related_name="dropped")
    trashed = models.ForeignKey(
        TrashedArticle,
        models.SET_NULL,
        null=True,
        related_name="+",
        help_text="None: the trash was emptied.",
    )
    replaced_by = models.ForeignKey(
        Article, models.SET_NULL, null=True, related_name="+", help_text="What it became a part of."
    )
    anchor = models.CharField(max_length=300)
    aliases = models.JSONField(default=list)
    codes = models.JSONField(default=list)
    base = models.JSONField(default=dict, help_text="Texts of the last import.")

    class Meta:
        verbose_name = _("dropped part of a document")
        verbose_name_plural = _("dropped parts of documents")

    def __str__(self) -> str:
        return f"{self.document_id}#{self.anchor}"
