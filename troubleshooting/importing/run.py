"""A run of the importer over files: one transaction a document, one report."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from ..docfx import Document, DocumentError, read_document
from ..labels import available_languages
from .documents import import_document, rebase, relink
from .files import SourceFile, find_files
from .messages import message
from .report import DocumentReport, Outcome, RunReport

Progress = Callable[[int, int, DocumentReport], None]


class _RolledBackError(Exception):
    """Ends the transaction of a dry run."""


def import_paths(
    paths: Sequence[str],
    *,
    language: str | None = None,
    dry_run: bool = False,
    progress: Progress = lambda number, total, report: None,
) -> RunReport:
    """Imports the documents that ``paths`` name and reports what became of each.

    A document is imported whole or not at all, the others in spite of it. A dry run is the real
    run, rolled back. ``progress`` is called after each document.
    """
    run = RunReport(dry_run=dry_run)
    if not dry_run:
        _import_all(paths, language, run, progress)
        return run
    try:
        with transaction.atomic():
            _import_all(paths, language, run, progress)
            raise _RolledBackError
    except _RolledBackError:
        return run


def _import_all(
    paths: Sequence[str], language: str | None, run: RunReport, progress: Progress
) -> None:
    files = list(find_files(paths))
    for number, file in enumerate(files, 1):
        report = _import_file(file, language)
        run.documents.append(report)
        progress(number, len(files), report)
    relink([report.key for report in run.documents if report.key])
    rebase(run.documents)


def _import_file(file: SourceFile, language: str | None) -> DocumentReport:
    path = str(file.path)
    try:
        raw = file.read()
        document = _read(file, raw, language)
        with transaction.atomic():
            return import_document(file, raw, document)
    except DocumentError as error:
        text = message(path, error.code, error.line, error.detail)
    except ValidationError as error:
        text = f"{path}: {' '.join(error.messages)}"
    return DocumentReport(path, Outcome.FAILED, language or "", messages=[text])


def _read(file: SourceFile, raw: bytes, language: str | None) -> Document:
    configured = [code for code, _ in settings.LANGUAGES]
    if language and language not in configured:
        raise DocumentError("unknown_language", detail=language)
    known = [code for code in configured if code in available_languages()]
    document = read_document(
        raw, file.name, language=language, languages=known, include=file.include
    )
    if not document.entries and not document.preamble and not document.outline:
        raise DocumentError("nothing")
    return document
