"""The words that two languages agree on."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
        verbose_name_plural = _("glossary")
        constraints = [
            models.UniqueConstraint(
                fields=["language", "term", "target_language"], name="one_translation_per_term"
            ),
        ]

    def __str__(self) -> str:
        return self.term
