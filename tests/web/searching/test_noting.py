"""What searches leave behind: words and what was opened, no session and nothing of who searched."""

import pytest
from django.contrib.sessions.models import Session
from django.core.signing import TimestampSigner
from django.db import OperationalError

from tests.web.content import BILINGUAL, CODE, DRAFT
from tests.web.searching.test_search import results, titles
from troubleshooting.models import SearchLog
from troubleshooting.views.searching import history as journal


@pytest.mark.usefixtures("portal")
def test_searches_are_noted_once_without_words_nobody_knows(client):
    results(client, "q=plafond+atteint+jean.dupont")
    (entry,) = SearchLog.objects.all()
    assert (entry.words, entry.unknown, entry.language) == ("plafond atteint", 2, "fr")
    results(client, "q=plafond+atteint&platform=android")
    results(client, "q=plafond+atteint&page=2")
    client.head("/fr/search/?q=plafond")
    assert SearchLog.objects.count() == 1


@pytest.mark.usefixtures("portal")
def test_codes_are_noted_apart_from_words(client):
    results(client, f"q=plafond+atteint+{CODE}")
    entry = SearchLog.objects.get()
    assert (entry.words, entry.codes) == ("plafond atteint", [CODE])


@pytest.mark.usefixtures("portal")
def test_a_search_is_answered_though_it_cannot_be_noted(client, monkeypatch):
    def locked(*args):
        raise OperationalError("database is locked")

    monkeypatch.setattr(journal, "record", locked)
    page = results(client, "q=plafond+atteint")
    assert titles(page) == ["Plafond atteint"]
    assert not [element for element in page.elements if element.get("data-entry")]


@pytest.mark.usefixtures("portal")
def test_the_article_that_was_opened_is_noted(client, portal):
    page = results(client, "q=plafond+atteint")
    (place,) = [element for element in page.elements if element.get("data-entry")]
    article = portal.articles[BILINGUAL].pk
    assert page.all("a", data_article=str(article))
    form = {"entry": place.get("data-entry"), "article": article}
    assert client.post(place.get("data-chosen"), form).status_code == 204
    assert SearchLog.objects.get().chosen_id == article


@pytest.mark.usefixtures("portal")
def test_only_a_page_of_results_can_say_what_was_opened(client, portal):
    results(client, "q=plafond+atteint")
    entry = SearchLog.objects.get()
    sealed = TimestampSigner(salt="troubleshooting.search").sign(str(entry.pk))
    article = portal.articles[BILINGUAL].pk
    for form in (
        {},
        {"entry": entry.pk, "article": article},
        {"entry": f"{sealed}x", "article": article},
        {"entry": sealed, "article": "²"},
        {"entry": sealed, "article": "9" * 30},
        {"entry": sealed, "article": 10**12},
        {"entry": sealed, "article": portal.articles[DRAFT].pk},
    ):
        assert client.post("/fr/search/chosen/", form).status_code == 400
    assert client.get("/fr/search/chosen/").status_code == 405
    entry.refresh_from_db()
    assert entry.chosen_id is None


@pytest.mark.usefixtures("portal")
def test_no_session_comes_of_a_search(client):
    response = client.get("/fr/search/?q=plafond")
    assert not response.cookies
    assert "private" in response.headers["Cache-Control"]
    assert Session.objects.count() == 0
