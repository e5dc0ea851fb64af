"""``manage.py export_docs DIR``: the imported documents, byte for byte."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any, cast

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...models import SourceDocument
from ...texts.converting import SUFFIXES as FOREIGN
from ..base import PortalCommand


class Command(PortalCommand):
    help = cast("str", gettext_lazy("Writes the imported documents to a folder, byte for byte."))

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", help=_("Where to write; made if missing."))

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(options["folder"])
        count = 0
        for document in SourceDocument.objects.order_by("key", "language").iterator(chunk_size=20):
            self._write(document, folder)
            count += 1
        self.stdout.write(
            ngettext("%(count)d document written to %(folder)s.",
                     "%(count)d documents written to %(folder)s.", count)
            % {"count": count, "folder": folder}
        )  # fmt: skip

    def _write(self, document: SourceDocument, folder: Path) -> None:
        # Of a file of another format the portal keeps the Markdown that it became.
        ending = ".md" if document.path.lower().endswith(FOREIGN) else ""
        target = (folder / f"{document.path}{ending}").resolve()
        if not target.is_relative_to(folder.resolve()):
            raise CommandError(_("%(path)s is outside the folder.") % {"path": document.path})
        if target.exists() and target.read_bytes() != bytes(document.raw):
            target = target.with_name(f"{document.key}.{document.language}.md")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(bytes(document.raw))
        except OSError as error:
            raise CommandError(f"{target}: {error.strerror}") from error
