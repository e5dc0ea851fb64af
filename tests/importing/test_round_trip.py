"""What is exported comes back: as equal content, into the same base and into an empty one."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importing.reading.test_entries import FIXTURES, SUPPLIED, needs_supplied
from tests.pictures import picture
from troubleshooting.editing import save_translation
from troubleshooting.editing.reusing import save_snippet
from troubleshooting.exporting import ExportSelection, write_archive
from troubleshooting.importing import ImportOutcome, import_paths
from troubleshooting.media import store_image
from troubleshooting.models import (
    Article,
    ArticleTranslation,
    MediaImage,
    Platform,
    Revision,
    Snippet,
    SourceDocument,
    SourceImage,
)
from troubleshooting.texts.docfx import DocumentError
from troubleshooting.texts.docfx.source import decode
from troubleshooting.texts.interchange import (
    ArticleFile,
    FileOrigin,
    digest_of,
    read_article,
    write_article,
)
from troubleshooting.texts.markup import canonical

SECTIONS = ("problem", "cause", "resolution", "other", "internal")
#: Lines that a text may hold and that mean something in a file.
MEANINGFUL = st.sampled_from(
    [
        "<!-- section: problem -->",
        "<!-- section-2: cause -->",
        "<!-- section: internal -->",
        "---",
        "```",
        "    <!-- section: other -->",
        "\ufeff",
        "a\r\nb",
        "> quoted",
        "1. one",
        "",
    ]
)
LINE = st.one_of(MEANINGFUL, st.text(max_size=8))
TEXT = st.one_of(st.text(max_size=30), st.lists(LINE, max_size=10).map("\n".join))


@settings(max_examples=200, deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(SECTIONS, TEXT)), st.text(min_size=1), TEXT)
def test_any_canonical_text_comes_back_equal(sections: dict[str, str], title: str, words: str):
    texts = {name: canonical(text) for name, text in sections.items()}
    texts["title"] = " ".join(title.split()) or "?"
    origin = FileOrigin("guide", "fr", "Guide", attribution=words, anchors=[words], codes=[])
    file = ArticleFile("slug", "fr", texts, owner=words, origins=[origin])
    back = read_article(decode(write_article(file).replace("\0", "").encode()))
    assert {name: back.texts.get(name, "") for name in texts} == texts
    assert (back.owner, back.origins) == (words, [origin])
    assert back.digest == digest_of(texts)


BAD = [
    ("portal-article: 2\nslug: a\nlanguage: fr\ntitle: A\n", "portal_version", 2),
    ("portal-article: 1\nslug: ../a\nlanguage: fr\ntitle: A\n", "portal_field", 3),
    ("portal-article: 1\nslug: a\nlanguage: fr\ntitle: ' '\n", "portal_field", 5),
    ("portal-article: 1\nslug: a\nlanguage: fr\ntitle: A\nreviewed: soon\n", "portal_field", 6),
    ("portal-article: 1\nslug: a\nlanguage: fr\ntitle: A\nplatforms: [x]\n", "portal_field", 6),
    ("portal-article: 1\nslug: a\nlanguage: fr\ntitle: A\norigins: [x]\n", "portal_field", 6),
    ("portal-article: 1\nslug: a\nlanguage: fr\ntitle: [A\n", "front_matter_broken", 5),
]


@pytest.mark.parametrize(("header", "code", "line"), BAD)
def test_a_bad_field_is_named_with_its_line(header: str, code: str, line: int):
    with pytest.raises(DocumentError) as caught:
        read_article(f"---\n{header}---\n")
    assert (caught.value.code, caught.value.line) == (code, line)


HEADER = "---\nportal-article: 1\nslug: a\nlanguage: fr\ntitle: A\n---\n"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("Lost words.\n", "portal_body"),
        ("<!-- section: reason -->\n", "portal_section"),
        ("<!-- section: cause -->\n<!-- section: cause -->\n", "portal_section"),
    ],
)
def test_no_line_outside_of_a_section_is_lost_in_silence(body: str, code: str):
    with pytest.raises(DocumentError) as caught:
        read_article(HEADER + body)
    assert caught.value.code == code


def export(path: Path, **options) -> bytes:
    with path.open("wb") as target:
        write_archive(target, ExportSelection(Article.objects.all(), **options))
    return path.read_bytes()


def outcomes(*paths: Path) -> set[str]:
    """How the articles of an import ended; no document may fail."""
    run = import_paths([str(path) for path in paths])
    assert not run.failed, [d.said for d in run.documents if d.said]
    return {article.outcome for document in run.documents for article in document.articles}


def empty() -> None:
    """Leaves the base as it was before the first import."""
    for model in (Article, SourceDocument, SourceImage, MediaImage, Platform):
        model.objects.all().delete()


def contents() -> dict:
    """What readers and editors see of the texts, without what a base numbers for itself."""
    texts = ArticleTranslation.objects.select_related("article", "rendered")
    return {
        (text.article.slug, text.language): (
            text.texts(),
            text.article.kind,
            text.article.status,
            text.article.audience,
            sorted(text.article.platforms.values_list("slug", "name")),
            text.source_language,
            text.rendered.counts,
            [step.anchor for step in text.steps.all()],
        )
        for text in texts
    }


def check_both_ways(folder: Path) -> None:
    """Export; import into the same base; empty it; import again; export the same bytes."""
    before, first = contents(), export(folder / "first.zip")
    assert outcomes(folder / "first.zip") == {ImportOutcome.UNCHANGED}
    assert Revision.objects.count() == len(before)
    empty()
    assert outcomes(folder / "first.zip") == {ImportOutcome.CREATED}
    assert contents() == before
    assert export(folder / "second.zip") == first


@pytest.mark.django_db
def test_all_articles_of_the_fixtures_come_back(tmp_path: Path):
    import_paths([str(FIXTURES)])
    check_both_ways(tmp_path)
    assert SourceDocument.objects.count() == 2
    document = SourceDocument.objects.get(language="fr")
    assert document.licence
    assert document.attribution


@needs_supplied
@pytest.mark.django_db
def test_all_articles_of_the_supplied_document_come_back(tmp_path: Path):
    import_paths([str(SUPPLIED)])
    check_both_ways(tmp_path)


@pytest.fixture
def article(db) -> Article:
    """Return an article with an image, an internal note, an owner and an outdated translation."""
    owner = User.objects.create_user("marie")
    article = Article.objects.create(
        slug="kiosque",
        kind="advice",
        status="in_review",
        audience="staff",
        owner=owner,
        reviewed=date(2026, 1, 2),
        review_due=date(2027, 1, 2),
    )
    article.platforms.add(Platform.objects.create(slug="kiosk", name="Kiosque « été »", icon="x"))
    image = store_image(picture("maroon", "JPEG", quality=60), original_name="borne.jpg")
    shown = f"Voyez ![la borne]({image.get_absolute_url()})."
    french = save(article, "fr", title="Borne figée", problem=shown, internal="Appelez Léa.")
    save(article, "en", title="Frozen kiosk", problem=shown, translated_from=french)
    save(article, "fr", title="Borne", problem=shown, cause="Tout est neuf.", internal="Léa.")
    return article


def save(article: Article, language: str, translated_from=None, **texts) -> ArticleTranslation:
    return save_translation(
        article=article,
        language=language,
        texts=texts,
        author=None,
        origin=Revision.Origin.EDITOR,
        size="major",
        translated_from=translated_from,
    ).translation


@pytest.mark.django_db(transaction=True)
def test_what_editors_decided_and_images_come_back(tmp_path: Path, article: Article):
    export(tmp_path / "first.zip", internal=True)
    decided = {"status": "published", "audience": "public", "owner": None}
    Article.objects.filter(pk=article.pk).update(**decided)
    assert outcomes(tmp_path / "first.zip") == {ImportOutcome.UNCHANGED}
    assert Article.objects.filter(**decided).exists()
    empty()
    assert outcomes(tmp_path / "first.zip") == {ImportOutcome.CREATED}
    back = Article.objects.get()
    assert (back.kind, back.status, back.audience) == ("advice", "in_review", "staff")
    assert (back.owner.username, str(back.review_due)) == ("marie", "2027-01-02")
    assert back.platforms.get().name == "Kiosque « été »"
    assert back.translations.get(language="fr").internal == "Léa."
    assert MediaImage.objects.get().name in back.translations.get(language="en").rendered.problem
    # A JPEG that is written anew may have another name; the texts follow.
    assert outcomes(tmp_path / "first.zip") == {ImportOutcome.UNCHANGED}


def texts_of(path: Path) -> dict[str, str]:
    """The Markdown files of an archive."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.endswith(".md")]
        return {name: archive.read(name).decode() for name in names}


def test_an_outdated_translation_is_outdated_again(tmp_path: Path, article: Article):
    export(tmp_path / "a.zip")
    assert "outdated: true" in texts_of(tmp_path / "a.zip")["kiosque.en.md"]
    empty()
    outcomes(tmp_path / "a.zip")
    export(tmp_path / "b.zip")
    assert "outdated: true" in texts_of(tmp_path / "b.zip")["kiosque.en.md"]
    assert "translated-from: fr" in texts_of(tmp_path / "b.zip")["kiosque.en.md"]


def edited(tmp_path: Path, old: str, new: str) -> Path:
    """The French file of a fresh export, with ``old`` replaced by ``new``."""
    export(tmp_path / "a.zip")
    text = texts_of(tmp_path / "a.zip")["kiosque.fr.md"]
    assert old in text
    path = tmp_path / "kiosque.fr.md"
    path.write_text(text.replace(old, new), "utf-8", newline="\r\n")
    return path


def test_a_file_that_was_worked_on_is_merged(tmp_path: Path, article: Article):
    path = edited(tmp_path, "Tout est neuf.", "Le câble est usé.")
    assert outcomes(path) == {ImportOutcome.UPDATED}
    text = article.translations.get(language="fr")
    assert (text.cause, text.internal) == ("Le câble est usé.", "Léa.")

    path = edited(tmp_path, "Le câble est usé.", "Le câble manque.")
    save(article, "fr", **{**text.texts(), "title": "Borne noire"})
    assert outcomes(path) == {ImportOutcome.MERGED}
    text.refresh_from_db()
    assert (text.title, text.cause) == ("Borne noire", "Le câble manque.")

    path = edited(tmp_path, "Le câble manque.", "Le câble brûle.")
    save(article, "fr", **{**text.texts(), "cause": "Le câble est coupé."})
    assert outcomes(path) == {ImportOutcome.CONFLICT}
    text.refresh_from_db()
    assert text.cause == "Le câble est coupé."


def test_a_file_of_unknown_descent_never_replaces_a_text(tmp_path: Path, article: Article):
    path = edited(tmp_path, "digest: ", "digest: 0")
    path.write_text(path.read_text("utf-8").replace("Tout est neuf.", "Autre."), "utf-8")
    assert outcomes(path) == {ImportOutcome.CONFLICT}
    assert article.translations.get(language="fr").cause == "Tout est neuf."


def test_internal_notes_stay_here_unless_asked_for(tmp_path: Path, article: Article):
    export(tmp_path / "a.zip")
    assert "Léa" not in "".join(texts_of(tmp_path / "a.zip").values())
    export(tmp_path / "b.zip", internal=True)
    assert "internal-note: included" in texts_of(tmp_path / "b.zip")["kiosque.fr.md"]


def test_an_unknown_owner_and_a_wrong_state_are_told(tmp_path: Path, article: Article):
    path = edited(tmp_path, "owner: marie", "owner: nobody")
    empty()
    run = import_paths([str(path)])
    assert "nobody" in run.documents[0].said[0]
    path.write_text(path.read_text("utf-8").replace("in_review", "finished"), "utf-8")
    empty()
    run = import_paths([str(path)])
    assert run.failed == 1
    assert not Article.objects.exists()


@pytest.mark.django_db
def test_a_document_imported_after_its_articles_finds_them(tmp_path: Path, document: Path):
    import_paths([str(document)])
    export(tmp_path / "a.zip")
    empty()
    outcomes(tmp_path / "a.zip")
    assert not SourceDocument.objects.get().raw
    assert outcomes(document) == {ImportOutcome.UNCHANGED}
    assert SourceDocument.objects.get().raw
    assert Article.objects.count() == 3


def test_the_command_writes_what_was_asked_for(tmp_path: Path, article: Article):
    path, out = tmp_path / "a.zip", io.StringIO()
    call_command("export_articles", str(path), language=["en"], stdout=out)
    assert set(texts_of(path)) == {"kiosque.en.md"}
    assert str(path) in out.getvalue()
    call_command("export_articles", str(path), status=["published"], stdout=out)
    assert not texts_of(path)
    with pytest.raises(CommandError):
        call_command("export_articles", str(tmp_path / "none" / "a.zip"), stdout=out)


@pytest.fixture
def holding(article: Article) -> ArticleTranslation:
    """Return a text that holds a snippet."""
    save_snippet(Snippet(key="relance"), {"fr": "1.  Relancez."}, author=None)
    words = {"cause": "Usure.", "resolution": "Ouvrez.\n\n[!SNIPPET relance]\n\nFermez."}
    return save(article, "fr", title="Borne", problem="Figée.", **words)


def test_snippets_leave_in_full_and_their_markers_stay(tmp_path: Path, holding):
    export(tmp_path / "a.zip")
    said = texts_of(tmp_path / "a.zip")["kiosque.fr.md"]
    assert "1.  Relancez." in said
    assert "[!SNIPPET" not in said
    assert outcomes(tmp_path / "a.zip") == {ImportOutcome.UNCHANGED}
    edited_file = tmp_path / "kiosque.fr.md"
    edited_file.write_text(said.replace("Usure.", "Poussière."), "utf-8")
    assert outcomes(edited_file) <= {ImportOutcome.UPDATED, ImportOutcome.MERGED}
    holding.refresh_from_db()
    assert holding.cause == "Poussière."
    assert "[!SNIPPET relance]" in holding.resolution


def test_what_a_file_changed_of_a_snippet_changes_no_article(tmp_path: Path, holding):
    export(tmp_path / "a.zip")
    said = texts_of(tmp_path / "a.zip")["kiosque.fr.md"]
    edited_file = tmp_path / "kiosque.fr.md"
    edited_file.write_text(said.replace("Relancez.", "Patientez."), "utf-8")
    assert outcomes(edited_file) == {ImportOutcome.CONFLICT}
    holding.refresh_from_db()
    assert "[!SNIPPET relance]" in holding.resolution


def test_an_empty_base_gets_the_words_of_a_snippet(tmp_path: Path, holding):
    export(tmp_path / "a.zip")
    empty()
    Snippet.objects.all().delete()
    outcomes(tmp_path / "a.zip")
    assert "1.  Relancez." in ArticleTranslation.objects.get(language="fr").resolution
