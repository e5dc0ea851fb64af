"""What an import lets wait is decided block by block: its text, the live one, or another."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.reimports.test_pending import blocks, edit, short, text, upstream
from tests.web.editors import address, person
from tests.web.html import Page
from troubleshooting.editing import pending_of, reject_pending
from troubleshooting.models import Article, PendingRevision
from troubleshooting.texts.markup.units import units_of

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


def form_of(client, posted: dict[str, str]) -> dict[str, str | int]:
    """The form of the page as it is now; ``block-1`` is the name of the first block on it."""
    shown = page(client)
    keys = [radio.get("name").removeprefix("block-") for radio in shown.all("input", value="ours")]
    names = {
        f"{kind}-{n}": f"{kind}-{key}"
        for kind in ("block", "text")
        for n, key in enumerate(keys, 1)
    }
    seen = {
        name: shown.all("input", name=name)[0].get("value")
        for name in ("number", "live")
        if shown.all("input", name=name)
    }
    return {
        "act": "choose",
        **seen,
        **{names.get(name, name): said for name, said in posted.items()},
    }


def choose(client, **posted: str):
    return client.post(path(), form_of(client, posted))


def publish(client):
    return client.post(path(), form_of(client, {"act": "publish"}))


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
    choose(client, **{"block-1": first, "block-2": second, "text-1": WRITTEN})
    now = pending_of(text().article, "en", "import")
    assert short(now.texts["resolution"]) == waits
    assert short(text().resolution) == "A2 / B2 / C1"
    publish(client)
    assert short(text().resolution) == waits


def test_the_same_document_does_not_ask_again_for_what_was_decided(client, waiting, tmp_path):
    choose(client, **{"block-1": "theirs", "block-2": "ours"})
    upstream(tmp_path, "A3 / B3 / C1")
    assert short(pending_of(text().article, "en", "import").texts["resolution"]) == "A3 / B2 / C1"
    upstream(tmp_path, "A3 / B4 / C1")
    assert short(pending_of(text().article, "en", "import").texts["resolution"]) == "A3 / B4 / C1"


def test_where_the_live_text_is_kept_everywhere_nothing_waits(client, waiting, tmp_path):
    choose(client, **{"block-1": "ours", "block-2": "ours"})
    assert pending_of(text().article, "en", "import") is None
    upstream(tmp_path, "A3 / B3 / C1")
    assert pending_of(text().article, "en", "import") is None


def test_a_live_text_that_was_changed_since_is_decided_at_once(client, waiting):
    """What was changed live alone stays, without a question."""
    edit("A4 / B2 / C2")
    assert "block by block" in page(client).words or "bloc par bloc" in page(client).words
    assert len(page(client).all("section", class_="conflict block")) == 2
    choose(client, **{"block-1": "theirs", "block-2": "ours"})
    now = pending_of(text().article, "en", "import")
    assert short(now.texts["resolution"]) == "A3 / B2 / C2"
    publish(client)
    assert short(text().resolution) == "A3 / B2 / C2"


def test_what_browsers_send_of_a_table_is_that_table(client, waiting):
    table = "| Lamp | Means |\n| --- | --- |\n| red | wait |\n| green | go |"
    sent = f" \r\n\r\n{table}\r\n\r\n".replace("\n", "\r\n").replace("\r\r", "\r")
    choose(client, **{"block-1": "ours", "block-2": "written", "text-2": sent})
    _first, second, _third = units_of(
        pending_of(text().article, "en", "import").texts["resolution"]
    )
    assert second.text == units_of(table)[0].text


def test_the_indent_of_what_is_written_stays_and_blank_lines_around_it_go(client, waiting):
    form = form_of(
        client,
        {"block-1": "?", "block-2": "written", "text-2": "\r\n \r\n    x\r\n\r\n y\r\n \r\n"},
    )
    answer = Page(client.post(path(), form).content.decode())
    assert [one.text.removeprefix("\n") for one in answer.all("textarea")].count("    x\n\n y") == 1


@pytest.mark.parametrize(
    "written",
    ["\r\n".join("  " * n + "- x" for n in range(120)), ">" * 120 + " x", "word " * 50_000],
    ids=["lists", "quotations", "long"],
)
def test_what_cannot_be_read_is_told_and_stays_on_the_page(client, waiting, written):
    answer = choose(client, **{"block-1": "ours", "block-2": "written", "text-2": written})
    assert answer.status_code == 200
    shown = Page(answer.content.decode())
    assert shown.all("p", role="alert")
    assert any(written.split()[-1] in one.text for one in shown.all("textarea"))
    assert pending_of(text().article, "en", "import").texts == waiting.texts


@pytest.mark.parametrize(("live", "is_open"), [("A2 / B4 / C1", True), ("A3 / B2 / C1", False)])
def test_what_was_written_stays_with_its_block_or_stands_apart(client, waiting, live, is_open):
    form = form_of(client, {"block-1": "written", "text-1": WRITTEN, "block-2": "ours"})
    edit(live)
    shown = Page(client.post(path(), form).content.decode())
    assert shown.all("p", role="alert")
    fields = [one for one in shown.all("textarea") if WRITTEN in one.text]
    assert [one.get("name").startswith("text-") for one in fields] == [is_open]
    written = [one for one in shown.all("input", value="written") if "checked" in one.attributes]
    assert len(written) == is_open
    assert pending_of(text().article, "en", "import").texts == waiting.texts


@pytest.mark.parametrize("status", ["draft", "archived"])
def test_of_what_is_not_published_nothing_is_decided(client, waiting, status):
    form = form_of(client, {"block-1": "ours", "block-2": "written", "text-2": WRITTEN})
    Article.objects.update(status=status)
    shown = page(client)
    assert not shown.all("input", type="radio")
    assert not shown.all("button", value="publish")
    refused = Page(client.post(path(), form).content.decode())
    assert refused.words.count(refused.one("p", role="alert").text) == 2
    assert pending_of(text().article, "en", "import").texts == waiting.texts


@pytest.mark.parametrize("first", ["ours", "theirs"])
def test_what_is_decided_after_a_rejection_no_longer_says_why(client, waiting, rene, first):
    reject_pending(waiting, user=rene, comment="Which shift?")
    choose(client, **{"block-1": first, "block-2": "theirs"})
    now = pending_of(text().article, "en", "import")
    assert (now.state, now.answer, now.reviewer) == ("submitted", "", None)


def test_whoever_decides_after_another_is_led_on(client, waiting):
    form = form_of(client, {"block-1": "ours", "block-2": "ours"})
    client.post(path(), form)
    assert client.post(path(), form).status_code == 302
    assert client.get(path()).status_code == 404


def test_blocks_of_an_editors_revision_are_not_decided(client, waiting):
    form = form_of(client, {"block-1": "ours", "block-2": "ours"})
    PendingRevision.objects.update(origin="editor")
    assert client.post(path().replace("import", "editor"), form).status_code == 404
    assert PendingRevision.objects.get().texts == waiting.texts


@pytest.mark.parametrize("posted", [{"block-1": "ours"}, {"block-1": "ours", "block-2": "?"}])
def test_a_block_without_a_choice_is_asked_for_and_what_was_chosen_stays(client, waiting, posted):
    answer = Page(choose(client, **posted).content.decode())
    assert answer.all("p", role="alert")
    (ours, *_rest) = answer.all("input", value="ours")
    assert "checked" in ours.attributes
    assert pending_of(text().article, "en", "import").number == waiting.number


def test_what_was_seen_must_still_be_there(client, waiting):
    edit("A2 / B2 / C5")
    form = {"block-1": "ours", "block-2": "theirs", "live": "1"}
    assert Page(choose(client, **form).content.decode()).all("p", role="alert")
    assert pending_of(text().article, "en", "import").texts == waiting.texts


def test_authors_choose_nothing_of_what_others_imported(client, waiting):
    client.force_login(person("lea", "Author"))
    assert not page(client).all("input", name="block-1")
    answer = choose(client, **{"block-1": "theirs", "block-2": "ours"})
    assert answer.status_code == 403


def test_whoever_writes_a_block_is_an_author_of_what_waits(client, waiting, rene, settings):
    settings.FOUR_EYES = True
    choose(client, **{"block-1": "ours", "block-2": "theirs"})
    assert rene not in pending_of(text().article, "en", "import").written_by()
    choose(client, **{"block-1": "written", "text-1": WRITTEN})
    assert rene in pending_of(text().article, "en", "import").written_by()
    assert not page(client).all("button", value="publish")


def test_what_waits_from_before_shows_the_live_text_for_what_nobody_knows(client, waiting):
    PendingRevision.objects.update(ancestor={})
    assert len(page(client).all("input", value="ours")) == 2


def test_the_words_of_the_walk_are_those_of_the_document():
    assert blocks("C9") == WRITTEN
