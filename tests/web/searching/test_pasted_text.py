"""A pasted log: what is marked in it, why each card is there, and that nothing of it is kept."""

import logging

import pytest
from django.contrib.sessions.models import Session

from tests.web.content import CODE
from tests.web.html import Page
from troubleshooting.models import SearchLog
from troubleshooting.representing.marking import blocks
from troubleshooting.search.result import Evidence

SECRET = "jean.dupont@example.org"
LOG = f"""2024-03-01 10:00:01 [INFO] start <b>service</b>
2024-03-01 10:00:02 [ERROR] hr={CODE.lower()} for {SECRET}
2024-03-01 10:00:03 [ERROR] retry failed: 0x8018FFFF
"""


def post(client, text: str, query: str = "", language: str = "fr") -> Page:
    response = client.post(f"/{language}/search/{query}", {"q": text})
    assert response.status_code == 200
    return Page(response.content.decode())


@pytest.mark.usefixtures("portal")
def test_evidence_is_marked_by_line_and_cards_say_why(client):
    page = post(client, LOG)
    marks = [mark.text for mark in page.all("mark") if mark.text.startswith("0x")]
    assert marks[:2] == [CODE.lower(), "0x8018FFFF"]
    assert "0x8018FFFF" in [mark.text for mark in page.all("mark", class_="unknown")]
    assert page.one("li", id="line-2").text.startswith("2")
    (why,) = page.all("p", class_="hit-why")
    assert why.text.strip() == f"ligne 2\u00a0: {CODE.lower()}"
    assert page.all("a", href="#line-2")
    assert "<b>service</b>" in page.one("li", id="line-1").text
    assert not page.all("b")


@pytest.mark.usefixtures("portal")
def test_line_ends_of_any_system_keep_the_places(client):
    for text in (LOG.replace("\n", "\r\n"), LOG.replace("\n", "\r")):
        page = post(client, text)
        assert page.one("li", id="line-2").text.count(CODE.lower()) == 1
        assert CODE.lower() in [mark.text for mark in page.all("mark")]


@pytest.mark.usefixtures("portal")
def test_nothing_of_the_text_is_kept(client, caplog):
    caplog.set_level(logging.DEBUG)
    response = client.post("/fr/search/", {"q": LOG})
    assert not response.cookies
    assert SECRET not in caplog.text
    assert "service" not in caplog.text
    assert Session.objects.count() == 0
    (entry,) = SearchLog.objects.values()
    assert entry["words"] == ""
    assert entry["codes"] == [CODE, "0x8018FFFF"]
    assert SECRET not in str(entry)


@pytest.mark.usefixtures("portal")
def test_filters_and_languages_send_the_text_again(client):
    page = post(client, LOG)
    buttons = page.all("button", form="search-form-compact")
    addresses = [button.get("formaction") for button in buttons]
    assert "?platform=android" in addresses
    assert "/en/search/" in addresses
    assert not [link for link in page.all("a") if SECRET in link.get("href")]
    assert LOG.strip() in page.one("textarea", name="q").text
    narrowed = post(client, LOG, "?platform=ios")
    assert "Aucun article ne réunit toutes les propriétés choisies" in narrowed.words
    english = post(client, LOG, "?platform=android", "en")
    assert "line 2: " in english.words


@pytest.mark.usefixtures("portal")
def test_a_short_line_goes_into_the_address(client):
    response = client.post("/fr/search/?platform=android", {"q": f" {CODE}\n"})
    assert response.status_code == 303
    assert response.headers["Location"] == f"/fr/search/?platform=android&q={CODE}"
    emoji = client.post("/fr/search/", {"q": "😀" * 300})
    assert emoji.status_code == 200


@pytest.mark.usefixtures("portal")
def test_a_text_that_is_too_long_is_cut_or_refused_in_words(client):
    assert "Seul son début a été lu." in post(client, f"{LOG}{'x ' * 500_000}").words
    response = client.post("/fr/search/", {"q": "é" * 2_000_000})
    assert response.status_code == 413
    page = Page(response.content.decode())
    assert "trop long" in page.one("div", role="alert").text


@pytest.mark.usefixtures("portal")
def test_a_text_without_anything_known_says_so(client):
    page = post(client, "un\ndeux\ntrois")
    assert "Aucun code ni message documenté n’a été reconnu" in page.words
    assert not page.one("input", id="id_subject").get("value")


def evidence(text: str, *found: str) -> list[Evidence]:
    places = [(text.index(one), text.index(one) + len(one)) for one in found]
    return [Evidence(text.count("\n", 0, a) + 1, a, b, "code", text[a:b]) for a, b in places]


def shown(text: str, *found: str) -> str:
    """The blocks as text: marks in brackets, folds by their size."""
    lines = []
    for block in blocks(text, evidence(text, *found)):
        if block.folded:
            lines.append(f"({block.size})")
            continue
        for line in block.lines:
            pieces = (f"[{piece.text}]" if piece.what else piece.text for piece in line.pieces)
            lines.append(f"{line.number}:{''.join(pieces)}")
    return " ".join(lines)


def test_lines_far_from_evidence_are_folded():
    text = "\n".join(f"l{number:02}" for number in range(1, 21))
    assert shown(text, "l10") == "(7) 8:l08 9:l09 10:[l10] 11:l11 12:l12 (8)"
    assert shown(text, "l04").startswith("1:l01 2:l02 3:l03 4:[l04]")
    assert shown(text, "l05", "l11").count("(") == 1
    assert blocks(text, []) == []


def test_places_that_overlap_or_span_lines():
    text = "a bb ccc\ndddd e\nf"
    assert shown(text, "bb ccc\ndddd", "ccc") == "1:a [bb ccc] 2:[dddd] e 3:f"
    assert shown(text, "a", "f") == "1:[a] bb ccc 2:dddd e 3:[f]"


def test_a_long_line_is_cut_around_its_marks():
    text = "x" * 5000 + " CODE " + "y" * 5000
    (block,) = blocks(text, evidence(text, "CODE"))
    (line,) = block.lines
    assert sum(len(piece.text) for piece in line.pieces) < 400
    assert [piece.text for piece in line.pieces if piece.what] == ["CODE"]


def test_a_fold_of_very_many_lines_is_only_counted():
    text = "CODE\n" + "\n" * 50_000
    first, fold = blocks(text, evidence(text, "CODE"))
    assert not first.folded
    assert (fold.folded, fold.lines) == (True, [])
    assert fold.size > 49_000


@pytest.mark.usefixtures("portal")
def test_the_code_that_a_log_leads_to_has_its_card_with_every_line_of_it(client):
    page = post(client, f"start\nhr={CODE}\nretry\nhr={CODE}, final\n0x8018FFFF failed\n")
    card = page.one("section", class_="card code-answer")
    assert CODE in card.text
    assert "Ouvrez Paramètres › Comptes" in card.text
    (why,) = page.all("p", class_="hit-why")
    assert why.text.strip() == f"ligne 2\u00a0: {CODE}, ligne 4"
    for line in (2, 4):
        assert page.all("a", href=f"#line-{line}")
        page.one("li", id=f"line-{line}")
    assert [one.text for one in page.all("strong", class_="code-answer-title")] == [
        "Plafond atteint"
    ]
    assert not page.all("h2", class_="hit-title")


@pytest.mark.usefixtures("portal")
def test_a_log_that_leads_to_a_message_has_no_card(client):
    page = post(client, "début\nTrop & trop tard\n")
    assert not page.all("section", class_="card code-answer")
