"""What happens to an article beside its texts: its status, who has it open, what is not saved."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from ..texts.remarks import in_words, remark
from .article import Article

#: Characters of why an article goes to another state, or a revision goes back.
LONGEST_REASON = 1000

#: What parts the values that several rows have of one field.
PARTED = "; "


class StatusChange(models.Model):
    """One step of an article through its states, by whom, and what they said."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="status_changes")
    before = models.CharField(_("from"), max_length=12, choices=Article.Status)
    after = models.CharField(_("to"), max_length=12, choices=Article.Status)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("author"),
    )
    comment = models.CharField(_("comment"), max_length=LONGEST_REASON, blank=True)
    created = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        ordering = ["-created", "-pk"]
        verbose_name = _("change of status")
        verbose_name_plural = _("changes of status")

    def __str__(self) -> str:
        return f"{self.before} > {self.after}"

    @property
    def is_rejection(self) -> bool:
        """Return whether it was sent back with a reason; who takes it back need not give one."""
        pair = (self.before, self.after)
        return pair == (Article.Status.IN_REVIEW, Article.Status.DRAFT) and bool(self.comment)


class BulkChange(models.Model):
    """What one act changed of many articles, so that it can be taken back."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("who"),
    )
    #: What people call each action.
    LABELS = {
        "publish": _("Publish"),
        "archive": _("Archive"),
        "reopen": _("Reopen"),
        "set_owner": _("Set the owner"),
        "set_review_date": _("Set the review date"),
        "set_platforms": _("Set the platforms"),
        "set_kind": _("Set the kind"),
        "set_audience": _("Set the audience"),
        "mark_as_reviewed": _("Mark as reviewed today"),
        "replace": _("Find and replace"),
    }

    action = models.CharField(_("action"), max_length=40)
    created = models.DateTimeField(_("time"), default=timezone.now, db_index=True)
    rows = models.JSONField(help_text="For each article: its key, fields before and after.")
    undone = models.DateTimeField(_("taken back"), null=True)
    detail = models.CharField(
        _("details"),
        max_length=300,
        blank=True,
        help_text="What it did, where its name is not all.",
    )

    class Meta:
        ordering = ["-created", "-pk"]
        verbose_name = _("change of many articles")
        verbose_name_plural = _("changes of many articles")

    def __str__(self) -> str:
        return f"{self.LABELS.get(self.action, self.action)} ({len(self.rows)})"

    def changed(self) -> tuple[dict[str, str], dict[str, str]]:
        """Return what fields of the articles held before, and after, by name.

        Where the articles had several values, these stand one after the other (``PARTED``).
        """
        before, after = (self._held(side) for side in ("before", "after"))
        return before, after

    def _held(self, side: str) -> dict[str, str]:
        held: dict[str, dict[str, None]] = {}
        for row in self.rows:
            named = row.get("named", {}).get(side, {})
            for name, value in row.get(side, {}).items():
                # Owners and platforms are kept by key; acts of former times know no names of them.
                said = named.get(name) if name in ("owner_id", "platforms") else value or ""
                if said is not None:
                    held.setdefault(name.removesuffix("_id"), {})[said] = None
        return {
            name: PARTED.join(said or "–" for said in values)
            if len(values) > 1
            else next(iter(values))
            for name, values in held.items()
        }

    def noted(self) -> str:
        """Return what lines of the log call it, to be read in any language."""
        with override(None):  # the text of the source, as catalogues know it
            label = str(self.LABELS.get(self.action, self.action))
        return f"{remark(label)} ({len(self.rows)})"


class TrashedArticle(models.Model):
    """An article that was deleted, with all that belongs to it, until the trash is emptied.

    Nothing but the trash, and what editors are told at an address of such an article, reads it.
    """

    slug = models.CharField(_("address"), max_length=200)
    status = models.CharField(_("status"), max_length=12, choices=Article.Status)
    titles = models.JSONField(help_text="Titles by language.")
    rows = models.TextField(help_text="Everything that belongs to it, as Django serialises rows.")
    gaps = models.JSONField(default=list, help_text="Keys of the reports that it was begun for.")
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("deleted by"),
    )
    deleted = models.DateTimeField(_("deleted"), default=timezone.now, db_index=True)

    class Meta:
        ordering = ["-deleted", "-pk"]
        verbose_name = _("article in the trash")
        verbose_name_plural = _("articles in the trash")

    def __str__(self) -> str:
        return next(iter(self.titles.values()), self.slug)


class EditingPresence(models.Model):
    """Someone who has the form of a text open; ``seen`` is when their browser last said so."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="presences")
    language = models.CharField(max_length=12)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    seen = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("open form")
        verbose_name_plural = _("open forms")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "language", "user"], name="one_presence_per_text_and_user"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.article_id} {self.language}"


class KeptDraft(models.Model):
    """What somebody typed into a form and did not save yet; nobody else ever sees it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    article = models.ForeignKey(
        Article, models.CASCADE, null=True, related_name="+", help_text="None: a new article."
    )
    page = models.CharField(max_length=12)
    language = models.CharField(max_length=12)
    token = models.CharField(max_length=60)
    fields = models.JSONField(help_text="Lists of values by the name of the field.")
    modified = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("kept draft")
        verbose_name_plural = _("kept drafts")
        constraints = [
            models.UniqueConstraint(fields=["user", "token"], name="one_kept_draft_per_form"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.article_id} {self.language}"


class UnfinishedTranslation(models.Model):
    """A translation that is not complete: editors see it, nothing that readers see reads it."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="unfinished")
    language = models.CharField(max_length=12)
    texts = models.JSONField(help_text="Canonical texts by name.")
    source_language = models.CharField(max_length=12)
    source_revision = models.PositiveIntegerField(
        default=0, help_text="The revision of the source that it was begun from; 0: not known."
    )
    number = models.PositiveIntegerField(default=1, help_text="Counts the saves.")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    modified = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("unfinished translation")
        verbose_name_plural = _("unfinished translations")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "language"], name="one_unfinished_translation_per_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.language}"


class FormReceipt(models.Model):
    """A form that made an article: sent once more, it makes no second one."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    token = models.CharField(max_length=60)
    article = models.ForeignKey(Article, models.CASCADE, related_name="+")
    created = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("receipt of a form")
        verbose_name_plural = _("receipts of forms")
        constraints = [
            models.UniqueConstraint(fields=["user", "token"], name="one_receipt_per_form"),
        ]

    def __str__(self) -> str:
        return self.token


class FormAddition(models.Model):
    """What a form added: sent once more, it adds nothing.

    Articles have receipts of their own, which go with them. ``model`` and ``key`` name the row,
    ``content`` is a digest of the values that were sent, which tells them from others.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    number = models.CharField(max_length=60)
    model = models.CharField(max_length=100)
    key = models.CharField(max_length=40)
    content = models.CharField(max_length=64)
    created = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("what a form added")
        verbose_name_plural = _("what forms added")
        constraints = [
            models.UniqueConstraint(fields=["user", "number"], name="one_addition_per_form"),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.key}"


class AuditEntry(models.Model):
    """One act of a person. Nobody changes or deletes it in the administration."""

    class Act(models.TextChoices):
        SIGN_IN = "sign_in", _("Signed in")
        SIGN_OUT = "sign_out", _("Signed out")
        REFUSED = "refused", _("Sign-in refused")
        ADDED = "added", _("Added")
        CHANGED = "changed", _("Changed")
        STATUS = "status", _("Changed the status")
        DELETED = "deleted", _("Deleted")
        RESTORED = "restored", _("Restored")
        MANY = "many", _("Changed many articles")
        EXPORTED = "exported", _("Exported")
        SENT = "sent", _("Sent to the translation service")

    time = models.DateTimeField(_("time"), default=timezone.now, db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("account"),
    )
    who = models.CharField(
        _("who"),
        max_length=200,
        help_text="What the account was called then; empty where nobody knows who it was.",
    )
    act = models.CharField(_("action"), max_length=12, choices=Act, db_index=True)
    kind = models.CharField(_("kind"), max_length=60, blank=True, help_text="Name of the model.")
    key = models.CharField(max_length=60, blank=True)
    name = models.CharField(_("what"), max_length=300, blank=True)
    before = models.JSONField(_("before"), default=dict, help_text="Values in words, by field.")
    after = models.JSONField(_("after"), default=dict, help_text="Values in words, by field.")
    detail = models.CharField(_("details"), max_length=1000, blank=True)

    class Meta:
        ordering = ["-time", "-pk"]
        verbose_name = _("act")
        verbose_name_plural = _("acts")

    def __str__(self) -> str:
        said = [in_words(self.who), self.get_act_display(), in_words(self.name)]
        return " · ".join(filter(None, said))
