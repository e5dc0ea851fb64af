"""What a run did to each file, written in the very transaction that did it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from itertools import chain, count

from django.core import serializers
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from ...models import ImportedDocument, ImportRun, SourceDocument
from ...texts.docfx import DocumentError
from ...texts.remarks import LONGEST, remark
from ..messages import MESSAGES
from ..report import DocumentReport, ImportOutcome, TextChange
from .noting import BUSY, note_import

#: Characters of the column that says why an import could not go on.
_LONGEST_ERROR = 500
#: Names of files that nobody reads, as far as they are kept, and letters of one.
_MOST_LEFT_OUT, _LONGEST_NAME = 500, 200


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
    """Writes the reports of one run, and knows which it had written before it was killed."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run
        with transaction.atomic():
            self.claim()
        rows = run.documents.values_list("report", flat=True)
        reports = [DocumentReport.from_json(report) for report in rows]
        self.done = {report.path: report for report in reports}
        #: Whether a document could not be had: another import of the same files has to do it.
        self.is_unfinished = False
        self._names = set(run.documents.values_list("path", flat=True))

    def claim(self) -> None:
        """Keep others from storing documents of the run until the caller's transaction ends.

        Whoever takes the run up waits here for the last transaction of one that was killed: the
        server may end it later, and its document is there then or it is not.
        """
        ImportRun.objects.select_for_update(no_key=True).filter(pk=self.run.pk).first()

    def note_left_out(self, names: list[str]) -> None:
        """Write which files of archives nobody reads; of very many the first."""
        self.run.left_out = [name[-_LONGEST_NAME:] for name in names[:_MOST_LEFT_OUT]]
        self.run.save(update_fields=["left_out"])

    def note(self, report: DocumentReport) -> None:
        """Write what became of a file; the caller holds the transaction, if there is one."""
        kept = report.as_json()
        kept.pop("lines")
        name = self._name(report.path)
        ImportedDocument.objects.create(
            run=self.run,
            path=name,
            outcome=report.outcome,
            report=kept,
            changes=[asdict(change) for change in report.changes],
            before=report.before if report.is_change else "",
            document=report.document,
        )
        self._names.add(name)

    def _name(self, path: str) -> str:
        """Return what the row of a file is called: a file named twice has two."""
        numbered = (f"{path[:480]} ({number})" for number in count(2))
        return next(n for n in chain([path[:480]], numbered) if n not in self._names)


@contextmanager
def recorded(run: ImportRun) -> Iterator[Recorder]:
    """Keep what a command imports as ``run``, and note it, unless it changes nothing.

    What could not be read at all is kept and noted with the reason, and raised again.
    """
    run.save()
    recorder = Recorder(run)
    try:
        yield recorder
    except DocumentError as error:
        run.error = error_of(run, error)
        _end(run)
        raise
    if recorder.is_unfinished:
        note_import(run, remark(BUSY))
    elif changing(run).exists():
        _end(run)
    else:
        run.delete()


def error_of(run: ImportRun, error: DocumentError) -> str:
    """Return why ``run`` could not go on, to be read in any language."""
    noted = remark(MESSAGES[error.code], detail=error.detail)
    return f"{str(run)[: _LONGEST_ERROR - LONGEST - 2]}: {noted}"


@transaction.atomic
def _end(run: ImportRun) -> None:
    run.finished = timezone.now()
    run.save(update_fields=["error", "finished"])
    note_import(run)


def changing(run: ImportRun) -> QuerySet[ImportedDocument]:
    """Return the files of ``run`` that changed anything, as long as it is known what."""
    is_new = Q(outcome=ImportOutcome.CREATED, document__isnull=False)
    return run.documents.filter(is_new | ~Q(changes=[]) | ~Q(before=""))


def forget_undoing(before: timedelta) -> int:
    """Delete what it would take to undo imports begun ``before`` now; their reports stay."""
    old = ImportedDocument.objects.filter(run__created__lt=timezone.now() - before)
    return old.exclude(changes=[], before="", document=None).update(
        changes=[], before="", document=None
    )
