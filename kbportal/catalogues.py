"""Compile message catalogues (.po) to what Django reads (.mo), without GNU gettext."""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po


def find(root: Path) -> list[Path]:
    """Return the catalogues of all applications directly below ``root``, sorted by path."""
    return sorted(root.glob("*/locale/*/LC_MESSAGES/*.po"))


def read(path: Path) -> Catalog:
    """Return the catalogue stored in the .po file ``path``.

    Raise ``ValueError``: its syntax is broken; the message says where.
    """
    locale = path.parent.parent.name
    try:
        with path.open("rb") as stream:
            return read_po(stream, locale=locale, domain=path.stem, abort_invalid=True)
    except PoFileError as error:
        raise ValueError(f"line {error.lineno + 1} cannot be read: {error}") from None


def compiled(catalogue: Catalog) -> bytes:
    """Return the .mo file of ``catalogue``: the same bytes for the same messages."""
    stream = BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def compile_file(path: Path) -> bool:
    """Write the .mo file beside the .po file ``path``; tell whether that changed anything.

    Raise ``ValueError``: the syntax of the .po file is broken. Raise ``OSError``: a file cannot be
    read or written.
    """
    target = path.with_suffix(".mo")
    content = compiled(read(path))
    if target.exists() and target.read_bytes() == content:
        return False
    target.write_bytes(content)
    return True
