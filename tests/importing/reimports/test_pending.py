"""Editors and a document change the same block: theirs stays, the document's waits, once.

Each case is a walk: who says what, and what the article and what waits says then. `A` and `B` are
two blocks of a section; `-` means that nothing waits.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.people import person
from troubleshooting.editing import pending_of, publish_pending, reject_pending, save_translation
from troubleshooting.importing import import_paths
from troubleshooting.models import Article, ArticleTranslation, Revision

pytestmark = pytest.mark.django_db

DOCUMENT = """\
# The hall

## <a name="clock"></a>The clock is late
**Problem:** It is late.

**Resolution:**

{}
"""
IMPORT = Revision.Origin.IMPORT


#: What stands for A, B and C, each in versions; versions of one block are known as one.
WORDS = {
    "A": "Open the settings of the kiosk and choose the time zone number {}.",
    "B": "Restart the printer at the counter, then wait {} minutes.",
    "C": "Tell the colleagues of shift {} about it.",
}


def blocks(text: str) -> str:
    """The text that a short form such as `A1 / B2` stands for."""
    each = text.split(" / ")
    return "\n\n".join(WORDS[block[0]].format(block[1:]) for block in each)


def short(text: str) -> str:
    """The short form of such a text."""
    forms = {WORDS[b].format(n): f"{b}{n}" for b in WORDS for n in range(10)}
    return " / ".join(forms[block] for block in text.split("\n\n"))


def upstream(folder: Path, text: str) -> None:
    path = folder / "hall.en.md"
    path.write_text(DOCUMENT.format(blocks(text)), "utf-8")
    assert not import_paths([str(path)]).failed


def text() -> ArticleTranslation:
    return ArticleTranslation.objects.get()


def edit(wanted: str) -> None:
    texts = {**text().texts(), "resolution": blocks(wanted)}
    save_translation(
        article=text().article, language="en", texts=texts, author=None, origin="editor"
    )


def state() -> tuple[str, str]:
    waiting = pending_of(text().article, "en", IMPORT)
    return short(text().resolution), short(waiting.texts["resolution"]) if waiting else "-"


WALKS = {
    "the other block is merged": [
        ("upstream", "A1 / B1", "A1 / B1", "-"), ("edit", "A0 / B1", "A0 / B1", "-"),
        ("upstream", "A2 / B2", "A0 / B2", "A2 / B2"),
    ],
    "what waits does not come again, and later changes do": [
        ("upstream", "A1 / B1", "A1 / B1", "-"), ("edit", "A0 / B1", "A0 / B1", "-"),
        ("upstream", "A2 / B1", "A0 / B1", "A2 / B1"),
        ("upstream", "A2 / B1", "A0 / B1", "A2 / B1"),
        ("upstream", "A2 / B2", "A0 / B2", "A2 / B2"),
        ("upstream", "A3 / B3", "A0 / B3", "A3 / B3"),
    ],
    "edits of the meantime are in what waits": [
        ("upstream", "A1 / B1", "A1 / B1", "-"), ("edit", "A0 / B1", "A0 / B1", "-"),
        ("upstream", "A2 / B1", "A0 / B1", "A2 / B1"),
        ("edit", "A0 / B1 / C1", "A0 / B1 / C1", "A2 / B1"),
        ("upstream", "A2 / B2", "A0 / B2 / C1", "A2 / B2 / C1"),
    ],
    "an editor who says the same ends the waiting": [
        ("upstream", "A1 / B1", "A1 / B1", "-"), ("edit", "A0 / B1", "A0 / B1", "-"),
        ("upstream", "A2 / B1", "A0 / B1", "A2 / B1"),
        ("edit", "A2 / B1", "A2 / B1", "A2 / B1"),
        ("upstream", "A2 / B1", "A2 / B1", "-"),
    ],
    "accepted": [
        ("upstream", "A1 / B1", "A1 / B1", "-"), ("edit", "A0 / B1", "A0 / B1", "-"),
        ("upstream", "A2 / B1", "A0 / B1", "A2 / B1"),
        ("edit", "A0 / B1 / C1", "A0 / B1 / C1", "A2 / B1"),
        ("accept", "", "A2 / B1 / C1", "-"),
        ("upstream", "A3 / B1", "A3 / B1 / C1", "-"),
    ],
    "rejected, it does not come again, but the next change does": [
        ("upstream", "A1 / B1", "A1 / B1", "-"), ("edit", "A0 / B1", "A0 / B1", "-"),
        ("upstream", "A2 / B1", "A0 / B1", "A2 / B1"),
        ("reject", "", "A0 / B1", "A2 / B1"),
        ("upstream", "A2 / B2", "A0 / B2", "A2 / B1"),
        ("upstream", "A3 / B2", "A0 / B2", "A3 / B2"),
    ],
    "a block that left the document stays until somebody agrees": [
        ("upstream", "A1 / B1", "A1 / B1", "-"), ("edit", "A0 / B1", "A0 / B1", "-"),
        ("upstream", "B1", "A0 / B1", "B1"), ("accept", "", "B1", "-"),
    ],
    "what an editor took out does not come back by itself": [
        ("upstream", "A1 / B1", "A1 / B1", "-"), ("edit", "B1", "B1", "-"),
        ("upstream", "A1 / B2", "B2", "-"), ("upstream", "A2 / B2", "B2", "A2 / B2"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("walk", WALKS.values(), ids=WALKS.keys())
def test_who_says_what_and_what_waits(tmp_path: Path, walk):
    reviewer = person("administrator")
    for actor, words, article, waiting in walk:
        match actor:
            case "upstream":
                upstream(tmp_path, words)
            case "edit":
                edit(words)
            case "accept":
                publish_pending(pending_of(text().article, "en", IMPORT), user=reviewer)
            case "reject":
                pending = pending_of(text().article, "en", IMPORT)
                reject_pending(pending, user=reviewer, comment="Ours is right.")
        assert state() == (article, waiting), (actor, words)


def test_a_text_that_was_there_before_its_document_stays(tmp_path: Path):
    """The other language brought the article, an editor the text of this one."""
    french = DOCUMENT.replace("Problem", "Problème").replace("Resolution", "Résolution")
    (tmp_path / "hall.fr.md").write_text(french.format("Réglez."), "utf-8")
    import_paths([str(tmp_path / "hall.fr.md")])
    article = Article.objects.get()
    own = {"title": "Clock", "resolution": "Our own way."}
    save_translation(article=article, language="en", texts=own, author=None, origin="editor")
    (tmp_path / "hall.en.md").write_text(DOCUMENT.format("Their way."), "utf-8")
    import_paths([str(tmp_path / "hall.en.md")])
    assert article.translations.get(language="en").resolution == "Our own way."
    assert pending_of(article, "en", IMPORT).texts["resolution"] == "Their way."
