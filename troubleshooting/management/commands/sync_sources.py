"""``manage.py sync_sources [NAME...] [--rev REVISION] [--dry-run]``"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any, cast

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...importing import ImportOutcome, RunReport, import_source, message
from ...importing.runs.recording import recorded
from ...importing.wording import outcome_count
from ...models import ImportRun, Source
from ...texts.docfx import DocumentError
from ...texts.remarks import in_words
from ..base import PortalCommand, add_jobs


class Command(PortalCommand):
    help = cast("str", gettext_lazy("Imports sources again, all active ones by default."))

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "names", nargs="*", metavar="NAME", help=_("The short name of a source.")
        )
        parser.add_argument("--rev", default="", help=_("The revision of a repository to read."))
        parser.add_argument("--dry-run", action="store_true", help=_("Only report."))
        add_jobs(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        failed = [
            source.slug
            for source in _sources(options["names"])
            if not self._sync(source, options["rev"], options["dry_run"], options["jobs"])
        ]
        if failed:
            text = _("Not everything could be imported: %(names)s.")
            raise CommandError(text % {"names": ", ".join(failed)})

    def _sync(self, source: Source, revision: str, dry_run: bool, jobs: int) -> bool:
        """Return whether all documents were imported."""
        try:
            run = _import(source, revision, dry_run, jobs)
        except DocumentError as error:
            noted = message(source.slug, error.code, None, error.detail)
            self.stderr.write(self.style.ERROR(in_words(noted)))
            return False
        for report in run.documents:
            if report.outcome is ImportOutcome.FAILED:
                self.stderr.write(self.style.ERROR(report.said[0]))
        self.stdout.write(f"{source.slug}: {_counts(run)}")
        return not run.failed


def _import(source: Source, revision: str, dry_run: bool, jobs: int) -> RunReport:
    """Import ``source``; what it changes can be taken back in the administration."""
    if dry_run:
        return import_source(source, revision=revision, dry_run=True, jobs=jobs)
    with recorded(ImportRun(source=source, files=[source.location])) as recorder:
        return import_source(source, revision=revision, recorder=recorder, jobs=jobs)


def _sources(names: list[str]) -> list[Source]:
    if not names:
        return list(Source.objects.filter(is_active=True))
    found = {source.slug: source for source in Source.objects.filter(slug__in=names)}
    for name in names:
        if name not in found:
            text = _("There is no source “%(name)s”. There are: %(known)s.")
            known = ", ".join(Source.objects.values_list("slug", flat=True))
            raise CommandError(text % {"name": name, "known": known or "–"})
    return [found[name] for name in names]


def _counts(run: RunReport) -> str:
    outcomes = [article.outcome for document in run.documents for article in document.articles]
    found = [outcome for outcome in ImportOutcome if outcome in outcomes]
    return ", ".join(outcome_count(outcome, outcomes.count(outcome)) for outcome in found) or "0"
