"""The history of a translation: immutable snapshots of its texts."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..texts.sections import TEXTS
from .article import ArticleTranslation


class Revision(models.Model):
    """What a translation said after one save, by whom, and where the text came from."""

    class Origin(models.TextChoices):
        EDITOR = "editor", _("Editor")
        IMPORT = "import", _("Import")

    class Size(models.TextChoices):
        TYPO = "typo", _("Typing error")
        MINOR = "minor", _("Minor change")
        MAJOR = "major", _("Major change")

    translation = models.ForeignKey(ArticleTranslation, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=300)
    problem = models.TextField(_("problem"), blank=True)
    cause = models.TextField(_("cause"), blank=True)
    resolution = models.TextField(_("resolution"), blank=True)
    other = models.TextField(_("other"), blank=True)
    internal = models.TextField(_("internal note"), blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("author"),
    )
    comment = models.CharField(_("comment"), max_length=300, blank=True)
    size = models.CharField(
        _("size of the change"), max_length=12, choices=Size, default=Size.MAJOR
    )
    origin = models.CharField(_("origin"), max_length=12, choices=Origin)
    created = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        ordering = ["translation", "-number"]
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [
            models.UniqueConstraint(
                fields=["translation", "number"], name="one_revision_per_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    def texts(self) -> dict[str, str]:
        """Return the strings of that moment, by field name."""
        return {name: getattr(self, name) for name in TEXTS}
