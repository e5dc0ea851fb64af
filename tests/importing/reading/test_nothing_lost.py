"""What went in can be found again: every word of a document is in an article or is structure."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.importing.reading.test_entries import PATHS, read
from troubleshooting.texts.docfx import DocfxDocument
from troubleshooting.texts.languages import labels_for
from troubleshooting.texts.languages.matching import label_of

WORD = re.compile(r"[^\W_]+")
STRUCTURAL = {"front matter", "directive", "comment", "blank", "markup", "table header"}


def words(text: str) -> Counter[str]:
    """The words of a text, without markup, anchors and the tags of table cells."""
    text = re.sub(r"<a name=\"[^\"]*\"></a>|</?(?:br|ol|ul|li|strong)\b[^>]*>", " ", text)
    return Counter(WORD.findall(re.sub(r"&gt;", ">", text).lower()))


def kept(document: DocfxDocument) -> Counter[str]:
    """The words of everything that the portal keeps of a document."""
    texts = [text for entry in document.entries for text in entry.texts.values()]
    texts += [document.preamble, document.title]
    texts += [item.title for item in document.outline] + [item.intro for item in document.outline]
    return words("\n".join(texts))


def structural_lines(document: DocfxDocument) -> set[int]:
    return {
        number
        for place in document.structure
        if place.section in STRUCTURAL
        for number in range(place.lines[0], place.lines[1] + 1)
    }


@pytest.mark.parametrize("path", PATHS)
def test_every_word_is_kept(path: Path):
    document = read(path)
    skipped = structural_lines(document)
    labels = labels_for(document.language)
    lines = path.read_text("utf-8").splitlines()
    before: Counter[str] = Counter()
    for number, line in enumerate(lines, 1):
        label = label_of(line, labels)
        text = label.rest if label and label.part != "message" else line
        text = re.sub(r"^\s*\d+[.)]\s", "", text)  # authors may number every item 1.
        if number not in skipped and not re.match(r">\s*\[!\w+\]\s*$", line):
            before += words(text)
    missing = before - kept(document)
    assert not missing
