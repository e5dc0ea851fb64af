"""Snippets: parts that many articles share, written once, with what they said before."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...texts.markup.snippets import LONGEST_KEY


class Snippet(models.Model):
    """A part that texts name by ``[!SNIPPET key]``; readers see it in articles alone.

    ``version`` counts what it said; a derived row of each text that holds it notes which it holds.
    """

    key = models.SlugField(
        _("name"),
        max_length=LONGEST_KEY,
        unique=True,
        help_text=_("Small letters, digits and hyphens: articles name it so."),
    )
    texts = models.JSONField(_("texts"), default=dict, help_text="Canonical Markdown by language.")
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    proposed = models.JSONField(
        null=True, editable=False, help_text="Texts that somebody else has to approve first."
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    modified = models.DateTimeField(_("modified"), default=timezone.now, editable=False)

    class Meta:
        ordering = ["key"]
        verbose_name = _("snippet")
        verbose_name_plural = _("snippets")

    def __str__(self) -> str:
        return self.key


class SnippetRevision(models.Model):
    """What a snippet said after one save, by whom."""

    snippet = models.ForeignKey(Snippet, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    texts = models.JSONField(_("texts"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("author"),
    )
    created = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        ordering = ["snippet", "-number"]
        verbose_name = _("revision of a snippet")
        verbose_name_plural = _("revisions of snippets")
        constraints = [
            models.UniqueConstraint(
                fields=["snippet", "number"], name="one_snippet_revision_per_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.snippet_id} ({self.number})"
