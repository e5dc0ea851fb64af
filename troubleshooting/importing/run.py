"""A run of the importer over files: one transaction a document, one report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from ..editing import refusal
from ..texts.bounded import UnrenderableText, read_document
from ..texts.docfx import Document, DocumentError
from ..texts.languages import available_languages
from .documents import import_document, rebase, relink
from .files import SourceFile, open_files
from .messages import message
from .portal_files import import_portal_file, is_portal_file, is_rendering
from .report import DocumentReport, Outcome, RunReport

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Progress = Callable[[int, int, DocumentReport], None]


class _RolledBackError(Exception):
    """Ends the transaction of a dry run."""


@dataclass(frozen=True, slots=True)
class _Options:
    """What holds for all files of a run."""

    language: str | None
    author: User | None


def import_paths(
    paths: Sequence[str],
    *,
    language: str | None = None,
    dry_run: bool = False,
    folder: Path = Path(),
    author: User | None = None,
    progress: Progress = lambda number, total, report: None,
) -> RunReport:
    """Imports the documents that ``paths`` name and reports what became of each.

    ``paths`` are files, folders and zip archives, relative to ``folder``; they are reported as
    they are given. A document is imported whole or not at all, the others in spite of it. A dry
    run is the real run, rolled back. ``author`` is noted in the revisions; ``progress`` is called
    after each document.
    """
    run = RunReport(dry_run=dry_run)
    options = _Options(language, author)
    with open_files(paths, folder) as files:
        if not dry_run:
            _import_all(files, options, run, progress)
            return run
        try:
            with transaction.atomic():
                _import_all(files, options, run, progress)
                raise _RolledBackError
        except _RolledBackError:
            return run


def _import_all(
    files: Sequence[SourceFile], options: _Options, run: RunReport, progress: Progress
) -> None:
    for number, file in enumerate(sorted(files, key=_turn), 1):
        report = _import_file(file, options)
        run.documents.append(report)
        progress(number, len(files), report)
    articles = [article for report in run.documents for article in report.articles]
    is_new = any(article.outcome is Outcome.CREATED for article in articles)
    slugs = [article.slug for article in articles] if is_new else []
    relink([report.key for report in run.documents if report.key], slugs)
    rebase([report for report in run.documents if report.key])


def _turn(file: SourceFile) -> tuple[bool, int]:
    """When it is the file's turn: a text that was translated finds its source there already.

    What comes first is the original, so the portal's first language goes before the others.
    """
    try:
        rendering = is_rendering(file.read())
    except DocumentError:
        rendering = False
    languages = _languages()
    named = file.language(languages)
    return rendering, languages.index(named) if named else 0


def _import_file(file: SourceFile, options: _Options) -> DocumentReport:
    try:
        raw = file.read()
        if is_portal_file(raw):
            with transaction.atomic():
                return import_portal_file(file, raw, _languages(), options.author)
        document = _read(file, raw, options.language)
        with transaction.atomic():
            return import_document(file, raw, document, options.author)
    except DocumentError as error:
        text = message(file.shown, error.code, error.line, error.detail)
    except UnrenderableText as error:
        text = message(file.shown, "refused", detail=refusal(error))
    except ValidationError as error:
        text = f"{file.shown}: {' '.join(error.messages)}"
    return DocumentReport(file.shown, Outcome.FAILED, options.language or "", messages=[text])


def _languages() -> list[str]:
    """The languages that the portal is set up for and whose labels it knows."""
    return [code for code, _ in settings.LANGUAGES if code in available_languages()]


def _read(file: SourceFile, raw: bytes, language: str | None) -> Document:
    if language and language not in [code for code, _ in settings.LANGUAGES]:
        raise DocumentError("unknown_language", detail=language)
    document = read_document(
        raw, file.name, language=language, languages=_languages(), include=file.include
    )
    if not document.entries and not document.preamble and not document.outline:
        raise DocumentError("nothing")
    return document
