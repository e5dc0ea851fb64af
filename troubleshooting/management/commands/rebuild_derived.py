"""``manage.py rebuild_derived``: derives everything anew from the texts."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ... import deriving
from ...models import ArticleTranslation
from ...structure import STRUCTURE_VERSION


class Command(BaseCommand):
    help = gettext_lazy("Derives codes, messages, steps and pages anew from the articles' texts.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--stale", action="store_true", help=_("Only what older rules have derived.")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        translations = ArticleTranslation.objects.order_by("pk")
        if options["stale"]:
            translations = translations.exclude(rendered__structure_version=STRUCTURE_VERSION)
        count = 0
        for translation in translations.iterator(chunk_size=200):
            deriving.derive(translation)
            count += 1
        if not options["verbosity"]:
            return
        self.stdout.write(
            ngettext("%(count)d text derived anew.", "%(count)d texts derived anew.", count)
            % {"count": count}
        )
