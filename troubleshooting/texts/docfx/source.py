"""Bytes of a file -> its text. Says what is wrong with bytes that are none."""

from __future__ import annotations

from .errors import DocumentError

MAX_BYTES = 5 * 1024 * 1024
_BOM = b"\xef\xbb\xbf"


def decode(raw: bytes) -> str:
    """Return the text of ``raw`` with line feeds alone, without a byte order mark.

    Raise ``DocumentError`` (``empty``, ``too_large``, ``not_utf8`` or ``binary``).
    """
    if len(raw) > MAX_BYTES:
        raise DocumentError("too_large", detail=f"{len(raw) / 1024 / 1024:.1f}")
    try:
        text = raw.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise DocumentError("not_utf8", line, f"0x{raw[error.start]:02X}") from error
    if "\0" in text:
        raise DocumentError("binary", text[: text.index("\0")].count("\n") + 1)
    if not text.strip():
        raise DocumentError("empty")
    return text.replace("\r\n", "\n").replace("\r", "\n")
