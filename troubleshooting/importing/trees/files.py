"""The files that a run is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from django.conf import settings
from django.utils.text import slugify

from ...texts.docfx.errors import DocumentError
from ...texts.docfx.language import language_code
from ...texts.docfx.source import MAX_BYTES
from .archives import unpack
from .rules import NO_RULES, PathRules

SUFFIXES = (".md", ".markdown")
# Folders of fragments and pictures, and tables of contents, are no documents (docfx).
_NO_DOCUMENTS = {"includes", "media", "node_modules"}
_NO_DOCUMENT_NAMES = {"toc", "license", "licence", "readme", "contributing"}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to import: where it is, and its name relative to what was asked for.

    ``root`` is the folder that nothing is read outside of; ``shown`` is what people call the
    file; ``refusal`` is why it is not read at all; ``rules`` are those of its source.
    """

    path: Path
    name: str
    root: Path
    shown: str
    refusal: DocumentError | None = None
    rules: PathRules = NO_RULES

    @property
    def top(self) -> Path:
        """Return the folder that ``name`` begins in."""
        return self.path.parents[self.name.count("/")]

    def read(self) -> bytes:
        """Return the bytes of the file. Raise ``DocumentError``."""
        if self.refusal:
            raise self.refusal
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
        """Return the text of a Markdown file that this one includes, if it is in the same tree."""
        path = (self.path.parent / target.split("#")[0]).resolve()
        allowed = path.is_relative_to(self.root.resolve()) and path.suffix in SUFFIXES
        if not allowed or not path.is_file() or path.stat().st_size > MAX_BYTES:
            return None
        text = path.read_text("utf-8", errors="replace").removeprefix("\ufeff")
        return _without_header(text.replace("\r\n", "\n"))

    def language(self, languages: Sequence[str]) -> str | None:
        """Return which of ``languages`` the name tells (``guide.fr.md``, ``fr/guide.md``)."""
        if given := self.rules.language(self.name):
            return given
        *folders, name = self.name.split("/")
        parts = [*reversed(name.split(".")[1:-1]), *reversed(folders)]
        codes = (language_code(part, languages) for part in parts)
        return next((code for code in codes if code), None)

    def key(self, languages: Sequence[str]) -> str:
        """Return what the translations of a document share: its name without the language."""
        return key_of(self.rules.neutral(self.name), languages)


def key_of(name: str, languages: Sequence[str]) -> str:
    """Return the path ``name`` of a file without what says its language, as a slug."""
    *folders, last = name.split("/")
    stem = last.rsplit(".", 1)[0] if Path(last).suffix in SUFFIXES else last
    parts = [folder for folder in folders if not language_code(folder, languages)]
    words = [word for word in stem.split(".") if not language_code(word, languages)]
    return slugify("-".join([*parts, *words]))[:160] or "document"


def _without_header(text: str) -> str:
    if not text.startswith("---\n"):
        return text
    _, closing, body = text[4:].partition("\n---\n")
    return body if closing else text


@contextmanager
def open_files(paths: Sequence[str], folder: Path) -> Iterator[list[SourceFile]]:
    """Give the files that ``paths`` (relative to ``folder``) name while the context lasts.

    A folder or a zip archive stands for the documents in it, in order.
    """
    with TemporaryDirectory(prefix="portal-import-") as temporary:
        yield [file for given in paths for file in _files(folder, given, Path(temporary))]


def _files(folder: Path, given: str, temporary: Path) -> list[SourceFile]:
    path = folder / given
    if path.suffix.lower() == ".zip" and path.is_file():
        return documents_in(path, given, Path(mkdtemp(dir=temporary)))
    root = path.resolve().parent
    found = documents_below(path, root, given) if path.is_dir() else []
    return found or [SourceFile(path, path.name or str(path), root.parent, given)]


def documents_below(folder: Path, root: Path, given: str) -> list[SourceFile]:
    """Return the documents in ``folder``; nothing outside of ``root`` is read."""
    names = [(path, path.relative_to(folder).as_posix()) for path in _below(folder)]
    return [SourceFile(path, name, root, str(Path(given) / name)) for path, name in names]


def documents_in(path: Path, given: str, folder: Path) -> list[SourceFile]:
    """Return the documents of the archive at ``path``, unpacked into ``folder``."""
    try:
        unpack(path, folder, [code for code, _ in settings.LANGUAGES])
    except DocumentError as error:
        return [SourceFile(path, path.name, folder, given, error)]
    nothing = DocumentError("archive_empty")
    return documents_below(folder, folder, given) or [
        SourceFile(path, path.name, folder, given, nothing)
    ]


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
