"""A text and its translation as XLIFF 2.0, for translators who work with tools of their own. Pure.

https://docs.oasis-open.org/xliff/xliff-core/v2.0/xliff-core-v2.0.html. Each row of the page on
which editors translate is a unit of one segment; its Markdown is text. Notes of the file say which
revisions it was made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from lxml import etree

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
MEDIA_TYPE = "application/xliff+xml"
#: Bytes of a file: some hundred times an article of the longest kind.
LONGEST = 5_000_000
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Inline elements that mark words and hold nothing themselves.
_MARKS = frozenset({"mrk", "sm", "em"})
_NUMBER = re.compile(r"a?(\d{1,18})")


class XliffError(Exception):
    """A file cannot be taken; ``code`` is the reason, ``detail`` what it is about."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


class XliffUnit(NamedTuple):
    """A row: ``is_done`` where its translation renders the source as it is."""

    key: str
    source: str
    target: str
    is_done: bool


class XliffFile(NamedTuple):
    """One article from a language to another; revisions by number, 0: no text yet.

    ``begun`` is the number of a translation that is not complete.
    """

    article: int
    address: str
    source_language: str
    source_revision: int
    language: str
    revision: int
    begun: int
    units: list[XliffUnit]


def write_xliff(file: XliffFile) -> bytes:
    """Return ``file`` as a document in UTF-8."""
    root = etree.Element(_tag("xliff"), nsmap={None: NAMESPACE}, version="2.0")
    root.set("srcLang", file.source_language)
    root.set("trgLang", file.language)
    body = etree.SubElement(root, _tag("file"), id=f"a{file.article}", original=file.address)
    notes = etree.SubElement(body, _tag("notes"))
    for name in _REVISIONS:
        note = etree.SubElement(notes, _tag("note"), category=name)
        note.text = str(getattr(file, name))
    for row in file.units:
        unit = etree.SubElement(body, _tag("unit"), id=row.key, canResegment="no")
        state = "translated" if row.is_done else "initial"
        segment = etree.SubElement(unit, _tag("segment"), state=state)
        for name, text in (("source", row.source), ("target", row.target)):
            if name == "source" or text:
                element = etree.SubElement(segment, _tag(name))
                element.set(_SPACE, "preserve")
                element.text = _FORBIDDEN.sub("", text)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


_REVISIONS = ("source_revision", "revision", "begun")


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def read_xliff(raw: bytes) -> XliffFile:
    """Return what a translator sends back. Raise ``XliffError``."""
    root = _parse(raw)
    files = root.findall(_tag("file"))
    if len(files) != 1:
        raise XliffError("files")
    body = files[0]
    named = _NUMBER.fullmatch(body.get("id", ""))
    notes = {
        note.get("category", ""): (note.text or "").strip()
        for note in body.iterfind(f"{_tag('notes')}/{_tag('note')}")
    }
    numbers = [notes.get(name, "") for name in _REVISIONS]
    if named is None or not all(re.fullmatch(r"\d{1,9}", number) for number in numbers):
        raise XliffError("not_ours")
    source_revision, revision, begun = map(int, numbers)
    units = list(_units(body.iter(_tag("unit"))))
    keys = [unit.key for unit in units]
    if len(set(keys)) != len(keys):
        raise XliffError("twice", next(key for key in keys if keys.count(key) > 1))
    return XliffFile(
        int(named[1]), body.get("original", ""), root.get("srcLang", ""), source_revision,
        root.get("trgLang", ""), revision, begun, units,
    )  # fmt: skip


def _parse(raw: bytes) -> etree._Element:
    if len(raw) > LONGEST:
        raise XliffError("too_large")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise XliffError("not_utf8") from None
    # No file of ours has one, and what they can do to a reader is never wanted.
    if "<!DOCTYPE" in text:
        raise XliffError("doctype")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise XliffError("broken", str(error)[:200]) from None
    if root.tag != _tag("xliff") or not root.get("version", "").startswith("2."):
        raise XliffError("version")
    return root


def _units(units: Iterable[etree._Element]) -> Iterable[XliffUnit]:
    for unit in units:
        key = unit.get("id", "")
        parts = [part for part in unit if part.tag in (_tag("segment"), _tag("ignorable"))]
        sides = {
            name: "".join(_text(part.find(_tag(name)), key) for part in parts)
            for name in ("source", "target")
        }
        segments = [part for part in parts if part.tag == _tag("segment")]
        is_done = all(part.get("state", "initial") != "initial" for part in segments)
        yield XliffUnit(key, sides["source"], sides["target"], is_done and bool(segments))


def _text(element: etree._Element | None, key: str) -> str:
    if element is None:
        return ""
    for child in element.iter():
        if child is not element and etree.QName(child).localname not in _MARKS:
            raise XliffError("tags", key)
    return "".join(element.itertext())
