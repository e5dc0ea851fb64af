"""``manage.py check_index [--fix]``: proves that the search index equals the texts."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from typing import Any, cast

from django.core.management.base import CommandError
from django.db import connections
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...caching import version
from ...deriving import snippets_named, text_of_document
from ...models import ArticleTranslation, SourceDocument
from ...search import IndexDocument, document_of, rebuild
from ...search.index.documents import DocumentText, differing, write_document
from ...search.index.verifying import Difference, differences, repair
from ...texts.structure import structure_article
from ..base import PortalCommand

_LINES = 20


class Command(PortalCommand):
    help = cast(
        "str", gettext_lazy("Checks that the search index matches the texts; --fix repairs it.")
    )
    requires_system_checks = []  # one of them says to run this command

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fix", action="store_true", help=_("Repair what differs."))
        parser.add_argument("--rebuild", action="store_true", help=_("Make the whole index anew."))
        parser.add_argument("--database", default="default")

    def handle(self, *args: Any, **options: Any) -> None:
        self.connection = connections[options["database"]]
        if options["rebuild"]:
            count = rebuild(self.connection, self._documents())
            self._index_sources(self._sources())
            version.renew(self.connection)
            self.stdout.write(_("%(count)d texts indexed.") % {"count": count})
            return
        found = [*differences(self.connection, self._documents()), *self._stale_sources()]
        for one in found[:_LINES]:
            self.stdout.write(self._line(one))
        if not found:
            self.stdout.write(_("The search index matches the texts."))
        elif options["fix"]:
            self._fix(found)
        else:
            raise CommandError(self._count(found) + " " + _("Run again with --fix to repair."))

    def _fix(self, all_differences: list[Difference]) -> None:
        repair(self.connection, all_differences, self._documents())
        self._index_sources(differing(self.connection, self._sources()))
        version.renew(self.connection)
        left = [*differences(self.connection, self._documents()), *self._stale_sources()]
        if left:
            raise CommandError(self._count(left))
        self.stdout.write(_("Repaired: the search index matches the texts."))

    def _documents(self) -> Iterator[IndexDocument]:
        texts = ArticleTranslation.objects.using(self.connection.alias).select_related("article")
        for translation in texts.order_by("pk").iterator(chunk_size=200):
            said, language = translation.texts(), translation.language
            known = snippets_named(said.values(), language, using=self.connection.alias)
            structured = structure_article(said, language, snippets=known.texts)
            yield document_of(translation, structured)

    def _sources(self) -> Iterator[DocumentText]:
        documents = SourceDocument.objects.using(self.connection.alias).defer("raw")
        yield from map(text_of_document, documents.order_by("pk").iterator(chunk_size=200))

    def _stale_sources(self) -> Iterator[Difference]:
        for document in differing(self.connection, self._sources()):
            yield Difference("document", detail=document.title)

    def _index_sources(self, documents: Iterable[DocumentText]) -> None:
        for document in list(documents):
            write_document(self.connection, document)

    def _line(self, one: Difference) -> str:
        words = {
            "missing": _("Text %(key)s is not in the index."),
            "differs": _("Text %(key)s differs in the index: %(detail)s."),
            "superfluous": _("The index holds text %(key)s, which is not there."),
            "facets": _("Text %(key)s has stale facets in the index."),
            "document": _("The document “%(detail)s” differs in the index."),
            "lost": _("%(detail)s is missing."),
            "full_text": _("The full-text index differs from its rows."),
        }
        return words[one.what] % {"key": one.translation_id, "detail": one.detail}

    def _count(self, differences: list[Difference]) -> str:
        count = len(differences)
        return ngettext("%(count)d difference.", "%(count)d differences.", count) % {"count": count}
