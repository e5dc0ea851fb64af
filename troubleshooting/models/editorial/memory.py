"""The translation memory: units of texts that say the same in two languages. Derived."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..article import ArticleTranslation


class AlignedText(models.Model):
    """A translation whose units were aligned with those of its source, at the revisions named."""

    translation = models.OneToOneField(
        ArticleTranslation, models.CASCADE, related_name="aligned", primary_key=True
    )
    source_language = models.CharField(max_length=12)
    source_revision = models.PositiveIntegerField()
    revision = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("aligned text")
        verbose_name_plural = _("aligned texts")

    def __str__(self) -> str:
        return f"{self.translation_id}: {self.source_revision} > {self.revision}"


class AlignedUnit(models.Model):
    """A unit in two languages, once however many texts say it; ``language`` sorts before the other.

    A unit that no text says any more goes when the memory is brought up to date.
    """

    digest = models.CharField(max_length=32, unique=True, help_text="Of languages and texts.")
    language = models.CharField(max_length=12)
    text = models.TextField()
    other_language = models.CharField(max_length=12)
    other_text = models.TextField()
    texts = models.ManyToManyField(AlignedText, related_name="units", through="AlignedUnitUse")

    class Meta:
        verbose_name = _("aligned unit")
        verbose_name_plural = _("aligned units")

    def __str__(self) -> str:
        return f"{self.text[:40]} = {self.other_text[:40]}"

    def in_language(self, language: str) -> str:
        """Return what the unit says in one of its languages."""
        return self.text if language == self.language else self.other_text


class AlignedUnitUse(models.Model):
    """A text that says a unit."""

    unit = models.ForeignKey(AlignedUnit, models.CASCADE, related_name="uses")
    aligned = models.ForeignKey(AlignedText, models.CASCADE, related_name="uses")

    class Meta:
        verbose_name = _("use of an aligned unit")
        verbose_name_plural = _("uses of aligned units")

    def __str__(self) -> str:
        return f"{self.unit_id} in {self.aligned_id}"


class AlignedUnitKey(models.Model):
    """A key by which a unit is found, of its text in one of its languages."""

    key = models.BigIntegerField()
    unit = models.ForeignKey(AlignedUnit, models.CASCADE, related_name="keys")

    class Meta:
        verbose_name = _("key of an aligned unit")
        verbose_name_plural = _("keys of aligned units")
        indexes = [models.Index(fields=["key", "unit"], name="aligned_unit_key")]

    def __str__(self) -> str:
        return f"{self.key:x}"
