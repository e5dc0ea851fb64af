"""Revisions: immutable snapshots of what a translation said, and texts that wait to be one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..texts.sections import TEXTS
from .article import LONGEST_TITLE, Article, ArticleTranslation
from .workflow import LONGEST_REASON

#: Characters of what a revision says of itself.
LONGEST_COMMENT = 300

if TYPE_CHECKING:
    from django.contrib.auth.models import User


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
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
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
    comment = models.CharField(_("comment"), max_length=LONGEST_COMMENT, blank=True)
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
        indexes = [models.Index(fields=["created"], name="revision_created")]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    def texts(self) -> dict[str, str]:
        """Return the strings of that moment, by field name."""
        return {name: getattr(self, name) for name in TEXTS}


class PendingRevision(models.Model):
    """What a text of an article that readers see would say; none of them sees it yet.

    No query of readers, search, export or feed reads this table. There is one of each origin per
    article and language: an import never writes over what an editor has begun, nor the other way
    round.
    """

    class State(models.TextChoices):
        WRITING = "writing", _("Being written")
        SUBMITTED = "submitted", _("Waits for review")
        REJECTED = "rejected", pgettext_lazy("pending revision", "Rejected")

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="pending", verbose_name=_("article")
    )
    language = models.CharField(_("language"), max_length=12)
    origin = models.CharField(_("origin"), max_length=12, choices=Revision.Origin)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.WRITING)
    texts = models.JSONField(_("texts"), help_text="Canonical texts by name.")
    base_revision = models.PositiveIntegerField(
        _("from revision"), default=0, help_text="The live revision it began from; 0: no text yet."
    )
    ancestor = models.JSONField(
        default=dict,
        help_text="What its document said before both sides changed it; empty: not known.",
    )
    number = models.PositiveIntegerField(default=1, help_text="Counts the saves.")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("author"),
        help_text="Who wrote last; None: a command, or an account that is gone.",
    )
    writers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="+",
        verbose_name=_("written by"),
        help_text="All who saved it.",
    )
    source_language = models.CharField(
        max_length=12, blank=True, help_text="Of the text that it translates; empty: of none."
    )
    source_revision = models.PositiveIntegerField(
        default=0, help_text="The revision of that text which it renders."
    )
    comment = models.CharField(_("comment"), max_length=LONGEST_COMMENT, blank=True)
    size = models.CharField(
        _("size of the change"), max_length=12, choices=Revision.Size, blank=True
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reviewer"),
    )
    answer = models.CharField(_("why it was rejected"), max_length=LONGEST_REASON, blank=True)
    created = models.DateTimeField(_("created"), default=timezone.now)
    modified = models.DateTimeField(_("modified"), default=timezone.now)

    class Meta:
        ordering = ["modified", "pk"]
        verbose_name = _("pending revision")
        verbose_name_plural = _("pending revisions")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "language", "origin"],
                name="one_pending_revision_per_text_and_origin",
            ),
        ]
        indexes = [models.Index(fields=["state"], name="pending_state")]

    def __str__(self) -> str:
        return str(self.texts.get("title", ""))

    def written_by(self) -> list[User]:
        """Return all who saved it, by name; read ahead they cost no query."""
        return sorted(self.writers.all(), key=lambda one: (one.get_full_name(), one.get_username()))
