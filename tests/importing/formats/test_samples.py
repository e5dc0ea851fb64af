"""What each format becomes: articles, codes, platforms, steps, alerts, images of every sample."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.importing.formats.table import expected, made, read, sample
from tests.importing.formats.word import samples as word_samples
from troubleshooting.texts.converting.html.convert import shown_text
from troubleshooting.texts.converting.html.reading import words

SAMPLES = sorted({row.sample for row in expected()})


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_becomes_what_an_editor_would_make_of_it(name: str):
    assert list(made(name)) == [row for row in expected() if row.sample == name]


@pytest.mark.parametrize("name", SAMPLES)
def test_no_word_is_lost_without_a_note(name: str):
    for converted in sample(name):
        assert not [note for note in converted.notes if note.code == "left_words"]
        document = read(name, converted)
        texts = [text for entry in document.entries for text in entry.texts.values()]
        texts += [document.title, document.preamble]
        texts += [text for item in document.outline for text in (item.title, item.intro)]
        first = next((p.lines[1] for p in document.structure if p.section == "front matter"), 0)
        body = "\n".join(converted.text.split("\n")[first:])
        lost = Counter(words(shown_text(body))) - Counter(words(shown_text("\n\n".join(texts))))
        assert not set(lost) - LABELS


#: The names of sections are their labels.
LABELS = {
    "symptom",
    "symptoms",
    "symptôme",
    "symptômes",
    "problem",
    "problème",
    "cause",
    "resolution",
    "résolution",
    "solution",
    "see",
    "also",
    "erreurs",
    "code",
    "d",
    "erreur",
    "description",
}


def test_what_is_left_out_of_a_word_document_is_told():
    notes = {n.code: n.detail for n in sample("word/outlook-profile.docx")[0].notes}
    assert notes == {
        "left_comments": "2 – Ask Ada",
        "left_deleted": "1 – Post",
        "left_hidden": "1 – secret",
    }
    assert set(word_samples()) == {name for name in SAMPLES if name.endswith(".docx")}


def test_what_stands_around_a_page_is_told():
    notes = {n.code: n.detail for n in sample("html/vpn-691.html")[0].notes}
    assert notes["left_hidden"] == "5 – Hidden words of the template"
    assert "Copyright Contoso" in notes["left_around"]
    text = sample("html/vpn-691.html")[0].text
    assert "tracking" not in text
    assert "Get-VpnConnection | Where-Object { $_.Name -like" in text
