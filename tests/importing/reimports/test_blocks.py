"""What an import lets wait is decided block by block: its text, the live one, or another."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.reimports.test_pending import blocks, edit, short, text, upstream
from tests.web.editors import address, person
from tests.web.html import Page
from troubleshooting.editing import pending_of
from troubleshooting.models import PendingRevision

pytestmark = pytest.mark.django_db

WRITTEN = "Tell the colleagues of shift 9 about it."


@pytest.fixture
def rene(client):
    user = person("rene", "Reviewer")
    client.force_login(user)
    return user


@pytest.fixture
def waiting(tmp_path: Path, rene) -> PendingRevision:
    """Return what waits where editors and the document changed two blocks each in its way."""
    upstream(tmp_path, "A1 / B1 / C1")
    edit("A2 / B2 / C1")
    upstream(tmp_path, "A3 / B3 / C1")
    return pending_of(text().article, "en", "import")


def page(client) -> Page:
    return Page(client.get(path()).content.decode())


def path() -> str:
    return address("pending", text().article.pk, "en") + "?origin=import"


def choose(client, pending: PendingRevision, **posted: str):
    form = {"act": "choose", "number": pending.number, "live": text().revision_number}
    return client.post(path(), {**form, **posted})


def test_each_block_shows_its_three_texts(client, waiting):
    shown = [part.text for part in page(client).all("section", class_="conflict block")]
    assert len(shown) == 2
    for number in "123":
        assert number in shown[0]
        assert f" {number} minutes" in shown[1].replace("[new:", "").replace("]", "")


@pytest.mark.parametrize(
    ("first", "second", "waits"),
    [
        ("theirs", "theirs", "A3 / B3 / C1"),
        ("theirs", "ours", "A3 / B2 / C1"),
        ("ours", "theirs", "A2 / B3 / C1"),
        ("written", "ours", "C9 / B2 / C1"),
    ],
)
def test_what_was_chosen_waits_and_is_published(client, waiting, first, second, waits):
    choose(client, waiting, **{"block-1": first, "block-2": second, "text-1": WRITTEN})
    now = pending_of(text().article, "en", "import")
    assert short(now.texts["resolution"]) == waits
    assert short(text().resolution) == "A2 / B2 / C1"
    client.post(path(), {"act": "publish", "number": now.number, "live": text().revision_number})
    assert short(text().resolution) == waits


def test_the_same_document_does_not_ask_again_for_what_was_decided(client, waiting, tmp_path):
    choose(client, waiting, **{"block-1": "theirs", "block-2": "ours"})
    upstream(tmp_path, "A3 / B3 / C1")
    assert short(pending_of(text().article, "en", "import").texts["resolution"]) == "A3 / B2 / C1"
    upstream(tmp_path, "A3 / B4 / C1")
    assert short(pending_of(text().article, "en", "import").texts["resolution"]) == "A3 / B4 / C1"


def test_where_the_live_text_is_kept_everywhere_nothing_waits(client, waiting, tmp_path):
    choose(client, waiting, **{"block-1": "ours", "block-2": "ours"})
    assert pending_of(text().article, "en", "import") is None
    upstream(tmp_path, "A3 / B3 / C1")
    assert pending_of(text().article, "en", "import") is None


def test_a_live_text_that_was_changed_since_is_decided_at_once(client, waiting):
    edit("A4 / B2 / C2")
    assert "block by block" in page(client).words or "bloc par bloc" in page(client).words
    choose(client, waiting, **{"block-1": "theirs", "block-2": "ours", "block-3": "ours"})
    now = pending_of(text().article, "en", "import")
    assert short(now.texts["resolution"]) == "A3 / B2 / C2"
    client.post(path(), {"act": "publish", "number": now.number, "live": text().revision_number})
    assert short(text().resolution) == "A3 / B2 / C2"


@pytest.mark.parametrize("posted", [{"block-1": "ours"}, {"block-1": "ours", "block-2": "?"}])
def test_a_block_without_a_choice_is_asked_for_and_what_was_chosen_stays(client, waiting, posted):
    answer = Page(choose(client, waiting, **posted).content.decode())
    assert answer.all("p", role="alert")
    (ours, *_rest) = answer.all("input", name="block-1", value="ours")
    assert "checked" in ours.attributes
    assert pending_of(text().article, "en", "import").number == waiting.number


def test_what_was_seen_must_still_be_there(client, waiting):
    edit("A2 / B2 / C5")
    form = {"block-1": "ours", "block-2": "theirs", "live": "1"}
    assert Page(choose(client, waiting, **form).content.decode()).all("p", role="alert")
    assert pending_of(text().article, "en", "import").texts == waiting.texts


def test_authors_choose_nothing_of_what_others_imported(client, waiting):
    client.force_login(person("lea", "Author"))
    assert not page(client).all("input", name="block-1")
    answer = choose(client, waiting, **{"block-1": "theirs", "block-2": "ours"})
    assert answer.status_code == 403


def test_whoever_writes_a_block_is_an_author_of_what_waits(client, waiting, rene, settings):
    settings.FOUR_EYES = True
    choose(client, waiting, **{"block-1": "ours", "block-2": "theirs"})
    assert rene not in pending_of(text().article, "en", "import").written_by()
    now = pending_of(text().article, "en", "import")
    choose(client, now, **{"block-1": "written", "text-1": WRITTEN})
    assert rene in pending_of(text().article, "en", "import").written_by()
    assert not page(client).all("button", value="publish")


def test_what_waits_from_before_shows_the_live_text_for_what_nobody_knows(client, waiting):
    PendingRevision.objects.update(ancestor={})
    assert len(page(client).all("input", value="ours")) == 2


def test_the_words_of_the_walk_are_those_of_the_document():
    assert blocks("C9") == WRITTEN
