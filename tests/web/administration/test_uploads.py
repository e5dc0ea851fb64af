"""Documents imported by upload, and articles exported by download, as an editor does it."""

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.importing.conftest import TABLE
from tests.importing.formats.word import document, paragraph
from tests.web.content import BILINGUAL, DRAFT, write
from tests.web.editors import person
from tests.web.html import Page
from troubleshooting.importing.runs import staging
from troubleshooting.jobs import work_off
from troubleshooting.models import Article, ImportRun, Revision, SourceDocument

IMPORT = "admin:troubleshooting_sourcedocument_import"
EXPORT = "admin:troubleshooting_article_export"


@pytest.fixture(autouse=True)
def _no_uploads():
    """Begin without what other tests uploaded."""
    shutil.rmtree(settings.DATA_DIR / "uploads", ignore_errors=True)


def sign_in(client, role: str) -> User:
    user = person(role.lower(), role)
    client.force_login(user)
    return user


def zipped(files: dict[str, bytes | str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def send(client, files: dict[str, bytes | str], **values):
    given = [
        SimpleUploadedFile(n, d if isinstance(d, bytes) else d.encode()) for n, d in files.items()
    ]
    return done(client, client.post(reverse(IMPORT), {"files": given, **values}))


def done(client, response):
    """Return the page of an import when the worker has done what it says; others as they are."""
    if response.status_code != 302:
        return response
    work_off()
    return client.get(response.url)


def act(client, name: str):
    """Press a button of the newest import's page."""
    run = ImportRun.objects.first()
    address = reverse("admin:troubleshooting_importrun_act", args=[run.pk])
    return done(client, client.post(address, {"act": name}))


def kept() -> list[Path]:
    root = settings.DATA_DIR / "uploads"
    return list(root.iterdir()) if root.is_dir() else []


@pytest.mark.django_db
def test_an_import_is_rehearsed_and_then_done(client):
    user = sign_in(client, "Reviewer")
    files = {
        "errors.fr.md": TABLE,
        "more.zip": zipped({"x/errors.en.md": "# E\n\n## A\n\nText.\n"}),
    }
    page = Page(send(client, files).content.decode())
    assert "rien n’a changé" in page.words
    assert "more.zip/errors.en.md" in page.words
    assert str(settings.DATA_DIR) not in page.words
    assert not Article.objects.exists()
    report = Page(act(client, "confirm").content.decode())
    assert "2 fichiers ont été importés" in report.words
    article = Article.objects.get(slug="stuck")
    change = reverse("admin:troubleshooting_article_change", args=[article.pk])
    assert report.all("a", href=f"{change}?language=fr")
    assert Revision.objects.filter(translation__article=article).get().author == user
    assert not kept()


@pytest.mark.django_db
def test_word_documents_and_pages_are_imported_too(client):
    sign_in(client, "Reviewer")
    form = Page(client.get(reverse(IMPORT)).content.decode())
    assert ".docx" in form.one("input", type="file").attributes["accept"]
    word = document(paragraph("Erreur 5008", style="Titre"), paragraph("Redémarrez le PC."))
    page = Page(send(client, {"a.docx": word, "b.html": "<p>Erreur 5009"}).content.decode())
    assert "a.docx" in page.words
    act(client, "confirm")
    assert set(SourceDocument.objects.values_list("path", flat=True)) == {"a.docx", "b.html"}
    assert Article.objects.filter(translations__title="Erreur 5008").exists()


@pytest.mark.django_db
def test_the_report_says_what_is_wrong_and_where(client):
    sign_in(client, "Reviewer")
    latin = "# Café\n\nété\n".encode("latin-1")
    page = Page(
        send(client, {"latin.md": latin, "trap.zip": zipped({"../a.md": "x"})}).content.decode()
    )
    told = page.words.replace("\xa0", " ")
    assert "latin.md ne peut pas être importé Ligne 1 : Le fichier n’est pas en UTF-8" in told
    assert "qui mène ailleurs" in page.words
    assert not page.all("button", value="confirm")


@pytest.mark.django_db
def test_an_import_that_was_discarded_leaves_nothing(client):
    sign_in(client, "Reviewer")
    send(client, {"errors.fr.md": TABLE})
    assert kept()
    act(client, "discard")
    assert not kept()
    assert not ImportRun.objects.exists()
    assert not SourceDocument.objects.exists()


@pytest.mark.django_db
def test_what_nobody_imported_goes_away_in_time(client, monkeypatch):
    sign_in(client, "Reviewer")
    send(client, {"errors.fr.md": TABLE})
    before = set(kept())
    monkeypatch.setattr(staging, "KEPT_FOR", -1)
    client.session.flush()
    sign_in(client, "Administrator")
    send(client, {"errors.fr.md": TABLE})
    assert len(kept()) == 1
    assert not before & set(kept())


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["page.pdf", "md", "a.zip.exe"])
def test_other_files_are_refused(client, name):
    sign_in(client, "Reviewer")
    page = Page(send(client, {name: "x"}).content.decode())
    assert name in page.one("ul", class_="errorlist").text
    assert not kept()


@pytest.mark.django_db
def test_too_much_at_once_is_refused_with_the_limit(client, monkeypatch):
    sign_in(client, "Reviewer")
    monkeypatch.setattr("troubleshooting.media.limits.MOST_UPLOADED", 100)
    page = Page(send(client, {"errors.fr.md": TABLE}).content.decode())
    assert "50\u00a0Mo" in page.one("ul", class_="errorlist").text
    assert not kept()


@pytest.mark.django_db
def test_the_chosen_language_counts(client):
    sign_in(client, "Reviewer")
    send(client, {"errors.md": TABLE}, language="en")
    act(client, "confirm")
    assert SourceDocument.objects.get().language == "en"


@pytest.mark.django_db
def test_authors_do_not_import(client):
    sign_in(client, "Author")
    assert client.get(reverse(IMPORT)).status_code == 403
    assert send(client, {"errors.fr.md": TABLE}).status_code == 403


def names(response) -> set[str]:
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    return set(archive.namelist())


def everything(**changes) -> dict:
    return {"language": ["fr", "en"], "status": Article.Status.values, **changes}


def test_all_articles_are_downloaded(client, portal):
    sign_in(client, "Author")
    assert client.get(reverse(EXPORT)).status_code == 200
    response = client.post(reverse(EXPORT), everything())
    assert response.headers["Content-Type"] == "application/zip"
    assert {f"{BILINGUAL}.fr.md", f"{BILINGUAL}.en.md", f"{DRAFT}.fr.md"} <= names(response)


def test_a_selection_is_downloaded(client, portal):
    sign_in(client, "Author")
    chosen = [portal.articles[slug].pk for slug in (BILINGUAL, DRAFT)]
    action = {"action": "export", "_selected_action": chosen}
    address = reverse("admin:troubleshooting_article_changelist")
    page = Page(client.post(address, action).content.decode())
    assert [f.get("value") for f in page.all("input", name="_selected_action")] == [
        str(key) for key in sorted(chosen)
    ]
    wanted = everything(language=["fr"], status=["published"], _selected_action=chosen)
    assert names(client.post(reverse(EXPORT), wanted)) == {f"{BILINGUAL}.fr.md"}


def test_internal_notes_leave_only_where_that_was_asked_for(client, portal):
    sign_in(client, "Author")
    write(portal.articles[BILINGUAL], "fr", "A", problem="B", internal="Appelez Léa.")
    for wanted, found in ((everything(), False), (everything(internal="on"), True)):
        response = client.post(reverse(EXPORT), wanted)
        archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
        text = archive.read(f"{BILINGUAL}.fr.md").decode()
        assert ("Appelez Léa." in text) is found
        assert ("internal-note: included" in text) is found


def test_only_editors_export(client, portal):
    client.force_login(person("staff"))
    assert client.get(reverse(EXPORT)).status_code == 403


@pytest.mark.django_db
def test_what_was_downloaded_can_be_uploaded(client, portal):
    sign_in(client, "Administrator")
    response = client.post(reverse(EXPORT), everything())
    raw = b"".join(response.streaming_content)
    page = Page(send(client, {"articles.zip": raw}).content.decode())
    assert page.one("ul", class_="outcome-counts").text.split() == [
        *("inchangé", "5", "articles", "·", "7", "textes"),
    ]
