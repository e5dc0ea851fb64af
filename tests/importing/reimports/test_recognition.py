"""Writers move, rename, split and merge files; an administrator has several trees.

Each case: the files of a first import, those of a second, and what the second one has to do. What
was there before keeps its article, its address and what editors wrote; nothing is made twice.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from troubleshooting.editing import save_translation
from troubleshooting.importing import ImportOutcome, import_paths
from troubleshooting.models import Article, ArticleTranslation, Source, SourceDocument, SourceEntry

pytestmark = pytest.mark.django_db

CLOCK = """\
**Problem:** The clock of the kiosk is an hour late and every ticket carries the wrong time.

**Resolution:** Open the settings of the kiosk, choose the time zone of the hall and restart it.
"""
PRINTER = """\
**Problem:** The printer of the counter draws grey stripes over every second label of a roll.

**Resolution:** Clean the head with a dry cloth, feed ten labels and print the test page again.
"""
BADGE = """\
**Problem:** The reader at the gate refuses new badges although their owners are in the list.

**Resolution:** Send the list to the gate anew, wait until its lamp is green and try once more.
"""


def section(heading: str, text: str) -> str:
    anchor = heading.lower().replace(" ", "-")
    return f"## <a name='{anchor}'></a>{heading}\n{text}\n"


def document(title: str, *sections: str, asset: str = "", keys: str = "") -> str:
    header = f"ms.assetid: {asset}\n" if asset else ""
    return f"---\ntitle: {title}\n{header}{keys}---\n# {title}\n\n" + "\n".join(sections)


HALL = document("The hall", section("Clock", CLOCK), section("Printer", PRINTER))
NUMBERED = document("The hall", section("Clock", CLOCK), section("Printer", PRINTER), asset="7f-1")
GATE = document("The gate", section("Badge", BADGE))


def write(root: Path, files: dict[str, str]) -> None:
    for path in root.rglob("*.md"):
        path.unlink()
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def tree(root: Path, files: dict[str, str], source: Source | None = None):
    write(root, files)
    run = import_paths([str(root)], source=source, language="en")
    assert not run.failed, [d.said for d in run.documents]
    return run


def redirected(old: str, new: str) -> str:
    rows = [{"source_path": f"repository/{old}", "redirect_url": f"/help/{new}"}]
    return json.dumps({"redirections": rows})


@pytest.fixture
def source() -> Source:
    return Source.objects.create(slug="help", name="Help", location="/nowhere")


SHORTER = section("Clock", "**Problem:** Late.\n\n**Resolution:** Set it.")
#: First files, second files, articles in all, documents in all; in a source of its own.
MOVES = {
    "a moved folder": ({"a/hall.md": HALL, "a/gate.md": GATE},
                       {"b/hall.md": HALL, "b/gate.md": GATE}, 3, 2),
    "a renamed file": ({"hall.md": HALL}, {"lobby.md": HALL}, 2, 1),
    "a file renamed and half rewritten": (
        {"hall.md": HALL},
        {"lobby.md": document("The hall", section("Clock", CLOCK), section("Badge", BADGE))}, 3, 1),
    "a numbered file, moved, renamed and rewritten": (
        {"hall.md": NUMBERED}, {"x/y.md": document("Lobby", SHORTER, asset="7f-1")}, 2, 1),
    "a copy with the number of the first": (
        {"hall.md": NUMBERED}, {"hall.md": NUMBERED, "copy.md": NUMBERED}, 4, 2),
    "a file of another number at the path of the first": (
        {"hall.md": NUMBERED}, {"hall.md": document("Gate", section("Badge", BADGE), asset="9")},
        3, 2),
    "a renamed heading": (
        {"hall.md": HALL},
        {"hall.md": document("The hall", section("iOS Clock", CLOCK),
                             section("Label printer", PRINTER))}, 2, 1),
    "a file split in two": (
        {"hall.md": HALL},
        {"hall.md": document("The hall", section("Clock", CLOCK)),
         "printers.md": document("Printers", section("Printer", PRINTER))}, 2, 2),
    "a file split and gone": (
        {"hall.md": HALL},
        {"clocks.md": document("Clocks", section("Clock", CLOCK)),
         "printers.md": document("Printers", section("Printer", PRINTER))}, 2, 3),
    "two files merged": (
        {"hall.md": HALL, "gate.md": GATE},
        {"hall.md": document("The hall", section("Clock", CLOCK), section("Printer", PRINTER),
                             section("Badge", BADGE))}, 3, 2),
    "two files changed names": ({"a.md": HALL, "b.md": GATE}, {"a.md": GATE, "b.md": HALL}, 3, 2),
    "a section moved to another file": (
        {"b.md": HALL, "c.md": GATE},
        {"b.md": document("The hall", section("Clock", CLOCK)),
         "c.md": document("The gate", section("Badge", BADGE), section("Printer", PRINTER))}, 3, 2),
    "a section moved to an earlier file": (
        {"b.md": GATE, "c.md": HALL},
        {"b.md": document("The gate", section("Badge", BADGE), section("Printer", PRINTER)),
         "c.md": document("The hall", section("Clock", CLOCK))}, 3, 2),
    "sections of two files changed places": (
        {"b.md": GATE, "c.md": document("The hall", section("Clock", CLOCK))},
        {"b.md": document("The gate", section("Clock", CLOCK)),
         "c.md": document("The hall", section("Badge", BADGE))}, 2, 2),
    "another file that is new": ({"hall.md": HALL}, {"hall.md": HALL, "gate.md": GATE}, 3, 2),
    "two files of one name with one common heading": (
        {"a/index.md": document("Start", section("Clock", CLOCK), section("Badge", BADGE))},
        {"a/index.md": document("Start", section("Clock", CLOCK), section("Badge", BADGE)),
         "b/index.md": document("Start", section("Clock", SHORTER), section("Printer", PRINTER))},
        4, 2),
}  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "articles", "documents"), MOVES.values(), ids=MOVES.keys()
)
def test_what_writers_move_stays_one(
    tmp_path: Path, source, first, second, articles: int, documents: int
):
    tree(tmp_path, first, source)
    before = {a.pk: a.slug for a in Article.objects.all()}
    tree(tmp_path, second, source)
    assert (Article.objects.count(), SourceDocument.objects.count()) == (articles, documents)
    assert before.items() <= {a.pk: a.slug for a in Article.objects.all()}.items()
    again = tree(tmp_path, second, source)
    assert {a.outcome for d in again.documents for a in d.articles} == {ImportOutcome.UNCHANGED}


def test_redirections_say_where_a_file_went(tmp_path: Path, source):
    """Nothing else does: name, number and words are others."""
    (tmp_path / ".openpublishing.redirection.json").write_text(
        redirected("old/hall.md", "new/lobby"), "utf-8"
    )
    tree(tmp_path, {"old/hall.md": HALL}, source)
    new = document("Lobby", section("Badge", BADGE))
    tree(tmp_path, {"new/lobby.md": new, "other/lobby.md": GATE}, source)
    assert SourceDocument.objects.get(path="new/lobby.md").key == "old-hall"
    assert SourceDocument.objects.count() == 2


def test_links_to_former_names_and_anchors_go_on_leading_there(tmp_path: Path, source):
    link = "See [the clock](hall.md#clock)."
    gate = document("The gate", section("Badge", f"**Problem:** None.\n\n**Resolution:** {link}"))
    tree(tmp_path, {"hall.md": HALL, "gate.md": gate}, source)
    renamed = document("The hall", section("iOS Clock", CLOCK), section("Printer", PRINTER))
    tree(tmp_path, {"lobby.md": renamed, "gate.md": gate}, source)
    html = ArticleTranslation.objects.get(article__slug="badge").rendered.resolution
    assert 'href="/en/articles/clock/' in html


def test_two_trees_with_the_same_paths_are_two(tmp_path: Path, source):
    other = Source.objects.create(slug="archive", name="Archive", location="/nowhere")
    tree(tmp_path, {"hall.md": HALL}, source)
    changed = HALL.replace("an hour late", "a day late")
    tree(tmp_path, {"hall.md": changed}, other)
    assert set(SourceDocument.objects.values_list("key", "source__slug")) == {
        ("hall", "help"), ("archive-hall", "archive"),
    }  # fmt: skip
    assert "an hour late" in ArticleTranslation.objects.get(article__slug="clock").problem


@pytest.mark.parametrize("folder", ["a", "b"])
def test_files_of_one_name_from_anywhere_are_told_by_what_they_say(tmp_path: Path, folder):
    """Uploaded one by one, nothing but the name is known of where they lay."""
    for name, text in (("a", HALL), ("b", GATE)):
        write(tmp_path / name, {"index.md": text})
        import_paths([str(tmp_path / name / "index.md")], language="en")
    assert SourceDocument.objects.count() == 2
    path = tmp_path / folder / "index.md"
    path.write_text(path.read_text("utf-8") + "\nClosing words.\n", "utf-8")
    import_paths([str(path)], language="en")
    assert SourceDocument.objects.count() == 2
    assert Article.objects.count() == 3


def test_what_a_rename_moves_keeps_what_editors_wrote(tmp_path: Path, source):
    tree(tmp_path, {"hall.md": HALL}, source)
    text = ArticleTranslation.objects.get(article__slug="printer")
    edited = {**text.texts(), "cause": "The head is dirty."}
    save_translation(
        article=text.article, language="en", texts=edited, author=None, origin="editor"
    )
    moved = PRINTER.replace("ten labels", "twelve labels")
    tree(tmp_path, {"printers.md": document("Printers", section("Labels", moved))}, source)
    text.refresh_from_db()
    assert (text.cause, "twelve labels" in text.resolution) == ("The head is dirty.", True)


def test_what_left_its_document_is_noted_and_comes_back(tmp_path: Path, source):
    tree(tmp_path, {"hall.md": HALL}, source)
    removed = SourceEntry.objects.filter(removed__isnull=False)
    shorter = {"hall.md": document("The hall", section("Clock", CLOCK))}
    (report,) = tree(tmp_path, shorter, source).documents
    assert [a.outcome for a in report.articles] == [ImportOutcome.UNCHANGED, ImportOutcome.REMOVED]
    assert [row.article.slug for row in removed] == ["printer"]
    (report,) = tree(tmp_path, shorter, source).documents
    assert [a.outcome for a in report.articles] == [ImportOutcome.UNCHANGED], "said once"
    tree(tmp_path, {"hall.md": HALL}, source)
    assert not removed.all().exists()
    assert Article.objects.count() == 2


def one_row(code: str, *head: str) -> str:
    rows = (head, ("---",) * 3, (code, "The gate stays shut.", "Open it by hand."))
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


ROW = section("Codes", one_row("0x80CF0437", "Error code", "Problem", "Solution"))
FRENCH_ROW = section("Zahlen", one_row("0x80CF0999", "Code d’erreur", "Problème", "Solution"))


TRANSLATIONS = {
    "documents about one thing, though anchors were translated": (
        section("Clock", CLOCK), section("Uhr", CLOCK), 1,
    ),
    "of several things the translator keeps the anchors": (
        section("Clock", CLOCK) + section("Printer", PRINTER), section("Uhr", CLOCK), 3,
    ),
    "a row of a table is another error where its code is another": (ROW, FRENCH_ROW, 2),
    "and no section": (section("Clock", CLOCK), FRENCH_ROW, 2),
    "nor is a section a row": (ROW, section("Uhr", CLOCK), 2),
}  # fmt: skip


@pytest.mark.parametrize(("english", "french", "articles"), TRANSLATIONS.values(), ids=TRANSLATIONS)
def test_a_translation_joins_the_article_of_the_same_thing(tmp_path, english, french, articles):
    files = {"hall.en.md": document("The hall", english), "hall.fr.md": document("Salle", french)}
    write(tmp_path, files)
    run = import_paths([str(tmp_path)])
    assert not run.failed
    assert SourceEntry.objects.count() == articles + (articles == 1)
    assert Article.objects.count() == articles
