"""A file that a run is about: where it is, what it is called, and its bytes as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.text import slugify

from ...texts.converting import SUFFIXES as FOREIGN
from ...texts.converting import is_foreign
from ...texts.docfx import Oddity
from ...texts.docfx.errors import DocumentError
from ...texts.docfx.language import language_code
from ...texts.docfx.source import MAX_BYTES
from .rules import NO_RULES, PathRules

SUFFIXES = (".md", ".markdown")
#: What a file of another format became, in the folder where that lies.
DOCUMENT = "document.md"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to import: where it is, and its name relative to what was asked for.

    ``root`` is the folder that nothing is read outside of; ``display_path`` is what people call the
    file; ``refusal`` is why it is not read at all; ``rules`` are those of its source.

    One of another format was ``converted`` into a folder, was called ``original`` there, and has a
    ``number`` and a language (``spoken``) where its product told them; ``notes`` say what it lost.
    """

    path: Path
    name: str
    root: Path
    display_path: str
    refusal: DocumentError | None = None
    rules: PathRules = NO_RULES
    original: str = ""
    converted: Path | None = None
    number: str = ""
    spoken: str = ""
    notes: tuple[Oddity, ...] = ()

    @property
    def is_foreign(self) -> bool:
        """Return whether the file has to be looked into before it is read as Markdown."""
        return self.converted is None and self.refusal is None and is_foreign(self.path.name)

    @property
    def top(self) -> Path:
        """Return the folder that ``name`` begins in."""
        return self.path.parents[self.name.count("/")]

    def read(self) -> bytes:
        """Return the bytes of the file. Raise ``DocumentError``."""
        if self.refusal:
            raise self.refusal
        try:
            path = self.converted / DOCUMENT if self.converted else self.path
            if not path.exists():
                raise DocumentError("missing")
            if path.is_dir():
                raise DocumentError("no_documents")
            size = path.stat().st_size
            if size > MAX_BYTES:
                raise DocumentError("too_large", detail=f"{size / 1024 / 1024:.1f}")
            return path.read_bytes()
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
        if self.spoken:
            return self.spoken if self.spoken in languages else None
        *folders, name = self.name.split("/")
        parts = [*reversed(name.split(".")[1:-1]), *reversed(folders)]
        codes = (language_code(part, languages) for part in parts)
        return next((code for code in codes if code), None)

    def key(self, languages: Sequence[str]) -> str:
        """Return what the translations of a document share: its name without the language."""
        return slugify(self.number) or key_of(self.rules.neutral(self.name), languages)


def key_of(name: str, languages: Sequence[str]) -> str:
    """Return the path ``name`` of a file without what says its language, as a slug."""
    *folders, last = name.split("/")
    stem = last.rsplit(".", 1)[0] if Path(last).suffix.lower() in (*SUFFIXES, *FOREIGN) else last
    parts = [folder for folder in folders if not language_code(folder, languages)]
    words = [word for word in stem.split(".") if not language_code(word, languages)]
    return slugify("-".join([*parts, *words]))[:160] or "document"


def _without_header(text: str) -> str:
    if not text.startswith("---\n"):
        return text
    _, closing, body = text[4:].partition("\n---\n")
    return body if closing else text
