"""Real documents: both languages of one make the same articles, and no word is lost."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from scripts.truth.lost_words import lost
from scripts.truth.reading import CORPUS, LANGUAGES, include_from, made_of
from scripts.truth.scoring import Made
from troubleshooting.texts.docfx import DocfxDocument, DocumentError, read_document

needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="needs ../shared")
pytestmark = pytest.mark.slow
#: Pairs that make the same articles; of the others one language has lines that the other lacks.
FEWEST_PAIRS_ALIKE = 116


@cache
def read(path: Path) -> DocfxDocument | None:
    try:
        return read_document(
            path.read_bytes(),
            str(path.relative_to(CORPUS)),
            languages=LANGUAGES,
            include=lambda name: include_from(Path(name), path),
        )
    except DocumentError:
        return None


def facts(
    document: DocfxDocument,
) -> list[tuple[bool, frozenset[str], frozenset[str], tuple[int, ...]]]:
    made: list[Made] = [made_of(entry, document.language) for entry in document.entries]
    return [(each.problem, each.codes, each.platforms, each.resolutions) for each in made]


def skeleton(path: Path) -> list[str]:
    """What both languages of one version share: levels of headings, kinds of lines, link targets.

    It is read from the lines of the file, not by the importer.
    """
    text = re.sub(r"\A\s*---.*?^---\s*$", "", path.read_text("utf-8-sig"), flags=re.S | re.M)
    found: list[str] = []
    for line in filter(str.strip, text.split("\n")):
        kind = re.match(r"#{1,6}(?=\s)|\s*(?:\d+[.)]|[-*+])(?=\s)|\s*[|>]", line)
        found.append(re.sub(r"\d+", "1", kind[0].strip()) if kind else "words")
        found += [re.split(r"[#?]", target)[0] for target in re.findall(r"\]\(([^)\s]+)", line)]
    return [part.rsplit("/", 1)[-1] for part in found]


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
        elif skeleton(french) == skeleton(english):
            different.append(french.name)
    assert not different
    assert alike >= FEWEST_PAIRS_ALIKE


@needs_corpus
def test_no_word_is_lost_without_a_line_in_the_report():
    missing: Counter[str] = Counter()
    for path in sorted(CORPUS.rglob("*.md")):
        document = read(path)
        if document is None:
            continue
        missing += lost(document, path.read_text("utf-8-sig"))
        assert not [place for place in document.structure if place.section == "unaccounted"], path
    assert not missing
