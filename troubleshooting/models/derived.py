"""Rows computed from a translation's texts by ``editing``. Nothing refers to them by key.

Resolutions and steps are addressed by their anchor, which is the same in every language.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..querysets import CodeCitationQuerySet, ImageUseQuerySet
from ..texts.markup.snippets import LONGEST_KEY
from .article import ArticleTranslation
from .catalog import ErrorCode


class Symptom(models.Model):
    """Something the user sees, as the text quotes it."""

    class Kind(models.TextChoices):
        MESSAGE = "message", _("Message")

    translation = models.ForeignKey(ArticleTranslation, models.CASCADE, related_name="symptoms")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.MESSAGE)
    text = models.TextField()
    key = models.CharField(max_length=300, db_index=True, help_text=_("Folded for comparison."))

    class Meta:
        ordering = ["translation", "position"]
        verbose_name = _("symptom")
        verbose_name_plural = _("symptoms")
        constraints = [
            models.UniqueConstraint(
                fields=["translation", "position"], name="one_symptom_per_position"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Resolution(models.Model):
    """One way out of the problem."""

    translation = models.ForeignKey(ArticleTranslation, models.CASCADE, related_name="resolutions")
    position = models.PositiveSmallIntegerField()
    anchor = models.CharField(max_length=120)
    title = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["translation", "position"]
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")
        constraints = [
            models.UniqueConstraint(
                fields=["translation", "anchor"], name="one_resolution_per_anchor"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.anchor


class Step(models.Model):
    """A numbered instruction; a sub-step names its parent's anchor."""

    translation = models.ForeignKey(ArticleTranslation, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    anchor = models.CharField(max_length=120)
    parent_anchor = models.CharField(max_length=120, blank=True)
    resolution_anchor = models.CharField(max_length=120)
    text = models.TextField(help_text=_("Plain text of the step without its sub-steps."))

    class Meta:
        ordering = ["translation", "position"]
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints = [
            models.UniqueConstraint(fields=["translation", "anchor"], name="one_step_per_anchor"),
        ]

    def __str__(self) -> str:
        return self.text


class CodeCitation(models.Model):
    """A code that a translation cites, in which section and in which spelling."""

    translation = models.ForeignKey(ArticleTranslation, models.CASCADE, related_name="citations")
    code = models.ForeignKey(ErrorCode, models.CASCADE, related_name="citations")
    section = models.CharField(max_length=12)
    position = models.PositiveSmallIntegerField()
    spelling = models.CharField(max_length=120)

    objects = CodeCitationQuerySet.as_manager()

    class Meta:
        ordering = ["translation", "position"]
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        constraints = [
            models.UniqueConstraint(
                fields=["translation", "code", "section", "spelling"],
                name="one_citation_per_place_and_spelling",
            ),
        ]

    def __str__(self) -> str:
        return self.spelling


class RenderedTranslation(models.Model):
    """The HTML and the outline that readers see, with the version of the rules that made them."""

    translation = models.OneToOneField(
        ArticleTranslation, models.CASCADE, related_name="rendered", primary_key=True
    )
    structure_version = models.PositiveSmallIntegerField()
    problem = models.TextField(blank=True)
    cause = models.TextField(blank=True)
    resolution = models.TextField(blank=True)
    other = models.TextField(blank=True)
    internal = models.TextField(blank=True)
    summary = models.TextField(blank=True, help_text=_("First words of the problem, plain text."))
    counts = models.JSONField(default=dict)
    expanded = models.JSONField(
        default=dict, help_text="Markdown of the sections that hold snippets, with these in it."
    )

    class Meta:
        verbose_name = _("rendered text")
        verbose_name_plural = _("rendered texts")

    def __str__(self) -> str:
        return str(self.translation_id)


class ImageUse(models.Model):
    """An image that a translation shows. ``is_internal``: only its internal note does."""

    translation = models.ForeignKey(ArticleTranslation, models.CASCADE, related_name="images")
    name = models.CharField(max_length=80, db_index=True)
    is_internal = models.BooleanField(default=False)

    objects = ImageUseQuerySet.as_manager()

    class Meta:
        ordering = ["translation", "name"]
        verbose_name = _("use of an image")
        verbose_name_plural = _("uses of images")
        constraints = [
            models.UniqueConstraint(
                fields=["translation", "name", "is_internal"], name="one_use_per_image_and_audience"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SnippetUse(models.Model):
    """A snippet that a translation names, and the version of it that readers see there.

    0: there is no such snippet. A text with another version than the snippet is to be derived anew.
    """

    translation = models.ForeignKey(ArticleTranslation, models.CASCADE, related_name="snippets")
    key = models.CharField(max_length=LONGEST_KEY, db_index=True)
    version = models.PositiveIntegerField()

    class Meta:
        ordering = ["translation", "key"]
        verbose_name = _("use of a snippet")
        verbose_name_plural = _("uses of snippets")
        constraints = [
            models.UniqueConstraint(
                fields=["translation", "key"], name="one_use_per_snippet_and_text"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class ContentVersion(models.Model):
    """One row, whose token every change of what readers see replaces (``freshness``)."""

    token = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("state of the content")
        verbose_name_plural = _("states of the content")

    def __str__(self) -> str:
        return self.token
