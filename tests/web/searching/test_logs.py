"""Log files that are sent, where there are no scripts."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web.content import CODE
from troubleshooting.views.searching.logs import MOST_SENT

pytestmark = pytest.mark.usefixtures("portal")


def sent(client, *contents: bytes):
    files = [SimpleUploadedFile(f"{n}.log", one) for n, one in enumerate(contents)]
    return client.post("/en/logs/", {"file": files})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig", "cp1252"])
def test_a_sent_file_is_answered_as_a_pasted_text(client, encoding):
    answer = sent(client, f"début\nERROR failed with {CODE}\nfin\n".encode(encoding))
    assert answer.status_code == 200
    assert f"<mark>{CODE}</mark>" in answer.content.decode()
    assert "début" in answer.content.decode()


def test_of_a_long_file_the_lines_that_say_something_are_read(client):
    noise = b"2024-05-31 10:00:00 INFO nothing of interest here\n" * 60_000
    answer = sent(client, noise + f"ERROR failed with {CODE}\n".encode() + noise[:100_000])
    assert f"<mark>{CODE}</mark>" in answer.content.decode()


def test_no_secret_is_asked_for():
    answer = sent(Client(enforce_csrf_checks=True), f"error {CODE}".encode())
    assert answer.status_code == 200
    assert not answer.cookies


def test_several_files_are_one_text(client):
    answer = sent(client, b"one", f"error {CODE}".encode())
    assert f"<mark>{CODE}</mark>" in answer.content.decode()


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04\x14" + bytes(99), b"MSCF" + bytes(99), bytes(range(256)) * 20],
    ids=["zip", "cab", "noise"],
)
def test_what_is_no_text_is_refused_in_words(client, content):
    answer = sent(client, f"error {CODE}".encode(), content)
    assert answer.status_code == 400
    assert "only files of text are read" in answer.content.decode()


def test_nothing_and_too_much_are_refused_in_words(client):
    assert sent(client).status_code == 400
    answer = sent(client, b"x" * (MOST_SENT + 100_000))
    assert answer.status_code == 413
    assert "larger than 5" in answer.content.decode()
