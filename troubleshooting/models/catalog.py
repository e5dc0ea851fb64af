"""Vocabulary shared by all articles: platforms and error codes. It is kept, never derived away."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..texts.codes import FAMILIES


def code_kinds() -> list[tuple[str, str]]:
    """Return the kinds of code, one for each family; a new one needs no migration."""
    return [(family.kind, family.kind.upper()) for family in FAMILIES]


class Platform(models.Model):
    """A system that articles are about. Names are product names, the same in every language."""

    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    icon = models.SlugField(_("icon"), blank=True, help_text=_("Name of a symbol in the sprite."))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    #: Annotated by ``platforms_with_counts``.
    own_count: int
    general_count: int
    article_count: int

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("platform")
        verbose_name_plural = _("platforms")

    def __str__(self) -> str:
        return self.name


class FormerPlatformAddress(models.Model):
    """A slug that a platform had, or one that was merged into it: links still lead there."""

    slug = models.SlugField(_("slug"), unique=True)
    platform = models.ForeignKey(
        Platform, models.CASCADE, related_name="former_addresses", verbose_name=_("platform")
    )

    class Meta:
        verbose_name = _("former address of a platform")
        verbose_name_plural = _("former addresses of platforms")

    def __str__(self) -> str:
        return self.slug


class ErrorCode(models.Model):
    """One code, whatever its spelling; ``value`` is the unsigned 32-bit number, if it is one."""

    canonical = models.CharField(_("code"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=code_kinds)
    value = models.BigIntegerField(_("value"), null=True, blank=True, db_index=True)

    class Meta:
        ordering = ["canonical"]
        verbose_name = _("error code")
        verbose_name_plural = _("error codes")

    def __str__(self) -> str:
        return self.canonical


class CodeSpelling(models.Model):
    """A way in which a text writes a code; ``key`` is what a look-up compares."""

    code = models.ForeignKey(ErrorCode, models.CASCADE, related_name="spellings")
    text = models.CharField(_("spelling"), max_length=120)
    key = models.CharField(_("look-up key"), max_length=120, db_index=True)

    class Meta:
        ordering = ["text"]
        verbose_name = _("spelling")
        verbose_name_plural = _("spellings")
        constraints = [
            models.UniqueConstraint(fields=["code", "text"], name="one_row_per_code_and_spelling"),
        ]

    def __str__(self) -> str:
        return self.text
