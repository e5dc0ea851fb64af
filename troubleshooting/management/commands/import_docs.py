"""``manage.py import_docs PATH... [--language fr] [--source NAME] [--dry-run] [--report FILE]``.

``--jobs N`` parses N documents at the same time.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any, cast

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...importing import DocumentReport, ImportOutcome, RunReport, import_paths
from ...importing.runs.recording import recorded
from ...importing.wording import outcome_count, outcome_label
from ...models import ImportRun, Source
from ..base import PortalCommand, add_jobs

#: Characters of the bar.
_WIDTH = 40
#: Files that are named of those that are not read.
_NAMED = 20
#: Empties the line of a terminal from here on.
_CLEAR = "\x1b[K"


class Command(PortalCommand):
    help = cast(
        "str",
        gettext_lazy(
            "Imports documents as articles: Markdown, HTML, Word, and exports of other products."
        ),
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="+", metavar="PATH", help=_("A file, a folder or a zip archive.")
        )
        parser.add_argument("--language", help=_("The language of the documents, such as fr."))
        parser.add_argument("--source", metavar="NAME", help=_("The source they are from."))
        parser.add_argument("--dry-run", action="store_true", help=_("Only report."))
        parser.add_argument("--report", metavar="FILE", help=_("Write a report as JSON."))
        add_jobs(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        source = _source(options["source"]) if options["source"] else None
        call = partial(
            import_paths,
            options["paths"],
            language=options["language"],
            source=source,
            jobs=options["jobs"],
            progress=self._progress if options["verbosity"] else lambda *_: None,
        )
        if options["dry_run"]:
            run = call(dry_run=True)
        else:
            with recorded(ImportRun(source=source, files=options["paths"][:20])) as recorder:
                run = call(recorder=recorder)
        if options["report"]:
            self._write_report(run, options["report"])
        self._summary(run, options["verbosity"])

    def _progress(self, number: int, total: int, report: DocumentReport) -> None:
        articles = ngettext("%(count)d article", "%(count)d articles", len(report.articles)) % {
            "count": len(report.articles)
        }
        line = f"[{number}/{total}] {report.path}: {outcome_label(report.outcome)}, {articles}"
        failed = report.outcome is ImportOutcome.FAILED
        if self.stdout.isatty():
            self.stdout.write(_CLEAR, ending="")
        self.stdout.write(self.style.ERROR(report.said[0]) if failed else line)
        if not failed:
            for text in report.said:
                self.stdout.write(self.style.WARNING(f"  {text}"))
        self._bar(number, total)
        self.stdout.flush()

    def _bar(self, number: int, total: int) -> None:
        """Draw how far it is below the last line; only who watches a terminal sees it."""
        if not self.stdout.isatty():
            return
        filled = _WIDTH * number // total
        bar = f"[{'#' * filled}{'.' * (_WIDTH - filled)}] {100 * number // total} %"
        self.stdout.write(bar + "\r" if number < total else "", ending="")

    def _write_report(self, run: RunReport, name: str) -> None:
        text = json.dumps(run.as_json(), ensure_ascii=False, indent=2) + "\n"
        if name == "-":
            self.stdout.write(text, ending="")
            return
        try:
            Path(name).write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(
                _("The report cannot be written to %(name)s: %(reason)s.")
                % {"name": name, "reason": error.strerror}
            ) from error

    def _summary(self, run: RunReport, verbosity: int) -> None:
        outcomes = [article.outcome for document in run.documents for article in document.articles]
        counted = [
            outcome_count(outcome, outcomes.count(outcome))
            for outcome in ImportOutcome
            if outcome in outcomes
        ]
        if verbosity and outcomes:
            self.stdout.write(_("Texts: %(counts)s.") % {"counts": ", ".join(counted)})
        if run.left_out and verbosity:
            text = _("Not read, since they are of no kind that is: %(names)s.")
            shown = ", ".join(run.left_out[:_NAMED])
            more = ", …" if len(run.left_out) > _NAMED else ""
            self.stdout.write(self.style.WARNING(text % {"names": shown + more}))
        if run.dry_run and verbosity:
            self.stdout.write(self.style.WARNING(_("Dry run: nothing was changed.")))
        if run.failed:
            raise CommandError(
                ngettext(
                    "%(failed)d of %(total)d document could not be imported.",
                    "%(failed)d of %(total)d documents could not be imported.",
                    len(run.documents),
                )
                % {"failed": run.failed, "total": len(run.documents)}
            )


def _source(name: str) -> Source:
    source = Source.objects.filter(slug=name).first()
    if source is None:
        text = _("There is no source “%(name)s”. There are: %(known)s.")
        known = ", ".join(Source.objects.values_list("slug", flat=True))
        raise CommandError(text % {"name": name, "known": known or "–"})
    return source
