"""``manage.py export_articles PATH.zip [--language fr] [--status published] [--internal]``."""

from __future__ import annotations

import os
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...exporting import Exported, ExportSelection, write_archive
from ...models import Article
from ..base import PortalCommand


class Command(PortalCommand):
    help = cast(
        "str",
        gettext_lazy(
            "Writes articles and their images to a zip of Markdown files, which import_docs reads."
        ),
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="PATH.zip", help=_("The file to write."))
        parser.add_argument(
            "--language",
            action="append",
            default=[],
            choices=[code for code, _name in settings.LANGUAGES],
            help=_("Only texts in this language; may be given again."),
        )
        parser.add_argument(
            "--status",
            action="append",
            default=[],
            choices=Article.Status.values,
            help=_("Only articles in this state; may be given again."),
        )
        parser.add_argument(
            "--internal",
            action="store_true",
            help=_("With the notes that only signed-in staff see."),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        articles = Article.objects.all()
        if options["status"]:
            articles = articles.filter(status__in=options["status"])
        selection = ExportSelection(articles, frozenset(options["language"]), options["internal"])
        path = Path(options["path"])
        done = self._write(path, selection)
        if options["verbosity"]:
            self.stdout.write(self._summary(done, path))

    def _summary(self, exported: Exported, path: Path) -> str:
        articles = ngettext("%(count)d article", "%(count)d articles", exported.articles)
        texts = ngettext("%(count)d text", "%(count)d texts", exported.files)
        images = ngettext("%(count)d image", "%(count)d images", exported.images)
        return _("Written to %(path)s: %(articles)s, %(texts)s, %(images)s.") % {
            "path": path,
            "articles": articles % {"count": exported.articles},
            "texts": texts % {"count": exported.files},
            "images": images % {"count": exported.images},
        }

    def _write(self, path: Path, selection: ExportSelection) -> Exported:
        """Write beside ``path`` first: what is there is replaced whole or not at all."""
        try:
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        try:
            with os.fdopen(handle, "wb") as target:
                done = write_archive(target, selection)
            Path(name).chmod(0o644 if not selection.internal else 0o600)
            Path(name).replace(path)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        finally:
            Path(name).unlink(missing_ok=True)
        return done
