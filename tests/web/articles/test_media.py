"""Images: taken only if they are, written anew, kept once, shown to those who see the article."""

import io
import zlib
from contextlib import contextmanager, suppress

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image

from tests.pictures import picture
from tests.web.content import BILINGUAL, DRAFT, STAFF, write
from tests.web.editors import person
from tests.web.html import Page
from troubleshooting.editing import keep_draft, save_pending, save_unfinished
from troubleshooting.editing.reusing import save_snippet
from troubleshooting.media import (
    MOST_BYTES,
    ImageError,
    clean_image,
    delete_images,
    images_of,
    store_image,
    supply_image,
)
from troubleshooting.models import (
    Article,
    ArticleTranslation,
    MediaImage,
    Snippet,
    SourceDocument,
    SourceImage,
)

SECRET = b"<script>secret</script>"


def frames() -> bytes:
    """A GIF of two frames."""
    target = io.BytesIO()
    first, second = (Image.new("RGB", (20, 10), color) for color in ("red", "blue"))
    first.save(target, "GIF", save_all=True, append_images=[second])
    return target.getvalue()


def with_metadata(form: str) -> bytes:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    return picture(form=form, exif=exif, icc_profile=SECRET)


@pytest.mark.parametrize(
    ("raw", "content_type"),
    [
        (picture(), "image/png"),
        (picture(form="JPEG"), "image/jpeg"),
        (picture(form="WEBP"), "image/webp"),
        (picture(form="GIF"), "image/png"),
    ],
    ids=["png", "jpeg", "webp", "gif"],
)
def test_the_four_formats_are_taken(raw, content_type):
    image = clean_image(raw)
    assert (image.content_type, image.width, image.height) == (content_type, 40, 30)
    with Image.open(io.BytesIO(image.data)) as stored:
        assert stored.size == (40, 30)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_nothing_but_the_picture_is_kept(form):
    raw = with_metadata(form) + SECRET
    assert SECRET in raw
    image = clean_image(raw)
    assert b"script" not in image.data
    assert "exif" not in Image.open(io.BytesIO(image.data)).info


def test_a_photograph_is_turned_as_its_camera_says():
    exif = Image.Exif()
    exif[0x0112] = 6
    image = clean_image(picture(form="JPEG", size=(40, 20), exif=exif))
    assert (image.width, image.height) == (20, 40)


def test_of_what_moves_the_first_frame_is_kept():
    image = clean_image(frames())
    assert image.is_first_frame
    stored = Image.open(io.BytesIO(image.data))
    assert getattr(stored, "n_frames", 1) == 1
    assert stored.convert("RGB").getpixel((1, 1)) == (255, 0, 0)


def bomb() -> bytes:
    """A PNG of few bytes that says it has 10 billion pixels."""
    raw = bytearray(picture())
    raw[16:24] = (100_000).to_bytes(4, "big") * 2
    raw[29:33] = zlib.crc32(raw[12:29]).to_bytes(4, "big")
    return bytes(raw)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image_format"),
        (b"", "image_format"),
        (b"BM" + bytes(60), "image_format"),
        (b"GIF89a" + SECRET, "image_format"),
        (picture()[:60], "image_broken"),
        (picture(form="JPEG")[:300], "image_broken"),
        (bomb(), "image_too_many_pixels"),
        (picture(form="GIF", size=(5_001, 5_000)), "image_too_many_pixels"),
        (picture() + bytes(MOST_BYTES), "image_too_large"),
    ],
    ids=["svg", "empty", "bmp", "gif-text", "cut", "cut-jpeg", "bomb", "pixels", "bytes"],
)
def test_anything_else_is_refused(raw, code):
    with pytest.raises(ImageError) as caught:
        clean_image(raw)
    assert caught.value.code == code


@hypothesis_settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([picture(), picture(form="JPEG"), picture(form="WEBP"), frames()]),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=12),
)
def test_damaged_bytes_make_an_image_or_a_clear_refusal(raw, changes):
    damaged = bytearray(raw)
    for place, value in changes:
        damaged[place % len(damaged)] = value
    with suppress(ImageError):
        assert clean_image(bytes(damaged)).data


@contextmanager
def committed(capture):
    """What is done on commit is done, although the test's own transaction goes on."""
    with capture(execute=True):
        yield


@pytest.mark.django_db
def test_the_same_image_is_stored_once(django_capture_on_commit_callbacks):
    with committed(django_capture_on_commit_callbacks):
        first = store_image(picture("navy"))
    again = store_image(picture("navy"))
    taken_back = store_image(default_storage.open(first.name).read())
    assert first == again == taken_back
    assert MediaImage.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_row_and_file_come_and_go_together():
    class RolledBackError(Exception):
        pass

    name = clean_image(picture("orange")).name
    with suppress(RolledBackError), transaction.atomic():
        store_image(picture("orange"))
        raise RolledBackError
    assert not MediaImage.objects.exists()
    assert not default_storage.exists(name)

    image = store_image(picture("orange"))
    assert default_storage.exists(name)
    assert delete_images([image]) == 1
    assert not MediaImage.objects.exists()
    assert not default_storage.exists(name)


@pytest.mark.django_db(transaction=True)
def test_a_file_that_cannot_be_written_leaves_no_row(monkeypatch):
    def full(*args):
        raise OSError("disk full")

    monkeypatch.setattr(default_storage, "save", full)
    with pytest.raises(OSError, match="disk full"):
        store_image(picture("purple"))
    assert not MediaImage.objects.exists()


@pytest.fixture
def images(portal, django_capture_on_commit_callbacks) -> dict[str, MediaImage]:
    """Return one image for each kind of place, shown there."""
    places = ("public", "draft", "staff", "note", "unused")
    colors = ("red", "green", "blue", "gray", "pink")
    with committed(django_capture_on_commit_callbacks):
        found = {p: store_image(picture(c)) for p, c in zip(places, colors, strict=True)}
    shown = {name: f"![Écran]({image.get_absolute_url()})" for name, image in found.items()}
    write(portal.articles[BILINGUAL], "fr", "A", problem=shown["public"], internal=shown["note"])
    write(portal.articles[DRAFT], "fr", "B", problem=shown["draft"])
    write(portal.articles[STAFF], "fr", "C", problem=shown["staff"])
    return found


def member(role: str) -> User:
    """Return somebody of that role; a reader has an account and no more, the staff no group."""
    if role == "Reader":
        return User.objects.create_user("reader")
    return person(role.lower(), "" if role == "Staff" else role)


SEEN = {
    "": {"public"},
    "Reader": {"public"},
    "Staff": {"public", "staff", "note"},
    "Author": {"public", "staff", "note", "draft", "unused"},
}


@pytest.mark.parametrize("role", SEEN)
def test_an_image_is_seen_by_those_who_see_what_shows_it(client, images, role):
    if role:
        client.force_login(member(role))
    seen = {
        name for name, i in images.items() if client.get(i.get_absolute_url()).status_code == 200
    }
    assert seen == SEEN[role]


def test_a_withdrawn_image_is_gone_at_its_old_address_too(client, images):
    address = images["public"].get_absolute_url()
    first = client.get(address)
    assert first.headers["X-Content-Type-Options"] == "nosniff"
    assert first.headers["Content-Type"] == "image/png"
    known = {"If-None-Match": first.headers["ETag"]}
    assert client.get(address, headers=known).status_code == 304
    Article.objects.filter(slug=BILINGUAL).update(status="archived")
    assert client.get(address, headers=known).status_code == 404
    assert client.get(address).status_code == 404


def test_a_file_that_was_lost_is_not_found_and_comes_back_with_the_next_upload(
    client, images, django_capture_on_commit_callbacks
):
    image = images["public"]
    default_storage.delete(image.name)
    assert client.get(image.get_absolute_url()).status_code == 404
    with committed(django_capture_on_commit_callbacks):
        store_image(picture("red"))
    assert client.get(image.get_absolute_url()).status_code == 200


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
