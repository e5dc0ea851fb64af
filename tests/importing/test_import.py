"""The import as an administrator sees it: what is stored, reported, kept and refused."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.importing.reading.test_entries import FIXTURES, SUPPLIED, needs_supplied
from troubleshooting.editing import save_translation
from troubleshooting.importing import ImportOutcome, import_paths
from troubleshooting.models import (
    Article,
    ArticleTranslation,
    CodeSpelling,
    ErrorCode,
    Revision,
    SourceDocument,
    Step,
)

pytestmark = pytest.mark.django_db


def run(*paths: Path, **options):
    return import_paths([str(path) for path in paths], **options)


def rows() -> dict[str, list]:
    """Everything that an import may write."""
    models = (Article, ArticleTranslation, ErrorCode, CodeSpelling, Revision, SourceDocument, Step)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def test_each_problem_and_each_row_becomes_an_article(document: Path):
    report = run(document).documents[0]
    assert (report.outcome, report.language) == (ImportOutcome.CREATED, "fr")
    assert [(a.slug, a.kind) for a in Article.objects.order_by("pk")] == [
        ("codes-0x80cf0437", "error"),
        ("codes-0x80070032", "error"),
        ("stuck", "problem"),
    ]
    assert [article.anchor for article in report.articles] == ["codes#1", "codes#2", "stuck"]


def test_the_document_keeps_its_own_words_and_its_outline(document: Path):
    run(document)
    stored = SourceDocument.objects.get()
    assert "Introduction au document." in stored.preamble
    assert "Appelez le support." in stored.preamble
    assert [item["articles"] for item in stored.outline if item["articles"]] == [
        ["stuck"],
        ["codes-0x80cf0437", "codes-0x80070032"],
    ]


def test_links_lead_to_the_portal_where_it_has_the_target(document: Path):
    text = document.read_text("utf-8")
    document.write_text(text.replace("title: Erreurs", "ms.topic: article"), "utf-8")
    run(document)
    html = ArticleTranslation.objects.get(article__slug="stuck").rendered.resolution
    assert 'href="/fr/documents/errors/#codes"' in html
    assert 'href="https://learn.microsoft.com/fr-fr/search/?terms=other%20page"' in html


def test_a_document_of_ones_own_sends_the_names_of_its_files_to_nobody(document: Path):
    run(document)
    html = ArticleTranslation.objects.get(article__slug="stuck").rendered.resolution
    assert 'href="/fr/documents/errors/#codes"' in html
    assert "https://" not in html


def test_a_link_means_the_publishers_document_of_that_name(document: Path, tmp_path: Path):
    """``errors.md`` is another document where this one is ``errors-in-intune`` to its publisher."""
    text = document.read_text("utf-8").replace("other-page.md", "errors.md")
    source = "source_url: https://learn.microsoft.com/fr-fr/intune/errors-in-intune"
    document.write_text(text.replace("title: Erreurs", source), "utf-8")
    run(document)
    html = ArticleTranslation.objects.get(article__slug="stuck").rendered.resolution
    assert 'href="https://learn.microsoft.com/fr-fr/intune/errors"' in html


def test_imported_twice_it_changes_nothing(document: Path):
    run(document, FIXTURES)
    before = rows()
    again = run(document, FIXTURES)
    assert {report.outcome for report in again.documents} == {ImportOutcome.UNCHANGED}
    assert {a.outcome for report in again.documents for a in report.articles} == {
        ImportOutcome.UNCHANGED
    }
    assert rows() == before


def test_a_dry_run_reports_as_the_real_run_and_writes_nothing(document: Path):
    before = rows()
    rehearsed = run(document, dry_run=True)
    assert rows() == before
    real = run(document)
    assert [d.as_json() for d in rehearsed.documents] == [d.as_json() for d in real.documents]


def test_the_two_languages_of_a_document_make_the_same_articles():
    report = run(FIXTURES)
    assert [len(document.articles) for document in report.documents] == [44, 44]
    assert Article.objects.count() == 44
    assert ArticleTranslation.objects.count() == 88
    for article in Article.objects.prefetch_related("translations__steps"):
        english, french = article.translations.order_by("language")
        assert [s.anchor for s in english.steps.all()] == [s.anchor for s in french.steps.all()]


def test_what_an_editor_wrote_stays(document: Path):
    run(document)
    article = Article.objects.get(slug="stuck")
    translation = article.translations.get()
    texts = {**translation.texts(), "resolution": "1. Éteignez l’appareil."}
    save_translation(
        article=article, language="fr", texts=texts, author=None, origin=Revision.Origin.EDITOR
    )
    again = run(document).documents[0]
    assert [a.outcome for a in again.articles][-1] is ImportOutcome.KEPT

    changed = document.read_text("utf-8")
    document.write_text(changed.replace("Profil introuvable", "Profil perdu"), "utf-8")
    merged = run(document).documents[0]
    translation.refresh_from_db()
    assert merged.articles[-1].outcome is ImportOutcome.MERGED
    assert "Profil perdu" in translation.problem
    assert "Éteignez" in translation.resolution

    document.write_text(changed.replace("Redémarrez", "Relancez"), "utf-8")
    conflict = run(document).documents[0]
    translation.refresh_from_db()
    assert conflict.articles[-1].outcome is ImportOutcome.CONFLICT
    assert "Éteignez" in translation.resolution


def test_changes_of_both_in_one_section_are_merged(document: Path):
    run(document)
    article = Article.objects.get(slug="stuck")
    translation = article.translations.get()
    texts = {**translation.texts(), "resolution": f"D’abord.\n\n{translation.resolution}"}
    save_translation(
        article=article, language="fr", texts=texts, author=None, origin=Revision.Origin.EDITOR
    )
    changed = document.read_text("utf-8").replace("Redémarrez", "Relancez")
    document.write_text(changed, "utf-8")
    report = run(document).documents[0]
    translation.refresh_from_db()
    assert report.articles[-1].outcome is ImportOutcome.MERGED
    assert translation.resolution.startswith("D’abord.")
    assert "Relancez" in translation.resolution


def test_an_article_that_left_the_document_is_reported_and_stays(document: Path):
    run(document)
    text = document.read_text("utf-8")
    document.write_text(text.replace("| 0x80070032", "<!-- ").replace("jour. |", "-->"), "utf-8")
    report = run(document).documents[0]
    assert [a.outcome for a in report.articles] == ["unchanged", "unchanged", "removed"]
    assert Article.objects.filter(slug="codes-0x80070032").exists()


def test_a_row_inserted_above_keeps_the_others(document: Path):
    run(document)
    text = document.read_text("utf-8")
    row = "| 0x80CF3003 | Le compte n’existe plus. | Créez-en un. |\n| 0x80CF0437"
    document.write_text(text.replace("| 0x80CF0437", row), "utf-8")
    report = run(document).documents[0]
    assert [(a.slug, a.anchor, a.outcome) for a in report.articles] == [
        ("codes-0x80cf3003", "codes#1", "created"),
        ("codes-0x80cf0437", "codes#2", "unchanged"),
        ("codes-0x80070032", "codes#3", "unchanged"),
        ("stuck", "stuck", "unchanged"),
    ]


def test_the_report_file_is_json(document: Path, tmp_path: Path):
    target = tmp_path / "report.json"
    call_command("import_docs", str(document), report=str(target), stdout=io.StringIO())
    report = json.loads(target.read_text("utf-8"))["documents"][0]
    assert report["articles"][0] == {
        "slug": "codes-0x80cf0437",
        "anchor": "codes#1",
        "title": "0x80CF0437\u00a0: L’horloge est fausse",
        "platforms": ["windows"],
        "codes": ["0x80CF0437"],
        "messages": [],
        "resolutions": 1,
        "steps": 0,
        "substeps": 0,
        "causes": 0,
        "alerts": 0,
        "images": 0,
        "lines": [12, 12],
        "outcome": "created",
        "kin": "",
    }
    assert {"from": 1, "to": 3, "structure": "front matter"} in report["lines"]
    assert {
        "from": 12, "to": 12, "article": "codes-0x80cf0437", "section": "resolution"
    } in report["lines"]  # fmt: skip


@needs_supplied
def test_the_supplied_document_leaves_as_it_came(tmp_path: Path):
    run(SUPPLIED)
    call_command("export_docs", str(tmp_path), stdout=io.StringIO())
    assert (tmp_path / SUPPLIED.name).read_bytes() == SUPPLIED.read_bytes()


@needs_supplied
def test_source_licence_and_attribution_are_kept():
    run(SUPPLIED)
    stored = SourceDocument.objects.get()
    assert stored.licence == "CC BY 4.0"
    assert stored.attribution == "Microsoft and contributors"
    assert str(stored.date) == "2018-11-09"
    assert stored.source_url.startswith("https://learn.microsoft.com/fr-fr/intune/")


BAD = [
    pytest.param("latin.md", "# Café\n\nété\n".encode("latin-1"), ":1: ", id="not-utf8"),
    pytest.param("empty.md", b"", "", id="empty"),
    pytest.param("blank.md", b"\n  \n", "", id="only-blanks"),
    pytest.param("fields.md", b"---\ntitle: x\n---\n", "", id="only-front-matter"),
    pytest.param("binary.md", b"# T\n\n\0\n", ":3: ", id="nul"),
    pytest.param("huge.md", b"# T\n\n" + b"word " * 1_200_000, "", id="enormous"),
    pytest.param("missing.md", None, "", id="missing"),
]


@pytest.mark.parametrize(("name", "content", "place"), BAD)
def test_a_bad_file_gets_one_message_and_the_others_are_imported(
    name: str, content: bytes | None, place: str, document: Path, tmp_path: Path
):
    bad = tmp_path / name
    if content is not None:
        bad.write_bytes(content)
    report = run(bad, document)
    assert [d.outcome for d in report.documents] == [ImportOutcome.FAILED, ImportOutcome.CREATED]
    (message,) = report.documents[0].said
    assert message.startswith(f"{bad}{place or ': '}")
    assert SourceDocument.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("---\ntitle: x\n\n# Lamp\n\nText.\n", ":1: ", id="never-ends"),
        pytest.param("---\ntitle: x\nbad: [1\n---\n# Lamp\n\nText.\n", ":3: ", id="broken"),
        pytest.param("---\ntitle: Error: it is dark\n---\n# Lamp\n\nText.\n", ":2: ", id="colon"),
    ],
)
def test_a_header_that_is_not_valid_is_named_and_its_text_imported(
    text: str, place: str, tmp_path: Path
):
    file = tmp_path / "lamp.md"
    file.write_text(text, "utf-8")
    (report,) = run(file).documents
    assert report.outcome is ImportOutcome.CREATED
    # That so short a text tells no language is said besides.
    assert [message.startswith(f"{file}{place}") for message in report.said] == [True, False]
    assert SourceDocument.objects.get().front_matter["title"] in ("x", "Error: it is dark")


def test_an_empty_folder_is_refused(tmp_path: Path):
    folder = tmp_path / "folder.md"
    folder.mkdir()
    report = run(folder)
    assert report.failed == 1
    assert "Markdown" in report.documents[0].said[0]


def test_the_exit_status_tells_of_failures(document: Path, tmp_path: Path):
    out = io.StringIO()
    with pytest.raises(CommandError, match="1"):
        call_command("import_docs", str(tmp_path / "missing.md"), str(document), stdout=out)
    assert Article.objects.count() == 3


def test_a_document_is_imported_whole_or_not_at_all(document: Path, monkeypatch):
    monkeypatch.setattr("troubleshooting.editing.texts.LONGEST_TITLE", 30)
    report = run(document)
    assert report.failed == 1
    assert not Article.objects.exists()
    assert not SourceDocument.objects.exists()


FRENCH = """\
# Pannes

## La lampe reste éteinte
**Cause :** le bouton est coincé.

**Résolution :**

1. Appuyez.
2. Attendez.

## La porte ne ferme pas
**Résolution :** poussez-la.
"""
ENGLISH = """\
# Failures

## The lamp stays off
**Cause:** the button is stuck.

**Resolution:**

1. Press.
2. Wait.

## The door does not close
**Resolution:** push it.
"""


def test_headings_that_were_translated_make_no_other_articles(tmp_path: Path):
    (tmp_path / "lamps.fr.md").write_text(FRENCH, "utf-8")
    (tmp_path / "lamps.en.md").write_text(ENGLISH, "utf-8")
    run(tmp_path)
    titles = list(ArticleTranslation.objects.order_by("article", "-language").values_list("title"))
    assert Article.objects.count() == 2
    assert [title for (title,) in titles] == [
        "La lampe reste éteinte",
        "The lamp stays off",
        "La porte ne ferme pas",
        "The door does not close",
    ]
