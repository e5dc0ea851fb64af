"""The search index, written by ``troubleshooting.search`` beside the texts, and the search log.

Everything here but ``SearchLog`` can be rebuilt from the translations. Rows are read and written
with SQL (``search/tables.py`` names the tables), since a search has a few milliseconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..querysets import visibility
from .article import LONGEST_TITLE, Article, ArticleTranslation
from .catalog import code_kinds
from .source import SourceDocument

if TYPE_CHECKING:
    from ..access import Reader


class SearchFacetsQuerySet(models.QuerySet["SearchFacets"]):
    """Combinations of facets."""

    def visible_to(self, reader: Reader) -> SearchFacetsQuerySet:
        """Return only those whose articles ``reader`` may see; ``search`` looks in nothing else."""
        return self.filter(visibility(reader))


class SearchFacets(models.Model):
    """One combination of facets. Entries that agree in all of them share the row.

    ``status`` and ``audience`` are named as in ``Article``, so that ``querysets.visibility``
    applies. ``members`` is a JSON object with the values in each facet that is declared:
    ``{"platform":[3,7],"kind":["error"],"language":["en","fr"]}``. Database triggers keep the
    combination of an article up to date (``search/engines/combinations``). ``mark`` is a random
    number of 32 bits, by which one combination is told from another that had its key before.
    """

    status = models.CharField(max_length=12)
    audience = models.CharField(max_length=12)
    members = models.TextField()
    mark = models.BigIntegerField(default=0, db_default=0, editable=False)

    objects = SearchFacetsQuerySet.as_manager()

    class Meta:
        verbose_name = _("combination of facets")
        verbose_name_plural = _("combinations of facets")
        constraints = [
            models.UniqueConstraint(
                fields=["status", "audience", "members"],
                name="one_row_per_combination_of_facets",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.audience} {self.members}"


class SearchEntry(models.Model):
    """The narrow half of what is indexed of a translation: what counting and filtering read."""

    translation = models.OneToOneField(
        ArticleTranslation, models.CASCADE, related_name="search_entry", primary_key=True
    )
    article = models.ForeignKey(Article, models.CASCADE, related_name="search_entries")
    language = models.CharField(max_length=12)
    facets = models.ForeignKey(
        SearchFacets, models.PROTECT, null=True, editable=False, related_name="entries"
    )

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")

    def __str__(self) -> str:
        return str(self.translation_id)


class SearchText(models.Model):
    """The wide half: the terms that are indexed, and the plain passages that hits quote."""

    entry = models.OneToOneField(SearchEntry, models.CASCADE, related_name="text", primary_key=True)
    title = models.CharField(max_length=LONGEST_TITLE)
    title_terms = models.TextField(blank=True)
    key_terms = models.TextField(blank=True, help_text=_("Terms of codes and messages."))
    body_terms = models.TextField(blank=True)
    passages = models.TextField(help_text=_("JSON: a list of anchor, section and plain text."))

    class Meta:
        verbose_name = _("searched text")
        verbose_name_plural = _("searched texts")

    def __str__(self) -> str:
        return self.title


class SearchCode(models.Model):
    """The typed index of codes: by value, by low word, by spelling and by a part of a symbol."""

    entry = models.ForeignKey(SearchEntry, models.CASCADE, related_name="codes")
    article = models.ForeignKey(Article, models.CASCADE, related_name="+")
    canonical = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=code_kinds)
    value = models.BigIntegerField(null=True, db_index=True)
    low_word = models.PositiveIntegerField(null=True, db_index=True)
    key = models.CharField(max_length=120, db_index=True)
    whole = models.BooleanField(help_text=_("False: the key of the end of a symbol's name."))
    defines = models.BooleanField(
        default=False, help_text=_("Whether the article is about the code, not only cites it.")
    )

    class Meta:
        verbose_name = _("searched code")
        verbose_name_plural = _("searched codes")

    def __str__(self) -> str:
        return self.canonical


class SearchMessage(models.Model):
    """A message of a translation, in folded words, as a pasted log is compared with it."""

    entry = models.ForeignKey(SearchEntry, models.CASCADE, related_name="messages")
    article = models.ForeignKey(Article, models.CASCADE, related_name="+")
    text = models.TextField()
    words = models.TextField()

    class Meta:
        verbose_name = _("searched message")
        verbose_name_plural = _("searched messages")

    def __str__(self) -> str:
        return self.text


class SearchGram(models.Model):
    """A few adjacent words of a message, as a checksum, by which a log finds the message."""

    message = models.ForeignKey(SearchMessage, models.CASCADE, related_name="grams")
    gram = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name = _("words of a message")
        verbose_name_plural = _("words of messages")

    def __str__(self) -> str:
        return str(self.gram)


class SearchVector(models.Model):
    """What a text means, as a semantic model has it; there is none unless one is supplied.

    ``model`` is the digest of the model, ``data`` are numbers of two bytes (IEEE 754, little end
    first). A text that changes gets a new row.
    """

    entry = models.OneToOneField(SearchEntry, models.CASCADE, related_name="vector")
    model = models.CharField(max_length=64)
    data = models.BinaryField()

    class Meta:
        verbose_name = _("vector of a text")
        verbose_name_plural = _("vectors of texts")

    def __str__(self) -> str:
        return str(self.entry_id)


class SearchWord(models.Model):
    """A word that some text holds; typing errors are corrected towards these."""

    language = models.CharField(max_length=12)
    word = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("known word")
        verbose_name_plural = _("known words")
        constraints = [
            models.UniqueConstraint(fields=["language", "word"], name="one_row_per_known_word"),
        ]

    def __str__(self) -> str:
        return self.word


class DocumentTerm(models.Model):
    """A term of an imported document's own words: what whole documents are found by."""

    document = models.ForeignKey(SourceDocument, models.CASCADE, related_name="terms")
    term = models.CharField(max_length=60)
    in_title = models.BooleanField()

    class Meta:
        verbose_name = _("term of a document")
        verbose_name_plural = _("terms of documents")
        constraints = [
            models.UniqueConstraint(
                fields=["term", "document"], name="one_row_per_term_of_a_document"
            ),
        ]

    def __str__(self) -> str:
        return self.term


class SearchLog(models.Model):
    """A search, without anything personal: known words and recognised codes, never the text."""

    created = models.DateTimeField(_("time"), default=timezone.now, db_index=True)
    kind = models.CharField(_("kind"), max_length=12)
    words = models.CharField(_("known words"), max_length=300, blank=True)
    unknown = models.PositiveSmallIntegerField(_("number of unknown words"), default=0)
    codes = models.JSONField(_("recognised codes"), default=list, blank=True)
    language = models.CharField(_("language"), max_length=12)
    hits = models.PositiveIntegerField(_("number of results"), default=0)
    chosen = models.ForeignKey(
        Article, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("chosen")
    )

    class Meta:
        ordering = ["-created"]
        verbose_name = _("search")
        verbose_name_plural = _("searches")

    def __str__(self) -> str:
        return self.words or ", ".join(self.codes)
