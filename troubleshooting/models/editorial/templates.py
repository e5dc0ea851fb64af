"""Templates: what an article of some kind is begun with."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..article import Article
from ..catalog import Platform

LONGEST_NAME = 100
LONGEST_DESCRIPTION = 300


class ArticleTemplate(models.Model):
    """A pattern for articles of some kind, in one language or several; no reader sees it.

    ``texts`` hold, by language, what a text of an article holds, with a ``name`` and a
    ``description`` of the template itself. ``version`` counts the saves.
    """

    texts = models.JSONField(_("texts"), default=dict, help_text="Canonical texts by language.")
    kind = models.CharField(
        _("kind"), max_length=12, choices=Article.Kind, default=Article.Kind.PROBLEM
    )
    audience = models.CharField(
        _("audience"), max_length=12, choices=Article.Audience, default=Article.Audience.PUBLIC
    )
    platforms = models.ManyToManyField(
        Platform,
        blank=True,
        related_name="templates",
        verbose_name=_("platforms"),
        help_text=_("None chosen: the article applies to all platforms."),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
        help_text=_("Who will own the articles. Nobody chosen: whoever writes them."),
    )
    review_days = models.PositiveIntegerField(
        _("days until the review"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
        help_text=_("Empty: as for every article, counted from its publication."),
    )
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    modified = models.DateTimeField(_("modified"), default=timezone.now, editable=False)

    class Meta:
        ordering = ["kind", "pk"]
        verbose_name = _("template")
        verbose_name_plural = _("templates")

    def __str__(self) -> str:
        return self.text("name")

    def text(self, name: str) -> str:
        """Return the text ``name`` in the language of the moment, else in another that has it."""
        languages = (get_language() or "", *self.texts)
        return next(filter(None, (self.texts.get(one, {}).get(name) for one in languages)), "")


class TemplateUseQuerySet(models.QuerySet["TemplateUse"]):
    """What articles were begun with."""

    def known_prompts(self, article: int) -> frozenset[str]:
        """Return the words of the prompts that the article with that key was begun with."""
        prompts = self.filter(article=article).values_list("prompts", flat=True)
        return frozenset(word for words in prompts for word in words)


class TemplateUse(models.Model):
    """What an article was begun with; a later change of the template changes nothing here.

    ``names`` are what the template was called then, ``prompts`` what it left to be replaced.
    """

    article = models.OneToOneField(Article, models.CASCADE, related_name="template_use")
    template = models.ForeignKey(
        ArticleTemplate, models.SET_NULL, null=True, related_name="uses", verbose_name=_("template")
    )
    version = models.PositiveIntegerField(_("version"))
    names = models.JSONField(help_text="Names of the template by language.")
    prompts = models.JSONField(help_text="Words of its prompts.")

    objects = TemplateUseQuerySet.as_manager()

    class Meta:
        verbose_name = _("use of a template")
        verbose_name_plural = _("uses of templates")

    def __str__(self) -> str:
        return self.names.get(get_language()) or next(iter(self.names.values()), "")
