"""Images that editors upload or that come with a document. Who sees one is decided by its uses."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..querysets import MediaImageQuerySet


class MediaImage(models.Model):
    """An image, re-encoded; ``name`` is a hash of its bytes with the ending of its format.

    A text shows it as ``![words](/media/NAME)``.
    """

    name = models.CharField(_("name"), max_length=80, unique=True)
    file = models.FileField(_("file"), max_length=120)
    original_name = models.CharField(_("original name"), max_length=200, blank=True)
    content_type = models.CharField(_("format"), max_length=40)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    size = models.PositiveIntegerField(_("bytes"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    created = models.DateTimeField(_("created"), default=timezone.now)

    objects = MediaImageQuerySet.as_manager()

    #: Annotated by ``with_usage``.
    article_count: int

    class Meta:
        ordering = ["-created", "name"]
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def __str__(self) -> str:
        return self.original_name or self.name

    def get_absolute_url(self) -> str:
        return reverse("media", kwargs={"name": self.name})


class SourceImage(models.Model):
    """The image that the documents of a key mean by a path of theirs."""

    document_key = models.SlugField(_("document"), max_length=160)
    path = models.CharField(_("path in the document"), max_length=300)
    image = models.ForeignKey(
        MediaImage, models.CASCADE, related_name="sources", verbose_name=_("image")
    )

    class Meta:
        ordering = ["document_key", "path"]
        verbose_name = _("image of a document")
        verbose_name_plural = _("images of documents")
        constraints = [
            models.UniqueConstraint(
                fields=["document_key", "path"], name="one_image_per_document_and_path"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_key}: {self.path}"
