"""Real documents: both languages of one make the same articles, and no word is lost."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from scripts.lost_words import lost
from scripts.truth import CORPUS, LANGUAGES, include_from, made_of
from scripts.truth_scoring import Made
from troubleshooting.texts.docfx import Document, DocumentError, read_document

needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="needs ../shared")
pytestmark = pytest.mark.slow
#: Words that are lost in all documents together.
MOST_WORDS_LOST = 2
#: Pairs of which both languages make the same articles; each that is mended raises it.
FEWEST_PAIRS_ALIKE = 111


def read(path: Path) -> Document | None:
    try:
        return read_document(
            path.read_bytes(),
            str(path.relative_to(CORPUS)),
            languages=LANGUAGES,
            include=lambda name: include_from(Path(name), path),
        )
    except DocumentError:
        return None


def facts(document: Document) -> list[tuple[bool, frozenset[str], frozenset[str], tuple[int, ...]]]:
    made: list[Made] = [made_of(entry, document.language) for entry in document.entries]
    return [(each.problem, each.codes, each.platforms, each.resolutions) for each in made]


@needs_corpus
def test_both_languages_of_a_document_make_the_same_articles():
    alike, different = 0, []
    for french in sorted(CORPUS.rglob("fr/**/*.md")):
        english = Path(str(french).replace("/fr/", "/en/"))
        documents = [read(french), read(english) if english.is_file() else None]
        if "seed-chain" in french.parts or None in documents:
            continue
        left, right = (facts(document) for document in documents if document)
        if left == right:
            alike += 1
        else:
            different.append(french.name)
    assert alike >= FEWEST_PAIRS_ALIKE, f"{alike} alike; not: {different}"


@needs_corpus
def test_no_word_is_lost_without_a_line_in_the_report():
    missing: Counter[str] = Counter()
    for path in sorted(CORPUS.rglob("*.md")):
        document = read(path)
        if document is None:
            continue
        missing += lost(document, path.read_text("utf-8-sig"))
        assert not [place for place in document.structure if place.section == "unaccounted"], path
    assert missing.total() < MOST_WORDS_LOST, missing
