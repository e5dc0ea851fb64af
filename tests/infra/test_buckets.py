"""Images in a bucket of an S3-compatible store: a real server of one, on loopback."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import boto3
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import default_storage
from django.db import connections
from moto.server import ThreadedMotoServer

from kbportal.environment import databases
from kbportal.environment.services.media import media_store
from tests.infra.other_databases import allow
from tests.pictures import picture
from tests.web.content import make_portal, write
from troubleshooting.media import delete_images, store_image
from troubleshooting.media.stored import stored_names
from troubleshooting.models import Article, MediaImage
from troubleshooting.operation.backup import BackupError, write_backup
from troubleshooting.operation.health import files
from troubleshooting.operation.restore import is_occupied, restore_backup

KEYS = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "eu-west-3"}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a store."""
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def keep_in(server: str, settings, monkeypatch):
    """What has images kept in a new bucket of a name from then on."""

    def use(name: str, endpoint: str = server) -> None:
        name = f"{name}-{secrets.token_hex(4)}"
        if endpoint == server:
            with closing(boto3.client("s3", endpoint_url=server, **KEYS)) as client:
                place = {"LocationConstraint": KEYS["region_name"]}
                client.create_bucket(Bucket=name, CreateBucketConfiguration=place)
        address = f"s3://key:secret@{name}/images?region=eu-west-3&endpoint={endpoint}"
        monkeypatch.setenv("MEDIA_STORE_URL", address)
        settings.STORAGES = {**settings.STORAGES, "default": media_store()}

    return use


@pytest.fixture
def shown(keep_in, transactional_db, settings, tmp_path: Path) -> MediaImage:
    """An image that an article shows."""
    settings.MEDIA_ROOT = tmp_path / "media"
    keep_in("shown")
    make_portal()
    image = store_image(picture("red"))
    article = Article.objects.get(slug="conseils")
    write(article, "fr", "Image", problem=f"![Écran]({image.get_absolute_url()})")
    return image


def test_an_image_is_kept_shown_and_deleted_there(shown: MediaImage, client, settings):
    assert list(stored_names()) == [shown.name]
    assert not Path(settings.MEDIA_ROOT).exists()
    answer = client.get(shown.get_absolute_url())
    assert answer.status_code == 200
    assert store_image(answer.getvalue()) == shown
    assert files() == []
    unused = store_image(picture("blue"))
    assert delete_images([unused, shown]) == 1
    assert list(stored_names()) == [shown.name]


def test_one_that_is_gone_is_not_there_and_told_of(shown: MediaImage, client):
    default_storage.delete(shown.name)
    assert client.get(shown.get_absolute_url()).status_code == 404
    (problem,) = files()
    assert shown.name in problem.what


def test_a_store_that_does_not_answer_is_said_to(shown: MediaImage, client, keep_in):
    keep_in("shown", "http://127.0.0.1:9")  # nobody listens there
    answer = client.get(shown.get_absolute_url())
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    # Else a browser shows what it kept of this when the store is back: 304 by the same name.
    assert "ETag" not in answer
    assert answer["Cache-Control"] == "no-store"
    (problem,) = files()
    assert "127.0.0.1:9" in problem.what
    with pytest.raises(OSError, match=r"127\.0\.0\.1:9"):
        store_image(picture("green"))
    assert MediaImage.objects.count() == 1


@pytest.mark.sqlite
def test_a_backup_of_a_bucket_is_restored_into_an_empty_one(
    shown: MediaImage, keep_in, tmp_path: Path, settings, monkeypatch
):
    allow("backup_copy", "restored", "place")
    before = default_storage.open(shown.name).read()
    path = tmp_path / "portal.backup"
    assert f"media/{shown.name}" in write_backup(path)["files"]
    connections["default"].close()
    entry = databases.entry_of(f"sqlite:///{tmp_path}/place/db.sqlite3", "x")
    settings.DATA_DIR = tmp_path / "place"
    monkeypatch.setitem(settings.DATABASES, "default", entry)
    assert is_occupied()  # the bucket is
    with pytest.raises(BackupError, match="occupied"):
        restore_backup(path)
    keep_in("empty")
    assert not is_occupied()
    restore_backup(path)
    assert list(stored_names()) == [shown.name]
    assert default_storage.open(shown.name).read() == before


@pytest.mark.parametrize(
    ("address", "options"),
    [
        ("s3://images", {"bucket_name": "images", "location": ""}),
        ("s3://images/portal/a/", {"bucket_name": "images", "location": "portal/a"}),
        ("s3://k:s%2F1@images", {"access_key": "k", "secret_key": "s/1"}),
        ("s3://images?region=eu-west-3", {"region_name": "eu-west-3"}),
        ("s3://i?endpoint=https://s3.example.org", {"endpoint_url": "https://s3.example.org"}),
    ],
)
def test_an_address_names_bucket_folder_and_keys(monkeypatch, address: str, options: dict):
    monkeypatch.setenv("MEDIA_STORE_URL", address)
    assert options.items() <= media_store()["OPTIONS"].items()


@pytest.mark.parametrize(
    "address",
    [
        "images",
        "https://images.example.org",
        "s3://",
        "s3:///folder",
        "s3://hushed@images",
        "s3://:hushed@images",
        "s3://images:hushed",
        "s3://images:99",
        "s3://images?endpoint=hushed",
        "s3://images?endpoint=http://s3.example.org",
        "s3://images?regoin=hushed",
        "s3://images?region=",
        "s3://images#hushed",
    ],
)
def test_what_is_none_is_refused_and_no_secret_shown(monkeypatch, address: str):
    monkeypatch.setenv("MEDIA_STORE_URL", address)
    with pytest.raises(ImproperlyConfigured, match="Write s3://key:secret@bucket") as refused:
        media_store()
    assert "hushed" not in str(refused.value)
