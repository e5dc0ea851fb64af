"""What a run did to each file, written in the very transaction that did it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from django.core import serializers
from django.db.models import Model

from ...models import ImportedDocument, ImportRun, SourceDocument
from ..report import DocumentReport, TextChange


@dataclass(slots=True)
class Changes:
    """What storing one document changes, so that it can be undone.

    ``rows``: the document and its entries as they were, and those that it took from others.
    ``is_kept``: somebody keeps them, and reads what the sides say of a text.
    """

    is_kept: bool = False
    texts: list[TextChange] = field(default_factory=list)
    rows: list[Model] = field(default_factory=list)

    def remember(self, row: SourceDocument) -> None:
        """Keep a stored document and its entries as they are now."""
        if row.pk is not None:
            self.rows += [SourceDocument.objects.get(pk=row.pk), *row.entries.all()]

    def before(self) -> str:
        """Return what was kept, serialised."""
        return serializers.serialize("json", self.rows) if self.rows else ""


class Recorder:
    """Writes the reports of one run, and knows those that it had written before it was killed."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run
        rows = run.documents.values_list("report", flat=True)
        reports = [DocumentReport.from_json(report) for report in rows]
        self.done = {report.path: report for report in reports}

    def note(self, report: DocumentReport) -> None:
        """Write what became of a file; the caller holds the transaction, if there is one."""
        kept = report.as_json()
        kept.pop("lines")
        ImportedDocument.objects.create(
            run=self.run,
            path=report.path[:500],
            outcome=report.outcome,
            report=kept,
            changes=[asdict(change) for change in report.changes],
            before=report.before if report.is_change else "",
            document=report.document,
        )
