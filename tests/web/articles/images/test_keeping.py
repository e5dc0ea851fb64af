"""A picture is kept once, and shown to those who see what shows it."""

from contextlib import suppress

import pytest
from django.core.files.storage import default_storage
from django.db import transaction

from tests.pictures import picture
from tests.web.articles.images.stored import committed, member
from tests.web.content import BILINGUAL
from troubleshooting.media import clean_image, delete_images, store_image
from troubleshooting.models import Article, MediaImage


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
