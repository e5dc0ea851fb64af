"""Files of other formats in a tree -> the documents in them, each a file of its own.

A file is converted once, when its tree is opened; what it becomes lies in a temporary folder, the
images that were inside it too. What it names beside itself is looked for at its own place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

from ...editing import refusal_remark
from ...texts.bounded import UnrenderableText, convert_file
from ...texts.converting import MOST_BYTES, Converted, ProductPage
from ...texts.docfx.errors import DocumentError
from .source_files import DOCUMENT, SourceFile

#: Files beside documents that are none, and that nobody asked to read.
_NO_EXPORTS = {"json_unknown", "json_broken", "html_unknown", "html_template"}


def with_conversions(
    files: Iterable[SourceFile], names: frozenset[str], temporary: Path, *, is_named: bool
) -> list[SourceFile]:
    """Return ``files`` with the documents that those of other formats hold in their place.

    ``names`` are the paths of all files of their tree; ``is_named``: somebody asked for these very
    files, so that one without a document is refused instead of left out.
    """
    found = [
        each for file in files for each in _documents(file, names, temporary, is_named=is_named)
    ]
    return list(_once(found))


def _documents(
    file: SourceFile, names: frozenset[str], temporary: Path, *, is_named: bool
) -> list[SourceFile]:
    if not file.is_foreign:
        return [file]
    try:
        documents = convert_file(ProductPage(_bytes(file), file.name, names))
    except DocumentError as error:
        is_left_out = error.code in _NO_EXPORTS and not is_named
        return [] if is_left_out else [replace(file, refusal=error)]
    except UnrenderableText as error:
        return [replace(file, refusal=DocumentError("refused", detail=refusal_remark(error)))]
    if documents is None:
        return [file]
    if not documents and is_named:
        return [replace(file, refusal=DocumentError("nothing_inside"))]
    several = len(documents) > 1
    return [_written(file, each, temporary, several=several) for each in documents]


def _bytes(file: SourceFile) -> bytes:
    """Return the file as it lies there. Raise ``DocumentError``."""
    try:
        size = file.path.stat().st_size
        if size > MOST_BYTES:
            raise DocumentError("source_too_large", detail=f"{size / 1024 / 1024:.1f}")
        return file.path.read_bytes()
    except OSError as error:
        raise DocumentError("unreadable", detail=error.strerror or "") from error


def _written(
    file: SourceFile, document: Converted, temporary: Path, *, several: bool
) -> SourceFile:
    folder = Path(mkdtemp(prefix=".converted-", dir=temporary))
    (folder / DOCUMENT).write_text(document.text, "utf-8")
    for path, raw in document.images.items():
        target = folder / path
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(raw)
    name, shown = file.name, file.display_path
    if document.number:
        ending = f".{document.language}.md" if document.language else ".md"
        above = name.rpartition("/")[0]
        name = f"{above}/{document.number}{ending}" if above else f"{document.number}{ending}"
    if several:
        shown = f"{shown} ({name.rpartition('/')[2].removesuffix('.md')})"
    return replace(
        file,
        name=name,
        display_path=shown,
        original=file.name,
        converted=folder,
        number=document.number,
        spoken=document.language,
        notes=tuple(document.notes),
    )


def _once(files: list[SourceFile]) -> Iterator[SourceFile]:
    """Yield each document once; another text of it is refused."""
    known: dict[str, SourceFile] = {}
    for file in files:
        before = known.setdefault(file.name, file)
        if before is file or not file.number:
            yield file
        elif before.converted and file.converted and before.read() != file.read():
            yield replace(file, refusal=DocumentError("exported_twice", detail=before.display_path))
