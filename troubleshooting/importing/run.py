"""A run of the importer over files: one transaction a document, one report.

Whatever takes time (files, parsing, rendering, comparing) happens before the transaction, so that
whoever saves meanwhile waits for a moment alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.utils import timezone

from kbportal.environment.databases import is_busy

from ..editing import refusal_remark, remarks_of
from ..models import Article, Source
from ..texts.bounded import FOR_NOW, UnrenderableText, read_document
from ..texts.docfx import DocfxDocument, DocumentError
from ..texts.languages import available_languages
from .ahead import Parse, parsed_ahead
from .documents import ReadDocument, import_document, note_removed, prepare, rebase
from .messages import message
from .portal_files import (
    ReadPortalFile,
    import_portal_file,
    is_portal_file,
    is_rendering,
    prepare_portal_file,
)
from .recognition import Recognition, recognition_for
from .report import DocumentReport, ImportOutcome, RunReport
from .runs.patience import in_turn
from .runs.recording import Recorder
from .runs.relinking import relink
from .trees import SourceFile, Tree, open_files, open_source

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Progress = Callable[[int, int, DocumentReport], None]
_Ready = ReadDocument | ReadPortalFile | DocumentReport


class _RolledBackError(Exception):
    """Ends the transaction of a dry run."""


@dataclass(slots=True)
class _Run:
    """What holds for all files of a run, and the addresses that a dry run gave to articles."""

    language: str | None
    author: User | None
    dry_run: bool
    recognition: Recognition
    reserved: set[str] = field(default_factory=set)
    recorder: Recorder | None = None
    jobs: int = 1
    parse: Parse = field(init=False)

    def __post_init__(self) -> None:
        self.parse = self._parse

    def _parse(self, file: SourceFile) -> DocfxDocument:
        return _parse(file, self.language or file.rules.language(file.name))

    @property
    def done(self) -> dict[str, DocumentReport]:
        """Return what the run did before it was interrupted, by the files as they are shown."""
        return self.recorder.done if self.recorder else {}


def import_paths(
    paths: Sequence[str],
    *,
    language: str | None = None,
    dry_run: bool = False,
    folder: Path = Path(),
    author: User | None = None,
    source: Source | None = None,
    progress: Progress = lambda number, total, report: None,
    recorder: Recorder | None = None,
    jobs: int = 1,
) -> RunReport:
    """Import the documents that ``paths`` name and report what became of each.

    ``paths`` are files, folders and zip archives, relative to ``folder``; they are reported as
    they are given; those of ``source`` are told from all others. A document is imported whole or
    not at all, the others in spite of it. A dry run does the same and rolls each document back.
    ``author`` is noted in the revisions; ``progress`` is called after each document. A
    ``recorder`` keeps the reports; what it has already is not done again. A document that others
    hold is waited for, and one that could not be had in the end is not kept as done. With
    ``FOUR_EYES`` somebody has to read what it brings before readers do.
    ``jobs`` documents are parsed at the same time, while one is stored.
    """
    with open_files(list(dict.fromkeys(paths)), folder) as tree:
        recognition = recognition_for(source, tree.files, needs_review=comes_for_review())
        run = _Run(language, author, dry_run, recognition, recorder=recorder, jobs=jobs)
        return _import_files(tree, run, progress)


def comes_for_review(source: Source | None = None) -> bool:
    """Return whether what comes waits until somebody else has read it (``FOUR_EYES``).

    Whoever hands in files (``source`` is None) may have written them, of whatever source they say
    they are. What is at the place of ``source`` others have written; an administrator said whether
    to publish that.
    """
    is_trusted = source is not None and source.status == Article.Status.PUBLISHED
    return settings.FOUR_EYES and not is_trusted


def import_source(
    source: Source,
    *,
    revision: str = "",
    dry_run: bool = False,
    author: User | None = None,
    progress: Progress = lambda number, total, report: None,
    recorder: Recorder | None = None,
    jobs: int = 1,
) -> RunReport:
    """Import all documents of ``source``, at ``revision`` if it is a repository.

    A document that it no longer holds is noted with its articles, which stay. With ``FOUR_EYES``
    readers see at once what it brings only if its new articles are published. Where one could not
    be had the source is not taken for imported. Raise ``DocumentError`` where the source cannot be
    read; nothing is noted then.
    """
    with open_source(source, revision) as tree:
        recognition = recognition_for(
            source, tree.files, needs_review=comes_for_review(source), revision=tree.revision
        )
        run = _Run(None, author, dry_run, recognition, recorder=recorder, jobs=jobs)
        report = _import_files(tree, run, progress)
    if not (dry_run or report.busy):
        unclaimed = run.recognition.register.unclaimed()
        in_turn(lambda: note_removed(unclaimed))
        source.imported, source.imported_revision = timezone.now(), tree.revision
        in_turn(lambda: source.save(update_fields=["imported", "imported_revision"]))
    return report


def _import_files(tree: Tree, run: _Run, progress: Progress) -> RunReport:
    report = RunReport(dry_run=run.dry_run, left_out=tree.left_out)
    if run.recorder:
        run.recorder.note_left_out(tree.left_out)
    for number, each in enumerate(_reports(tree.files, run), 1):
        report.documents.append(each)
        progress(number, len(tree.files), each)
    if not run.dry_run:
        in_turn(lambda: _finish(report))
    if run.recorder and report.busy:
        run.recorder.is_unfinished = True
    return report


def _finish(report: RunReport) -> None:
    relink([document for document in report.documents if document.key])
    rebase([document for document in report.documents if document.key])


def _reports(files: Sequence[SourceFile], run: _Run) -> Iterator[DocumentReport]:
    groups = list(_by_document(files, run.recognition.register.knows))
    order = (file for group in groups for file in group if file.display_path not in run.done)
    with parsed_ahead(order, run.parse, run.jobs) as run.parse:
        for group in groups:
            yield from (
                run.done[file.display_path] for file in group if file.display_path in run.done
            )
            left = [file for file in group if file.display_path not in run.done]
            if run.dry_run:
                yield from _rehearse(left, run)
            else:
                yield from (_import(_read(file, run), file, run) for file in left)


def _by_document(
    files: Sequence[SourceFile], is_known: Callable[[str], bool]
) -> Iterable[list[SourceFile]]:
    """Return the files in their turn, those of one document in several languages together.

    Those that are new come last: what others no longer hold may have been moved there.
    """
    languages = _languages()
    groups: dict[str, list[SourceFile]] = {}
    for file in sorted(files, key=_turn):
        groups.setdefault(file.key(languages), []).append(file)
    return sorted(groups.values(), key=lambda group: not any(is_known(f.name) for f in group))


def _turn(file: SourceFile) -> tuple[bool, int]:
    """Return when it is the file's turn: a translated text finds its source there already.

    What comes first is the original, so the portal's first language goes before the others.
    """
    try:
        rendering = is_rendering(file.read())
    except DocumentError:
        rendering = False
    languages = _languages()
    named = file.language(languages)
    return rendering, languages.index(named) if named else 0


def _rehearse(files: Sequence[SourceFile], run: _Run) -> list[DocumentReport]:
    """Import the languages of one document and roll them back together.

    Each finds what those before it made; nobody else ever sees or waits for it.
    """
    reports = _rehearsed(files, run)
    for report in reports:
        _note(report, run.recorder)
    return reports


def _rehearsed(files: Sequence[SourceFile], run: _Run) -> list[DocumentReport]:
    read = [_read(file, run) for file in files]
    try:
        reports = in_turn(lambda: _rolled_back(read, files, run))
    except OperationalError as error:
        return [_failed(file, error, run) for file in files]
    new = (a.slug for r in reports for a in r.articles if a.outcome is ImportOutcome.CREATED)
    run.reserved.update(new)
    return reports


def _rolled_back(
    ready: Sequence[_Ready], files: Sequence[SourceFile], run: _Run
) -> list[DocumentReport]:
    reports: list[DocumentReport] = []
    with suppress(_RolledBackError), transaction.atomic():
        reports = [_import(each, file, run) for each, file in zip(ready, files, strict=True)]
        raise _RolledBackError
    return reports


def _read(file: SourceFile, run: _Run) -> _Ready:
    """Return the document ready to be stored, or the report that says why it cannot be."""
    try:
        raw = file.read()
        if is_portal_file(raw):
            return prepare_portal_file(file, raw, _languages())
        parsed = run.parse(file)
        return in_turn(lambda: prepare(file, raw, parsed, run.recognition))
    except _FAILURES as error:
        return _failed(file, error, run)


def _import(ready: _Ready, file: SourceFile, run: _Run) -> DocumentReport:
    """Store a document and the report on it together, so that neither is there alone."""
    recorder = None if run.dry_run else run.recorder
    try:
        if not isinstance(ready, DocumentReport):
            return in_turn(lambda: _stored(ready, run, recorder))
        report = ready
    except _FAILURES as error:
        report = _failed(file, error, run)
    _note(report, recorder)
    return report


def _stored(
    ready: ReadDocument | ReadPortalFile, run: _Run, recorder: Recorder | None
) -> DocumentReport:
    with transaction.atomic():
        if recorder:
            recorder.claim()
        report = _store(ready, run)
        if recorder:
            recorder.note(report)
    return report


def _note(report: DocumentReport, recorder: Recorder | None) -> None:
    """Keep a report beside no document; what could not be had for now is not done."""
    if recorder and not report.is_busy:
        in_turn(lambda: recorder.note(report))


def _store(ready: ReadDocument | ReadPortalFile, run: _Run) -> DocumentReport:
    if isinstance(ready, ReadPortalFile):
        return import_portal_file(ready, run.author, needs_review=run.recognition.needs_review)
    recorded = run.recorder is not None
    recognition, author, reserved = run.recognition, run.author, run.reserved
    return import_document(ready, recognition, author, reserved, is_recorded=recorded)


_FAILURES = (DocumentError, UnrenderableText, ValidationError, OperationalError)


def _failed(file: SourceFile, error: Exception, run: _Run) -> DocumentReport:
    match error:
        case DocumentError():
            text = message(file.display_path, error.code, error.line, error.detail)
        case UnrenderableText():
            text = message(file.display_path, "refused", detail=refusal_remark(error))
        case ValidationError():
            text = f"{file.display_path}: {remarks_of(error)}"
        case _ if is_busy(error):
            text = message(file.display_path, "busy")
        case _:
            raise error
    failed, language = ImportOutcome.FAILED, run.language or ""
    return DocumentReport(
        file.display_path,
        failed,
        language,
        messages=[text],
        is_busy=_is_for_now(error),
    )


def _is_for_now(error: Exception) -> bool:
    """Return whether a document could not be had for a reason that is none of its own."""
    has_no_reader = isinstance(error, UnrenderableText) and error.reason in FOR_NOW
    return has_no_reader or isinstance(error, OperationalError)


def _languages() -> list[str]:
    """Return the languages that the portal is set up for and whose labels it knows."""
    return [code for code, _ in settings.LANGUAGES if code in available_languages()]


def _parse(file: SourceFile, language: str | None) -> DocfxDocument:
    if language and language not in [code for code, _ in settings.LANGUAGES]:
        raise DocumentError("unknown_language", detail=language)
    document = read_document(
        file.read(), file.name, language=language, languages=_languages(), include=file.include
    )
    if not document.entries and not document.preamble and not document.outline:
        raise DocumentError("nothing")
    document.warnings += file.notes
    return document
