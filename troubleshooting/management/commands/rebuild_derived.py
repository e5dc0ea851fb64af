"""``manage.py rebuild_derived``: derives everything anew from the texts."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any, cast

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ... import deriving
from ...caching import version
from ...editing import refusal
from ...memory import align_anew
from ...models import ArticleTranslation
from ...operation.semantics import in_words
from ...search.semantic.loading import problem
from ...search.semantic.writing import rewrite_vectors
from ...texts.bounded import UnrenderableText
from ...texts.structure import STRUCTURE_VERSION
from ..base import PortalCommand


class Command(PortalCommand):
    help = cast(
        "str",
        gettext_lazy("Derives codes, messages, steps and pages anew from the articles’ texts."),
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--stale", action="store_true", help=_("Only what older rules have derived.")
        )

        parser.add_argument(
            "--vectors",
            action="store_true",
            help=_("Only the vectors of the model in SEMANTIC_MODEL."),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        translations = ArticleTranslation.objects.order_by("pk")
        if options["vectors"]:
            self._rewrite_vectors(options["verbosity"])
            return
        if options["stale"]:
            translations = translations.exclude(rendered__structure_version=STRUCTURE_VERSION)
        else:
            align_anew()
        count = refused = 0
        for translation in translations.select_related("article").iterator(chunk_size=200):
            try:
                deriving.derive(translation)
                count += 1
            except UnrenderableText as error:
                refused += 1
                self._report(translation, error)
        if options["verbosity"]:
            self._summary(count)
        if refused:
            raise CommandError(
                ngettext(
                    "%(count)d text could not be derived.",
                    "%(count)d texts could not be derived.",
                    refused,
                )
                % {"count": refused}
            )

    def _rewrite_vectors(self, verbosity: int) -> None:
        """Write the vectors of all texts anew.

        Raise ``CommandError``: there is no model, or it cannot be used. Nothing is deleted then.
        """
        if not settings.SEMANTIC_MODEL:
            raise CommandError(
                _(
                    "SEMANTIC_MODEL names no model, so there are no vectors to write."
                    " Nothing changed."
                )
            )
        if wrong := problem():
            raise CommandError(in_words(wrong))
        with transaction.atomic():
            count = rewrite_vectors(connection)
            version.renew(connection)
        if verbosity:
            self.stdout.write(
                ngettext("%(count)d vector written.", "%(count)d vectors written.", count)
                % {"count": count}
            )

    def _report(self, translation: ArticleTranslation, error: UnrenderableText) -> None:
        place = f"{translation.article.slug} ({translation.language}) {error.field}".strip()
        self.stderr.write(self.style.ERROR(f"{place}: {refusal(error)}"))

    def _summary(self, count: int) -> None:
        self.stdout.write(
            ngettext("%(count)d text derived anew.", "%(count)d texts derived anew.", count)
            % {"count": count}
        )
