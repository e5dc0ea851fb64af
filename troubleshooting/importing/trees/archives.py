"""A zip archive -> its documents and images in a folder, whatever the archive was made for.

Every name and size is judged before a byte is written; an archive with one bad name is refused
whole. Nested archives are not opened. Only documents and images leave the archive at all.
"""

from __future__ import annotations

import os
import stat
import unicodedata
import zipfile
import zlib
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from ...media import MOST_BYTES
from ...texts.converting import MOST_BYTES as MOST_OF_FOREIGN
from ...texts.converting import SUFFIXES as FOREIGN
from ...texts.docfx.errors import DocumentError
from ...texts.docfx.language import language_code
from ...texts.docfx.source import MAX_BYTES

MOST_FILES = 5_000
MOST_UNPACKED = 200 * 1024 * 1024
#: How many times larger than in the archive a file may be. Text rarely reaches 20.
MOST_RATIO = 200
IMAGES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"})
SUFFIXES = {".md", ".markdown", *FOREIGN, *IMAGES}
#: Where a publisher says that files went.
REDIRECTIONS = ".openpublishing.redirection*.json"
_SMALL = 64 * 1024
_END_SIZE, _LOCATOR_SIZE = 22, 20
_ENCRYPTED = 0x1
_UTF8 = 0x800  # PKWARE APPNOTE 6.3.10, section 4.4.4, bit 11
_BROKEN = (
    EOFError, NotImplementedError, OSError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error
)  # fmt: skip


def unpack(archive: Path, folder: Path, languages: list[str]) -> list[str]:
    """Write the documents and images of ``archive`` into the empty ``folder``.

    Return the names of its other files, which nobody reads.

    A folder that holds all of them is left out of their names (unless it names one of
    ``languages``), so that an archive of a folder is the folder. Raise ``DocumentError``
    (``archive_…``).
    """
    try:
        _check_directory(archive)
        with zipfile.ZipFile(archive) as opened:
            members, others = _members(opened)
            if not members and any(name.lower().endswith(".zip") for name in opened.namelist()):
                raise DocumentError("archive_nested")
            outer = _outer_folder(list(members), languages)
            for path, info in members.items():
                _extract(opened, info, folder / path.relative_to(outer))
            return others
    except DocumentError:
        raise
    except _BROKEN as error:
        raise DocumentError("archive_broken") from error


def _check_directory(archive: Path) -> None:
    """Refuse a list of files that would fill the memory before it could be judged.

    Source: PKWARE APPNOTE 6.3.10, sections 4.3.15 and 4.3.16.
    """
    with archive.open("rb") as file:
        file.seek(-min(archive.stat().st_size, _END_SIZE + 0xFFFF), os.SEEK_END)
        tail = file.read()
    end = tail.rfind(b"PK\5\6")
    if end < 0 or len(tail) < end + _END_SIZE:
        raise DocumentError("archive_broken")
    if tail[max(end - _LOCATOR_SIZE, 0) : end].startswith(b"PK\6\7"):
        raise DocumentError("archive_zip64")
    if int.from_bytes(tail[end + 12 : end + 16], "little") > MOST_FILES * 1024:
        raise DocumentError("archive_too_many")


def _members(
    archive: zipfile.ZipFile,
) -> tuple[dict[PurePosixPath, zipfile.ZipInfo], list[str]]:
    """Return what to unpack, by its path, and the names of the rest.

    All that the archive says of itself is checked.
    """
    infos = archive.infolist()
    if len(infos) > MOST_FILES:
        raise DocumentError("archive_too_many")
    if sum(info.file_size for info in infos) > MOST_UNPACKED:
        raise DocumentError("archive_bomb")
    members: dict[PurePosixPath, zipfile.ZipInfo] = {}
    others: list[str] = []
    for info in infos:
        path = _checked_path(info)
        if info.is_dir():
            continue
        if not is_wanted(path):
            if not is_of_a_program(path):
                others.append(str(path))
            continue
        if info.file_size > _SMALL and info.file_size > MOST_RATIO * max(info.compress_size, 1):
            raise DocumentError("archive_bomb", detail=str(path))
        if path in members:
            raise DocumentError("archive_twice", detail=str(path))
        members[path] = info
    return members, others


def is_wanted(path: PurePosixPath) -> bool:
    """Return whether ``path`` names a document, an image, or a list of redirections."""
    return path.suffix.lower() in SUFFIXES or fnmatch(path.name, REDIRECTIONS)


def is_of_a_program(path: PurePosixPath) -> bool:
    """Return whether nobody put the file ``path`` there: hidden ones, and what systems leave."""
    is_hidden = any(part.startswith(".") or part == "__MACOSX" for part in path.parts)
    return is_hidden or path.name.lower() in ("thumbs.db", "desktop.ini")


def most_bytes(suffix: str) -> int:
    """Return how many bytes a file with that ending may have."""
    if suffix in FOREIGN:
        return MOST_OF_FOREIGN
    return MAX_BYTES if suffix in (".md", ".markdown") else MOST_BYTES


def _checked_path(info: zipfile.ZipInfo) -> PurePosixPath:
    """Return the path of a member below the archive's root. Raise ``DocumentError``."""
    name = _name(info)
    path = PurePosixPath(name.replace("\\", "/"))
    drive = len(name) > 1 and name[1] == ":"
    if (
        path.is_absolute()
        or drive
        or ".." in path.parts
        or not path.parts
        or not name.isprintable()
    ):
        raise DocumentError("archive_unsafe", detail=ascii(name)[1:-1][:80])
    if stat.S_ISLNK(info.external_attr >> 16):
        raise DocumentError("archive_link", detail=name[:80])
    if info.flag_bits & _ENCRYPTED:
        raise DocumentError("archive_encrypted", detail=name[:80])
    return path


def _name(info: zipfile.ZipInfo) -> str:
    """Return the name in full.

    Some programs write UTF-8 and do not say so, which zip reads as CP437.
    """
    # ``filename`` ends at a NUL, behind which something else may have been hidden.
    name = info.orig_filename
    if not info.flag_bits & _UTF8:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = info.orig_filename
    return unicodedata.normalize("NFC", name)


def _outer_folder(paths: list[PurePosixPath], languages: list[str]) -> PurePosixPath:
    """Return the folder that holds all of ``paths``, or the root."""
    firsts = {path.parts[0] for path in paths}
    nested = all(len(path.parts) > 1 for path in paths)
    if len(firsts) == 1 and nested and not language_code(next(iter(firsts)), languages):
        return PurePosixPath(firsts.pop())
    return PurePosixPath()


def _extract(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path) -> None:
    """Write one member; of one that is too large so much that its reader sees that it is."""
    limit = most_bytes(target.suffix.lower())
    with archive.open(info) as source:
        data = source.read(limit + 1)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
