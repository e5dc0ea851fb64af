"""Pictures that editors upload, list, delete and supply to documents."""

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.pictures import frames, picture
from tests.web.articles.images.stored import committed, member
from tests.web.content import BILINGUAL, write
from tests.web.editors import person
from tests.web.html import Page
from troubleshooting.editing import keep_draft, save_pending, save_unfinished, trash_articles
from troubleshooting.editing.reusing import save_snippet
from troubleshooting.media import delete_images, images_of, store_image, supply_image
from troubleshooting.models import (
    Article,
    ArticleTranslation,
    MediaImage,
    Snippet,
    SourceDocument,
    SourceImage,
)


def upload(client, raw: bytes, name: str = "écran.png"):
    address = reverse("admin:troubleshooting_mediaimage_upload")
    return client.post(address, {"image": SimpleUploadedFile(name, raw)})


def test_an_upload_answers_how_a_text_names_it(client, db):
    client.force_login(member("Author"))
    answer = upload(client, picture("gold"))
    assert answer.status_code == 200
    image = MediaImage.objects.get()
    assert answer.json() == {
        "url": image.get_absolute_url(),
        "markdown": f"![]({image.get_absolute_url()})",
        "width": 40,
        "height": 30,
        "notice": "",
    }
    assert (image.original_name, image.uploaded_by.username) == ("écran.png", "author")
    assert "première" in upload(client, frames()).json()["notice"]


def test_an_upload_that_is_no_image_answers_why(client, db):
    client.force_login(member("Author"))
    answer = upload(client, b"<svg/>", "image.png")
    assert answer.status_code == 400
    assert "PNG, JPEG, GIF" in answer.json()["error"]
    assert client.post(reverse("admin:troubleshooting_mediaimage_upload")).status_code == 400


def test_an_upload_beyond_the_limit_is_not_even_written(client, db, monkeypatch):
    client.force_login(member("Author"))
    monkeypatch.setattr("troubleshooting.media.limits.MOST_UPLOADED", 20)
    answer = upload(client, picture())
    assert answer.status_code == 413
    assert not MediaImage.objects.exists()


def test_only_those_who_write_upload(client, db):
    assert upload(client, picture()).status_code == 302
    client.force_login(member("Staff"))
    assert upload(client, picture()).status_code == 403
    assert not MediaImage.objects.exists()


def test_the_list_tells_what_is_used_and_deletes_what_is_not(
    client, images, django_capture_on_commit_callbacks
):
    client.force_login(member("Administrator"))
    address = reverse("admin:troubleshooting_mediaimage_changelist")
    page = Page(client.get(address, {"use": "unused"}).content.decode())
    thumbnails = [image.get("src") for image in page.all("img", class_="thumbnail")]
    assert thumbnails == [images["unused"].get_absolute_url()]
    chosen = {"action": "delete_selected", "_selected_action": [i.pk for i in images.values()]}
    asked = client.post(address, chosen)
    assert asked.status_code == 200
    assert "4 images restent" in asked.content.decode()
    with committed(django_capture_on_commit_callbacks):
        client.post(address, {**chosen, "post": "yes"})
    assert set(MediaImage.objects.values_list("name", flat=True)) == {
        image.name for place, image in images.items() if place != "unused"
    }
    assert not default_storage.exists(images["unused"].name)


def test_an_image_in_use_says_where_and_offers_no_deletion(client, images):
    client.force_login(member("Administrator"))
    address = reverse("admin:troubleshooting_mediaimage_change", args=[images["note"].pk])
    title = ArticleTranslation.objects.get(images__name=images["note"].name).title
    page = Page(client.get(address).content.decode())
    assert title in page.words
    delete = reverse("admin:troubleshooting_mediaimage_delete", args=[images["note"].pk])
    assert not page.all("a", href=delete)
    assert client.post(delete, {"post": "yes"}).status_code == 403


def in_pending(text: ArticleTranslation, shown: str) -> None:
    save_pending(article=text.article, language="fr", texts={**text.texts(), "cause": shown},
                 author=None, base_revision=text.revision_number)  # fmt: skip


def in_begun(text: ArticleTranslation, shown: str) -> None:
    save_unfinished(article=text.article, language="de", texts={"title": "Neu", "cause": shown},
                    source_language="fr", author=None)  # fmt: skip


def in_snippet(_text: ArticleTranslation, shown: str) -> None:
    save_snippet(Snippet(key="ecran"), {"fr": shown}, author=None)


def in_proposed(_text: ArticleTranslation, shown: str) -> None:
    Snippet.objects.create(key="ecran", texts={"fr": "Un."}, proposed={"fr": shown})


def in_draft(_text: ArticleTranslation, shown: str) -> None:
    keep_draft(user=member("Author"), token="t", page="form", article=None, language="fr",
               fields={"title": ["Neuf"], "cause": [shown]})  # fmt: skip


def in_trash(_text: ArticleTranslation, shown: str) -> None:
    gone = Article.objects.create(slug="gone")
    write(gone, "fr", "Parti", cause=shown)
    trash_articles([gone], user=person("chief", "Administrator"))


#: Who may open the place is led there; others are told what kind of place it is, and no title.
PLACES = [
    (
        in_pending,
        "Author",
        "une révision en attente de « A »",
        "/pending/fr/?origin=editor",
    ),
    (
        in_begun,
        "Author",
        "une traduction incomplète de « Neu »",
        "/change/?language=de",
    ),
    (in_snippet, "Author", "le fragment « ecran »", "/snippet/"),
    (in_proposed, "Author", "ce qui est proposé pour le fragment « ecran »", "/snippet/"),
    (in_draft, "Author", "un texte que quelqu’un est en train d’écrire", None),
    (in_draft, "Reviewer", "brouillon gardé", None),
    (in_trash, "Administrator", "« Parti », qui est à la corbeille", "/trashedarticle/"),
    (in_trash, "Author", "article dans la corbeille", None),
]


@pytest.mark.parametrize(("place", "role", "words", "leads"), PLACES)
def test_its_page_names_where_readers_do_not_see_it(client, images, place, role, words, leads):
    text = ArticleTranslation.objects.get(article__slug=BILINGUAL, language="fr")
    place(text, f"![Écran]({images['unused'].get_absolute_url()})")
    user = User.objects.filter(username=role.lower()).first() or member(role)
    client.force_login(user)
    address = reverse("admin:troubleshooting_mediaimage_change", args=[images["unused"].pk])
    page = Page(client.get(address).content.decode())
    said = page.one("ul", id="image-places").text
    assert said.replace("\u00a0", " ").replace("\u202f", " ") == words
    links = [link.get("href") for link in page.all("a") if link.text == said]
    assert [leads in link for link in links] == ([True] if leads else [])
    assert all(client.get(link).status_code == 200 for link in links)


@pytest.mark.parametrize("place", [in_pending, in_begun, in_snippet, in_proposed, in_draft])
def test_an_image_that_is_still_to_be_shown_is_in_use(images, place):
    unused = MediaImage.objects.unused()
    assert list(unused) == [images["unused"]]
    text = ArticleTranslation.objects.get(article__slug=BILINGUAL, language="fr")
    place(text, f"![Écran]({images['unused'].get_absolute_url()})")
    assert not unused.all()
    assert delete_images([images["unused"]]) == 0


def test_the_form_of_the_admin_stores_an_image(client, db):
    client.force_login(member("Author"))
    address = reverse("admin:troubleshooting_mediaimage_add")
    refused = client.post(address, {"image": SimpleUploadedFile("x.png", b"no")})
    assert "errorlist" in refused.content.decode()
    client.post(address, {"image": SimpleUploadedFile("x.png", picture("lime"))})
    assert MediaImage.objects.get().uploaded_by.username == "author"


def test_a_missing_image_of_a_document_is_listed_and_supplied(client, portal):
    document = SourceDocument.objects.get(language="fr")
    (missing,) = images_of(document)
    assert (missing.path, missing.words, missing.image) == (
        "media/comptes.png",
        "Écran des comptes",
        None,
    )
    address = reverse("admin:troubleshooting_sourcedocument_images", args=[document.pk])
    client.force_login(member("Reviewer"))
    assert "manque" in Page(client.get(address).content.decode()).words
    file = SimpleUploadedFile("comptes.png", picture("teal"))
    done = client.post(address, {"path": missing.path, "image": file}, follow=True)
    assert "n’en manque" not in done.content.decode()
    image = SourceImage.objects.get(path=missing.path).image
    html = portal.articles[BILINGUAL].translations.get(language="fr").rendered.resolution
    assert f'<img alt="Écran des comptes" src="{image.get_absolute_url()}"' in html


@pytest.mark.parametrize("written", ["./media/comptes.png", "media/../media/comptes.png?raw=1"])
def test_a_path_is_known_however_it_is_written(portal, written):
    image = store_image(picture("teal"))
    supply_image("inscription", "media/comptes.png", image)
    write(portal.articles[BILINGUAL], "fr", "A", problem=f"![Écran]({written})")
    html = portal.articles[BILINGUAL].translations.get(language="fr").rendered.problem
    assert image.get_absolute_url() in html


def test_authors_do_not_supply_images_to_published_articles(client, portal):
    client.force_login(member("Author"))
    document = SourceDocument.objects.get(language="fr")
    address = reverse("admin:troubleshooting_sourcedocument_images", args=[document.pk])
    page = Page(client.get(address).content.decode())
    assert not page.all("input", type="file")
    assert client.post(address, {"path": "media/comptes.png"}).status_code == 403


def test_uploads_go_to_the_data_folder():
    assert str(settings.MEDIA_ROOT).startswith(str(settings.DATA_DIR))
