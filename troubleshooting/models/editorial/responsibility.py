"""Who is responsible for which articles, where roles hold within a field alone."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..catalog import Platform
from ..source import Source


class Responsibility(models.Model):
    """A field that an account, or every member of a group, has in a role.

    It narrows what the account's groups let it do, and never widens that.
    """

    class Role(models.TextChoices):
        AUTHOR = "author", _("Author")
        REVIEWER = "reviewer", _("Reviewer")

    class Scope(models.TextChoices):
        EVERYTHING = "everything", _("All articles")
        GENERAL = "general", _("Articles for all platforms")
        PLATFORM = "platform", _("Articles about a platform")
        SOURCE = "source", _("Articles imported from a source")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="responsibilities",
        verbose_name=_("account"),
    )
    group = models.ForeignKey(
        Group,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="responsibilities",
        verbose_name=_("group"),
    )
    role = models.CharField(_("role"), max_length=12, choices=Role)
    scope = models.CharField(_("field"), max_length=12, choices=Scope)
    platform = models.ForeignKey(
        Platform,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="responsibilities",
        verbose_name=_("platform"),
    )
    source = models.ForeignKey(
        Source,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="responsibilities",
        verbose_name=_("source"),
    )

    class Meta:
        ordering = ["scope", "platform", "source", "role", "pk"]
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user=None, group__isnull=False)
                | models.Q(user__isnull=False, group=None),
                name="responsibility_of_one_account_or_group",
            ),
            models.CheckConstraint(
                condition=models.Q(scope__in=["everything", "general"], platform=None, source=None)
                | models.Q(scope="platform", platform__isnull=False, source=None)
                | models.Q(scope="source", platform=None, source__isnull=False),
                name="responsibility_for_what_its_scope_says",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder}: {self.field}"

    @property
    def holder(self) -> str:
        """Return what whoever has it is called."""
        if self.user is not None:
            return self.user.get_full_name() or self.user.get_username()
        return str(self.group)

    @property
    def field(self) -> str:
        """Return what it is for, in words."""
        return str(self.platform or self.source or self.get_scope_display())
