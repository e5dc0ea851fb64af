"""The files that a run is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.text import slugify

from ..docfx.errors import DocumentError
from ..docfx.language import language_code
from ..docfx.source import MAX_BYTES

SUFFIXES = (".md", ".markdown")
# Folders of fragments and pictures, and tables of contents, are no documents (docfx).
_NO_DOCUMENTS = {"includes", "media", "node_modules"}
_NO_DOCUMENT_NAMES = {"toc", "license", "licence", "readme", "contributing"}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to import: where it is, and its name relative to what was asked for."""

    path: Path
    name: str
    root: Path

    def read(self) -> bytes:
        """The bytes of the file. Raises ``DocumentError``."""
        try:
            if not self.path.exists():
                raise DocumentError("missing")
            if self.path.is_dir():
                raise DocumentError("no_documents")
            size = self.path.stat().st_size
            if size > MAX_BYTES:
                raise DocumentError("too_large", detail=f"{size / 1024 / 1024:.1f}")
            return self.path.read_bytes()
        except OSError as error:
            raise DocumentError("unreadable", detail=error.strerror or "") from error

    def include(self, target: str) -> str | None:
        """The text of a Markdown file that this one includes, if it is in the same tree."""
        path = (self.path.parent / target.split("#")[0]).resolve()
        allowed = path.is_relative_to(self.root.resolve()) and path.suffix in SUFFIXES
        if not allowed or not path.is_file() or path.stat().st_size > MAX_BYTES:
            return None
        text = path.read_text("utf-8", errors="replace").removeprefix("\ufeff")
        return _without_header(text.replace("\r\n", "\n"))

    def key(self, languages: Sequence[str]) -> str:
        """What the translations of a document have in common: its name without the language."""
        *folders, name = self.name.split("/")
        stem = name.rsplit(".", 1)[0] if Path(name).suffix in SUFFIXES else name
        parts = [folder for folder in folders if not language_code(folder, languages)]
        words = [word for word in stem.split(".") if not language_code(word, languages)]
        return slugify("-".join([*parts, *words]))[:160] or "document"


def _without_header(text: str) -> str:
    if not text.startswith("---\n"):
        return text
    _, closing, body = text[4:].partition("\n---\n")
    return body if closing else text


def find_files(paths: Sequence[str]) -> Iterator[SourceFile]:
    """The files that ``paths`` name; a folder stands for the documents below it, in order."""
    for given in paths:
        path = Path(given)
        found = list(_below(path)) if path.is_dir() else []
        if not found:
            yield SourceFile(path, path.name or str(path), path.resolve().parent.parent)
        for file in found:
            yield SourceFile(file, file.relative_to(path).as_posix(), path.resolve().parent)


def _below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in inside.parts)
        fragment = any(part.lower() in _NO_DOCUMENTS for part in inside.parts[:-1])
        is_document = (
            path.suffix.lower() in SUFFIXES and path.stem.lower() not in _NO_DOCUMENT_NAMES
        )
        if path.is_file() and is_document and not hidden and not fragment:
            yield path
