"""Count the words of documents that are seen nowhere and stand in no line of the report.

A word is seen in a text of an article, or among the document's own words. The report has a line
for everything that is structure: front matter, directives, comments, headers of tables.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

from scripts.truth.reading import CORPUS, LANGUAGES, include_from
from troubleshooting.texts.codes import without_invisible
from troubleshooting.texts.docfx import DocfxDocument, DocumentError, read_document
from troubleshooting.texts.docfx.anchors import split_heading
from troubleshooting.texts.docfx.lines import MARK
from troubleshooting.texts.languages import Labels, fold, labels_for
from troubleshooting.texts.languages.matching import heading_label, label_of

#: What lines are that hold nothing to be read.
STRUCTURAL = frozenset(
    {
        "front matter",
        "directive",
        "comment",
        "blank",
        "markup",
        "table header",
        "repeated row",
        "link definition",
    }
)
_WORD = re.compile(r"[^\W_]+")
_PLACE = re.compile(r"<(?:a|span)\s+(?:name|id)=[^<>]*>|\{#[\w-]+\}|(?m:^\s{0,3}\[[^\]]+\]:.*$)")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_TARGET = re.compile(r"\]\([^)]*\)|\]\[[^\]]*\]")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_DIALECT = re.compile(
    r"\[!(?i:div|include|video)[^\]]*\]|\[!\w+|:::no-loc[ \t]+text=|:::\s*[\w-]+|:::"
    r"|(?:type|source|border|lightbox|loc-scope|alt-text)=|#tab/\S*|`{3,}[^\n`]*"
)
_IMAGE = re.compile(r":::image\s.*?:::|(?<=\))\{[^{}]*\}", re.IGNORECASE)
_NUMBER = re.compile(r"(?m)^[\s>]*\d+[.)]\s")


def words(text: str) -> Counter[str]:
    """Return the words of Markdown ``text`` in lower case, with how often each stands there.

    Targets of links, tags and the words of the dialect itself are left out.
    """
    text = _IMAGE.sub(_alternative, without_invisible(text.replace(MARK, " ")))
    for pattern in (_COMMENT, _PLACE, _TAG, _TARGET, _DIALECT):
        text = pattern.sub(" ", text)
    text = re.sub(r"&(?:gt|lt|amp|nbsp|#\d+);", " ", text)
    return Counter(_WORD.findall(text.lower()))


def _alternative(match: re.Match[str]) -> str:
    found = re.search(r"alt-text=\"([^\"]*)\"", match[0])
    return found[1] if found else " "


def seen(document: DocfxDocument) -> Counter[str]:
    """Return the words of everything that is kept of a document."""
    texts = [text for entry in document.entries for text in entry.texts.values()]
    texts += [document.preamble, document.title]
    texts += [text for item in document.outline for text in (item.title, item.intro)]
    return words("\n".join(texts))


def lost(document: DocfxDocument, text: str) -> Counter[str]:
    """Return the words of ``text`` that ``document`` neither keeps nor reports as structure."""
    structural = {
        number
        for place in document.structure
        if place.section in STRUCTURAL
        for number in range(place.lines[0], place.lines[1] + 1)
    }
    structural |= {
        number
        for entry in document.entries
        for place in entry.placements
        if place.section == "label"
        for number in range(place.lines[0], place.lines[1] + 1)
    }
    labels = labels_for(document.language)
    lines = text.splitlines()
    kept = [line for number, line in enumerate(lines, 1) if number not in structural]
    before = words(_NUMBER.sub("", "\n".join(_without_label(line, labels) for line in kept)))
    return before - seen(document)


def _without_label(line: str, labels: Labels) -> str:
    """Return a line without the label that its section's name replaces."""
    heading = line.lstrip().startswith("#")
    bare = split_heading(line.lstrip().lstrip("#").strip())[1] if heading else line.strip()
    label = label_of(bare, labels) or (heading_label(bare, labels) if heading else None)
    if label and label.part != "message":
        return f"{label.title} {label.rest}"
    if heading and (step := labels.step.fullmatch(fold(bare))):
        return bare[step.start("title") :]
    method = labels.method.fullmatch(fold(bare)) if heading else None
    return bare[method.start("title") :] if method and method["title"] else line


def main() -> None:
    """Print how many words are lost, and the documents that lose most."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    options = parser.parse_args()
    if not options.corpus.is_dir():
        print(f"Skipped: there are no documents in {options.corpus}.")
        return
    total, missing, unaccounted = 0, Counter[str](), 0
    for path in sorted(options.corpus.rglob("*.md")):
        relative = str(path.relative_to(options.corpus))
        try:
            document = read_document(
                path.read_bytes(),
                relative,
                languages=LANGUAGES,
                include=lambda name, base=path: include_from(Path(name), base),  # type: ignore[misc]  # bound by a default
            )
        except DocumentError as error:
            print(f"{relative}: refused, {error.code}")
            continue
        text = path.read_text("utf-8-sig")
        total += words(text).total()
        unaccounted += sum(place.section == "unaccounted" for place in document.structure)
        if words_lost := lost(document, text):
            missing += words_lost
            shown = ", ".join(f"{word} {count}" for word, count in words_lost.most_common(8))
            print(f"{relative}: {shown}")
    print(f"{total} words, {missing.total()} of them lost; {unaccounted} lines without account")


if __name__ == "__main__":
    main()
