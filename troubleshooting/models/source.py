"""Imported documents, kept byte for byte, which article each part became, and what each run did."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..access import Reader
from ..querysets import SourceDocumentQuerySet
from .article import Article
from .catalog import Platform
from .jobs import Job


class Source(models.Model):
    """A tree of documents that is imported again and again; paths are unique within it."""

    class Kind(models.TextChoices):
        FOLDER = "folder", _("Folder")
        ZIP = "zip", _("Zip archive")
        GIT = "git", _("Git repository")

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.FOLDER)
    location = models.CharField(
        _("place"),
        max_length=400,
        help_text=_("Absolute path on the server: folder, archive, repository."),
    )
    revision = models.CharField(
        _("revision"),
        max_length=120,
        blank=True,
        help_text=_("Branch, tag or commit of a repository; empty: HEAD."),
    )
    include = models.TextField(
        _("only these paths"),
        blank=True,
        help_text=_("One pattern a line: “docs/**/troubleshoot-*.md”; empty: all."),
    )
    exclude = models.TextField(
        _("not these paths"), blank=True, help_text=_("One pattern a line, such as “archive/**”.")
    )
    languages = models.TextField(
        _("languages of folders"),
        blank=True,
        help_text=_("One a line, for other names: “articles-de = de”."),
    )
    link_base = models.URLField(
        _("address of its pages"),
        max_length=300,
        blank=True,
        help_text=_("Links to documents that are not here lead below it."),
    )
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    licence_url = models.URLField(_("licence address"), max_length=500, blank=True)
    attribution = models.TextField(_("attribution"), blank=True)
    platforms = models.ManyToManyField(
        Platform,
        blank=True,
        related_name="+",
        verbose_name=_("platforms"),
        help_text=_("Of new articles whose text names none."),
    )
    status = models.CharField(
        _("status of new articles"),
        max_length=12,
        choices=Article.Status,
        default=Article.Status.PUBLISHED,
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner of new articles"),
    )
    review_days = models.PositiveSmallIntegerField(
        _("days until their review"), null=True, blank=True
    )
    is_active = models.BooleanField(
        _("imported by the timer"),
        default=True,
        help_text=_("By “manage.py sync_sources”, which a timer of the server runs."),
    )
    imported = models.DateTimeField(_("last import"), null=True, editable=False)
    imported_revision = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.name


class SourceDocument(models.Model):
    """One imported file in one language. ``key`` is shared by its translations.

    The key is its address, given once; the file is recognised by ``source`` and ``path``, by its
    publisher's ``asset_id``, or by likeness. ``former_names`` are what links called it before.
    """

    source = models.ForeignKey(
        Source,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("source"),
    )
    asset_id = models.CharField(_("publisher's number"), max_length=80, blank=True, db_index=True)
    former_names = models.JSONField(_("former names"), default=list, blank=True)
    removed = models.DateTimeField(_("removed from the source"), null=True, blank=True)
    key = models.SlugField(_("key"), max_length=160)
    language = models.CharField(_("language"), max_length=12)
    path = models.CharField(_("file name"), max_length=400)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    raw = models.BinaryField(_("original bytes"))
    title = models.CharField(_("title"), max_length=300)
    preamble = models.TextField(_("introduction and closing words"), blank=True)
    preamble_html = models.TextField(blank=True, editable=False)
    front_matter = models.JSONField(_("front matter"), default=dict, blank=True)
    outline = models.JSONField(_("outline"), default=list, blank=True)
    source_url = models.URLField(_("source"), max_length=500, blank=True)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    licence_url = models.URLField(_("licence address"), max_length=500, blank=True)
    attribution = models.TextField(_("attribution"), blank=True)
    date = models.DateField(_("date of the source"), null=True, blank=True)
    revision = models.CharField(_("revision"), max_length=64, blank=True)
    imported = models.DateTimeField(_("imported"), default=timezone.now)
    shown_to = models.CharField(
        _("shown to"),
        max_length=12,
        choices=[
            (Reader.PUBLIC.value, _("everyone")),
            (Reader.STAFF.value, _("staff only")),
            (Reader.EDITOR.value, _("editors only")),
        ],
        default=Reader.PUBLIC.value,
    )

    objects = SourceDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["key", "language"]
        verbose_name = _("source document")
        verbose_name_plural = _("source documents")
        constraints = [
            models.UniqueConstraint(
                fields=["key", "language"], name="one_document_per_key_and_language"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("troubleshooting:document", kwargs={"key": self.key})


class SourceEntry(models.Model):
    """The part of a document that became an article, with the texts of the last import.

    Those texts are the common ancestor of a later re-import and of what editors wrote since.
    """

    document = models.ForeignKey(SourceDocument, models.CASCADE, related_name="entries")
    article = models.ForeignKey(Article, models.CASCADE, related_name="sources")
    anchor = models.CharField(_("anchor"), max_length=300)
    aliases = models.JSONField(_("anchors inside it"), default=list, blank=True)
    codes = models.JSONField(_("codes of the table row"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("position"))
    first_line = models.PositiveIntegerField(_("first line"))
    last_line = models.PositiveIntegerField(_("last line"))
    base = models.JSONField(_("texts of the last import"), default=dict)
    removed = models.DateTimeField(
        _("removed from the document"), null=True, blank=True, db_index=True
    )
    decided = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When somebody decided that its article stays.",
    )

    kin = models.ForeignKey(
        Article,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Of a part that is gone: what has its words now; else: what had them.",
    )

    class Meta:
        ordering = ["document", "position"]
        verbose_name = _("part of a document")
        verbose_name_plural = _("parts of a document")
        constraints = [
            models.UniqueConstraint(
                fields=["document", "article"], name="one_entry_per_document_and_article"
            ),
            models.UniqueConstraint(fields=["document", "position"], name="one_entry_per_position"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}#{self.anchor}"


class ImportRun(models.Model):
    """One import, or the rehearsal of one; its report stays when its job is forgotten."""

    source = models.ForeignKey(
        Source,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="runs",
        verbose_name=_("source"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who"),
    )
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    undoing = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    files = models.JSONField(_("files"), default=list, help_text="What was named or uploaded.")
    token = models.CharField(max_length=60, blank=True, help_text="Of the kept upload.")
    is_upload = models.BooleanField(default=False)
    language = models.CharField(_("language"), max_length=12, blank=True)
    is_rehearsal = models.BooleanField(_("rehearsal"), default=False)
    error = models.CharField(_("error"), max_length=500, blank=True)
    created = models.DateTimeField(_("begun"), default=timezone.now)
    finished = models.DateTimeField(_("finished"), null=True)
    undone = models.DateTimeField(_("taken back"), null=True)
    left = models.JSONField(default=list, help_text="What was not taken back, and why.")
    left_out = models.JSONField(default=list, help_text="Files that nobody reads.")

    class Meta:
        ordering = ["-created", "-pk"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        names = ", ".join(self.files[:3])
        return str(self.source or f"{names}{' …' if len(self.files) > 3 else ''}")


class ImportedDocument(models.Model):
    """What a run did with one file, written in the transaction that did it."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="documents")
    path = models.CharField(max_length=500)
    outcome = models.CharField(max_length=12)
    report = models.JSONField(help_text="The report on the document, without its lines.")
    changes = models.JSONField(default=list, help_text="The texts that it changed, and from what.")
    before = models.TextField(
        blank=True, help_text="The document and its entries as they were, serialised."
    )
    document = models.BigIntegerField(null=True, help_text="Its key, also when it is gone.")
    undone = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("imported file")
        verbose_name_plural = _("imported files")
        constraints = [
            models.UniqueConstraint(fields=["run", "path"], name="one_report_per_run_and_file"),
        ]

    def __str__(self) -> str:
        return self.path
