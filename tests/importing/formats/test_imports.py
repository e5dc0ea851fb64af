"""Exports of other products imported: recognised again, drafts stay drafts, images come along."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils.translation import override

from tests.importing.formats.table import SAMPLES
from tests.importing.formats.word import document, paragraph
from tests.importing.test_archives import pack
from tests.pictures import picture
from troubleshooting.access import Reader
from troubleshooting.importing import ImportOutcome, RunReport, import_paths
from troubleshooting.models import Article, ArticleTranslation, MediaImage, SourceDocument

pytestmark = pytest.mark.django_db


def run(*paths: Path) -> RunReport:
    return import_paths([str(path) for path in paths])


def outcomes(report: RunReport) -> list[str]:
    return sorted(str(document.outcome) for document in report.documents)


def test_a_space_of_confluence_comes_with_its_images_and_links(tmp_path: Path):
    files = {f"ITS/{p.name}": p.read_bytes() for p in (SAMPLES / "confluence").glob("*.html")}
    files["ITS/attachments/98310/98311.png"] = picture()
    report = run(pack(tmp_path / "space.zip", files))
    assert outcomes(report) == ["created", "created"]
    assert {d.key for d in report.documents} == {"confluence-98310", "confluence-98312"}
    text = ArticleTranslation.objects.get(title="VPN error 691")
    assert MediaImage.objects.get().get_absolute_url() in text.rendered.resolution
    html = text.rendered.resolution + text.rendered.other
    assert "/en/documents/confluence-98312/" in html or "confluence-98312" in html
    assert outcomes(run(tmp_path / "space.zip")) == ["unchanged", "unchanged"]


def test_a_page_that_is_called_otherwise_stays_the_same_article(tmp_path: Path):
    """By the number of its product, whatever its file is called or wherever it lies now."""
    folder = tmp_path / "export"
    shutil.copytree(SAMPLES / "confluence", folder)
    shutil.copytree(SAMPLES / "notion", folder / "notion")
    run(folder)
    before = set(Article.objects.values_list("slug", flat=True))
    moved = tmp_path / "later"
    shutil.copytree(SAMPLES / "confluence", moved / "ITS")
    old = moved / "ITS" / "VPN-error-691_98310.html"
    html = old.read_text("utf-8").replace("VPN error 691", "The VPN answers 691")
    (moved / "ITS" / "The-VPN-answers-691_98310.html").write_text(html, "utf-8")
    old.unlink()
    page = next((SAMPLES / "notion").glob("Printer*.md"))
    text = page.read_text("utf-8").replace("# Printer offline", "# No printer")
    number = page.stem.rsplit(" ", 1)[1]
    (moved / f"No printer {number}.md").write_text(text, "utf-8")
    report = run(moved)
    assert set(Article.objects.values_list("slug", flat=True)) == before
    assert {d.key: d.title for d in report.documents if d.outcome is ImportOutcome.UPDATED} == {
        "confluence-98310": "The VPN answers 691",
        f"notion-{number}": "No printer",
    }


def test_what_nobody_may_read_yet_is_not_public(tmp_path: Path):
    run(SAMPLES / "zendesk", SAMPLES / "bookstack" / "page-api.json", SAMPLES / "markdown")
    rows = Article.objects.values_list("translations__title", "status", "audience")
    told = {title: (status, audience) for title, status, audience in rows}
    assert told["Password reset fails with SSPR_0010"] == ("draft", "public")
    assert told["Scan to mail fails with 0x80070005"] == ("draft", "public")
    assert told["Wi-Fi drops with error 0x80342002"] == ("draft", "public")
    assert told["Agents: error 5003 in the console"] == ("published", "staff")
    assert told["Teams shows error CAA70004"] == ("published", "public")


def test_the_page_of_a_document_is_for_those_who_may_read_its_articles(client, admin_client):
    run(SAMPLES / "zendesk", SAMPLES / "markdown")
    seen = {
        reader: set(SourceDocument.objects.visible_to(reader).values_list("key", flat=True))
        for reader in Reader
    }
    assert seen[Reader.PUBLIC] == {"zendesk-36001", "zendesk-36010", "horloge", "mail"}
    assert seen[Reader.STAFF] - seen[Reader.PUBLIC] == {"zendesk-36003"}
    assert seen[Reader.EDITOR] - seen[Reader.STAFF] == {"zendesk-36002", "wifi"}
    draft, public = "/en/documents/wifi/", "/en/documents/mail/"
    assert [client.get(page).status_code for page in (draft, public)] == [404, 200]
    assert admin_client.get(draft).status_code == 200
    assert "Wi-Fi drops" not in client.get("/en/documents/").content.decode()
    assert "Wi-Fi drops" not in client.get("/en/").content.decode()
    Article.objects.filter(translations__title__startswith="Wi-Fi drops").update(status="published")
    assert SourceDocument.objects.visible_to(Reader.PUBLIC).filter(key="wifi").exists()


def test_the_languages_of_an_article_of_zendesk_are_one_article():
    run(SAMPLES / "zendesk" / "articles.json")
    article = Article.objects.get(translations__title="Teams shows error CAA70004")
    languages = dict(article.translations.values_list("language", "title"))
    assert languages["fr"] == "Teams affiche l’erreur CAA70004"
    row = SourceDocument.objects.get(key="zendesk-36001", language="en")
    assert row.source_url.endswith("/36001-Teams-shows-error-CAA70004")
    assert str(row.date) == "2024-03-05"


def test_images_inside_a_file_are_stored(tmp_path: Path):
    run(SAMPLES / "bookstack" / "reseau.html")
    image = MediaImage.objects.get()
    text = ArticleTranslation.objects.get(title="Erreur 720")
    assert image.get_absolute_url() in text.rendered.resolution


def test_an_export_gives_the_markdown_that_a_file_became(tmp_path: Path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.docx").write_bytes(document(paragraph("Error 5010", style="Titre")))
    run(tmp_path / "in")
    call_command("export_docs", str(tmp_path / "out"), stdout=io.StringIO())
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a.docx.md"]
    assert (tmp_path / "out" / "a.docx.md").read_text("utf-8") == "# Error 5010\n"


def test_what_lies_beside_documents_in_a_folder_is_left_alone(tmp_path: Path):
    (tmp_path / "package.json").write_text('{"name": "x"}')
    (tmp_path / "layout.html").write_text(
        "<html><body>{% block main %}{% endblock %}</body></html>"
    )
    (tmp_path / "part.html").write_text("no page at all")
    (tmp_path / "guide.en.md").write_text("# Error 5001\n\n**Solution:** Restart.\n")
    assert [d.path.rpartition("/")[2] for d in run(tmp_path).documents] == ["guide.en.md"]


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("a.docx", b"no zip", "This is not a Word document"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + bytes(600), "Save it as .docx without a password"),
        ("a.docx", document(paragraph(" ")), "holds front matter and no text"),
        ("a.json", b'{"a": 1}', "neither an export of Zendesk"),
        ("a.json", b'{"a": 1', "a.json:1: This is not valid JSON"),
        ("a.json", b"[" * 100_000, "cannot be shown"),
        ("a.html", b"words", "This is not an HTML page"),
        ("a.html", b"<html><?php echo 1 ?></html>", "template"),
        ("a.html", b"<p>" + b"<div>" * 5_000 + b"x", "cannot be shown"),
        ("a.html", b" ", "The file is empty"),
        ("index.html", (SAMPLES / "confluence" / "index.html").read_bytes(), "a list of others"),
        ("a.json", json.dumps({"articles": [{"id": 1, "locale": "es", "title": "T",
         "body": "<p>x</p>"}]}).encode(), "not set up for the language “es”"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_what_to_do(tmp_path: Path, name, raw, said):
    path = tmp_path / name
    path.write_bytes(raw)
    report = run(path).documents[0]
    assert report.outcome is ImportOutcome.FAILED
    with override("en"):
        assert said in report.said[0]
        assert report.said[0].startswith(str(path))


def test_an_archive_of_archives_says_what_to_do(tmp_path: Path):
    inner = pack(tmp_path / "Part-1.zip", {"a.md": "# A"}).read_bytes()
    report = run(pack(tmp_path / "export.zip", {"Part-1.zip": inner, "index.csv": "-"}))
    with override("en"):
        assert "Unpack it and import those" in report.documents[0].said[0]


def test_two_exports_of_one_page_with_other_texts_are_told(tmp_path: Path):
    article = {"id": 7, "locale": "en", "title": "Error 5002", "body": "<p>Restart.</p>"}
    for name, body in (("a", "<p>Restart.</p>"), ("b", "<p>Restart.</p>"), ("c", "<p>Wait.</p>")):
        (tmp_path / f"{name}.json").write_text(json.dumps({"article": {**article, "body": body}}))
    report = run(tmp_path)
    assert outcomes(report) == ["created", "failed"]
    with override("en"):
        assert "Keep the newer export alone" in report.documents[1].said[0]
