"""The files that a run is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from django.conf import settings

from ...texts.converting import is_foreign
from ...texts.docfx.errors import DocumentError
from .archives import unpack
from .converted import with_conversions
from .source_files import SUFFIXES, SourceFile

# Folders of fragments, pictures and files beside pages, and tables of contents, are no documents.
_NO_DOCUMENTS = {"includes", "media", "node_modules", "attachments", "article_attachments"}
_NO_DOCUMENT_NAMES = {"toc", "license", "licence", "readme", "contributing"}
#: Files beside one that was named alone, as far as it may name them.
_MOST_BESIDE = 5_000


@dataclass(frozen=True, slots=True)
class Tree:
    """All documents of a source or of what was named; ``revision`` is the commit, if any.

    ``left_out`` names what lay beside them in archives and nobody reads.
    """

    files: list[SourceFile]
    revision: str = ""
    left_out: list[str] = field(default_factory=list)


@contextmanager
def open_files(paths: Sequence[str], folder: Path) -> Iterator[Tree]:
    """Give the files that ``paths`` (relative to ``folder``) name while the context lasts.

    A folder or a zip archive stands for the documents in it, in order.
    """
    with TemporaryDirectory(prefix="portal-import-") as temporary:
        trees = [_tree(folder, given, Path(temporary)) for given in paths]
        yield Tree(
            [file for tree in trees for file in tree.files],
            left_out=[name for tree in trees for name in tree.left_out],
        )


def _tree(folder: Path, shown_path: str, temporary: Path) -> Tree:
    path = folder / shown_path
    if path.suffix.lower() == ".zip" and path.is_file():
        return documents_in(path, shown_path, Path(mkdtemp(dir=temporary)))
    return Tree(_files(path, shown_path, temporary))


def _files(path: Path, shown_path: str, temporary: Path) -> list[SourceFile]:
    root = path.resolve().parent
    found = documents_below(path, root, shown_path, temporary) if path.is_dir() else []
    file = SourceFile(path, path.name or str(path), root.parent, shown_path)
    if path.is_file() and file.is_foreign:
        beside = (each.name for each in islice(path.parent.iterdir(), _MOST_BESIDE))
        return with_conversions([file], frozenset(beside), temporary, is_named=True)
    return found or [file]


def documents_below(folder: Path, root: Path, shown_path: str, temporary: Path) -> list[SourceFile]:
    """Return the documents in ``folder``; nothing outside of ``root`` is read.

    What is converted is written below ``temporary``.
    """
    return _documents(_paths_below(folder), root, shown_path, temporary)


def _paths_below(folder: Path) -> dict[Path, str]:
    """Return all that ``folder`` holds, in order, each with its path from there."""
    return {path: path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*"))}


def _documents(
    paths: dict[Path, str], root: Path, shown_path: str, temporary: Path
) -> list[SourceFile]:
    files = [
        SourceFile(path, name, root, str(Path(shown_path) / name))
        for path, name in paths.items()
        if _is_document(path, Path(name))
    ]
    return with_conversions(files, frozenset(paths.values()), temporary, is_named=False)


def documents_in(path: Path, shown_path: str, folder: Path) -> Tree:
    """Return the documents of the archive at ``path``, unpacked into ``folder``."""
    try:
        others = unpack(path, folder, [code for code, _ in settings.LANGUAGES])
    except DocumentError as error:
        return Tree([SourceFile(path, path.name, folder, shown_path, error)])
    paths = _paths_below(folder)
    unread = [*others, *_without_document(paths)]
    found = _documents(paths, folder, shown_path, folder)
    if not found:
        nothing = DocumentError("archive_empty")
        found = [SourceFile(path, path.name, folder, shown_path, nothing)]
    return Tree(found, left_out=[f"{shown_path}/{name}" for name in unread])


def _without_document(paths: dict[Path, str]) -> list[str]:
    """Return the texts among ``paths`` that are no documents for their names (``README.md``)."""
    return [
        name
        for path, name in paths.items()
        if path.stem.lower() in _NO_DOCUMENT_NAMES and path.suffix.lower() in SUFFIXES
    ]


def _is_document(path: Path, inside: Path) -> bool:
    hidden = any(part.startswith(".") for part in inside.parts)
    fragment = any(part.lower() in _NO_DOCUMENTS for part in inside.parts[:-1])
    is_named = path.suffix.lower() in SUFFIXES or is_foreign(path.name)
    is_wanted = is_named and path.stem.lower() not in _NO_DOCUMENT_NAMES
    return is_wanted and not hidden and not fragment and path.is_file()
