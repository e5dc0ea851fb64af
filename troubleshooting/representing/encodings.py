"""Bytes of a log -> its text, whatever program wrote it. Pure; raises for no bytes."""

from __future__ import annotations

import codecs
import re

#: Byte order marks; those of 32 bits before those of 16, which they begin with.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Bytes that are looked at for the zeros that UTF-16 puts between the letters of our languages.
_SAMPLE = 4096
_LOST = "\ufffd"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def is_text(raw: bytes) -> bool:
    """Return whether the beginning of ``raw`` is text: it has next to no controls."""
    text = _decoded(raw[:_SAMPLE])
    controls = sum(one < " " and one not in "\t\n\v\f\r\x1b" for one in text)
    return controls <= 0.02 * len(text)


def text_of(raw: bytes) -> str:
    """Return the text of ``raw``, its lines ended by line feeds alone.

    The encoding is that of the byte order mark, else UTF-16 where every other byte is zero, else
    UTF-8 unless more of it is broken than sound, else Windows-1252.
    """
    return _decoded(raw).replace("\r\n", "\n").replace("\r", "\n")


def _decoded(raw: bytes) -> str:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace")
    if encoding := _unmarked(raw[:_SAMPLE]):
        return raw.decode(encoding, "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("utf-8", "replace")
    sound = sum(not character.isascii() for character in text) - text.count(_LOST)
    if sound > text.count(_LOST):  # cut within a character, or joined from two files
        return text
    return raw.decode("cp1252", "replace")


def _unmarked(sample: bytes) -> str:
    """Return the encoding of 16 bits that ``sample`` is in without a mark, else ""."""
    half = len(sample) // 2
    if half < 2:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd < 0.1 * half else ""


def printable(text: str) -> str:
    """Return ``text`` without what would steer a terminal: controls but tabs and line feeds."""
    return _CONTROL.sub(_LOST, text)
