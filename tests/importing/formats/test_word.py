"""Word documents that are traps, and what stands in unusual places."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.importing.formats.word import (
    MONO,
    document,
    image,
    paragraph,
    samples,
    table,
    text,
    text_box,
)  # fmt: skip
from troubleshooting.texts.converting import ProductPage, word
from troubleshooting.texts.converting.formats import convert
from troubleshooting.texts.docfx import DocumentError


def markdown(*blocks: str, **parts: str | tuple[str, ...]) -> str:
    found = convert(ProductPage(document(*blocks, **parts), "x.docx"))  # type: ignore[arg-type]  # a file of bytes
    assert found is not None
    return found[0].text


CASES = {
    "a style that is based on a heading is one": (
        (paragraph("T", style="Titre"), paragraph("A", style="Chapitre"), paragraph("x")),
        "# T\n\n## A\n\nx\n",
    ),
    "a picture between two steps belongs to the first": (
        (
            paragraph("T", style="Titre"), paragraph("a", item=(1, 0)), paragraph(image("P")),
            paragraph("b", item=(1, 0)),
        ),
        "# T\n\n1. a\n\n   ![P](inside/1.png)\n2. b\n",
    ),
    "a paragraph after the last step does not": (
        (paragraph("T", style="Titre"), paragraph("a", item=(1, 0)), paragraph("x")),
        "# T\n\n1. a\n\nx\n",
    ),
    "letters of one width are code": (
        (paragraph("T", style="Titre"), paragraph("Type ", text("a_b | c", MONO), text("."))),
        "# T\n\nType `a_b | c`.\n",
    ),
    "a text box is text, once": (
        (paragraph("T", style="Titre"), paragraph(text_box(paragraph("Box")))),
        "# T\n\nBox\n",
    ),
    "a form is what it names": (
        (
            paragraph("T", style="Titre"),
            table(("Symptom", "Error 5007"), ("Solution", "Restart.")),
        ),
        "# T\n\n**Symptom**\n\nError 5007\n\n**Solution**\n\nRestart.\n",
    ),
    "formulas and characters of other planes stay": (
        (
            paragraph("T", style="Titre"),
            paragraph("<m:oMath xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\">"
                      "<m:r><m:t>a+b</m:t></m:r></m:oMath>", text(" 😀")),
        ),
        "# T\n\na+b 😀\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_parts_of_documents(name: str):
    blocks, expected = CASES[name]
    assert markdown(*blocks) == expected


def repacked(changes: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(samples()["word/codes.docx"])) as archive,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for name in archive.namelist():
            packed.writestr(name, changes.get(name, archive.read(name)))
    return out.getvalue()


def test_a_document_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(word, "MOST_UNPACKED", 1000)
    with pytest.raises(DocumentError, match="word_bomb"):
        convert(ProductPage(samples()["word/codes.docx"], "x.docx"))


@pytest.mark.parametrize(
    "part",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b"<w:document>",
        b"",
    ],
)
def test_a_part_that_declares_entities_or_is_damaged_is_refused(part: bytes):
    with pytest.raises(DocumentError, match="word_broken"):
        convert(ProductPage(repacked({"word/document.xml": part}), "x.docx"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_whole_part_that_declares_anything_is_refused(encoding: str):
    with zipfile.ZipFile(io.BytesIO(samples()["word/codes.docx"])) as archive:
        root = archive.read("word/document.xml").decode().partition("?>")[2]

    def read(declared: str):
        part = f'<?xml version="1.0" encoding="{encoding}"?>{declared}{root}'.encode(encoding)
        return convert(ProductPage(repacked({"word/document.xml": part}), "x.docx"))

    assert read(" " * 4000)
    for declared in ("<!DOCTYPE a>", " " * 4000 + '<!DOCTYPE a [<!ENTITY b "c">]>'):
        with pytest.raises(DocumentError, match="word_broken"):
            read(declared)
