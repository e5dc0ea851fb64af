"""The key of a local run, and what is accepted as the key of a deployment."""

import stat
import threading

import pytest
from django.core.exceptions import ImproperlyConfigured

from kbportal.environment import secret_key


def test_key_is_made_once_and_readable_by_its_owner_alone(tmp_path):
    path = tmp_path / "var" / "secret_key"
    key = secret_key.of_this_folder(path)
    assert secret_key.checked(key) == key
    assert secret_key.of_this_folder(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["secret_key"]


def test_processes_that_start_together_agree(tmp_path):
    path, keys = tmp_path / "secret_key", set()
    start = threading.Barrier(8)

    def read() -> None:
        start.wait()
        keys.add(secret_key.of_this_folder(path))

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 1


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("", "is not set"),
        ("short", "too weak"),
        ("ab" * 40, "too weak"),
        ("django-insecure-" + "abcdefghij" * 6, "example key"),
    ],
)
def test_weak_keys_are_refused_without_showing_them(key, reason):
    with pytest.raises(ImproperlyConfigured, match=f"SECRET_KEY .*{reason}") as caught:
        secret_key.checked(key)
    assert not key or f" {key}" not in str(caught.value)


def test_damaged_key_file_is_named(tmp_path):
    path = tmp_path / "secret_key"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ImproperlyConfigured, match=str(path)):
        secret_key.of_this_folder(path)


def test_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "secret_key"
    with pytest.raises(ImproperlyConfigured, match="DATA_DIR"):
        secret_key.of_this_folder(path)
