"""How often one address may ask, and that nobody else is held up by it."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client

from kbportal.limits.rates import RATES
from tests.web.content import BILINGUAL
from troubleshooting.views.searching import results

pytestmark = pytest.mark.usefixtures("portal")
ONE, OTHER = "198.51.100.7", "203.0.113.9"
#: View -> address in French, what is sent.
ASKED = {
    "troubleshooting:search": ("/fr/search/", {"q": "erreur\n" * 20}),
    "troubleshooting:logs": ("/fr/logs/", {"none": "sent"}),
    "troubleshooting:suggestions": ("/fr/search/suggestions/", {"q": "pla"}),
    "troubleshooting:chosen": ("/fr/search/chosen/", {"entry": "1", "article": "1"}),
    "troubleshooting:feedback": (f"/fr/articles/{BILINGUAL}/feedback/", {"verdict": "solved"}),
    "troubleshooting:error_report": (f"/fr/articles/{BILINGUAL}/error/", {"comment": "Faux."}),
    "troubleshooting:gap": ("/fr/gaps/", {"subject": "0x1"}),
    "troubleshooting:call_open": ("/fr/calls/", {"article": BILINGUAL}),
    "troubleshooting:call_join": ("/fr/calls/join/", {"letters": "BCDFGH"}),
    "troubleshooting:call_state": ("/fr/calls/unknown/state.json", {"step": "resolution-1-step-1"}),
    "mcp": ("/mcp", {}),
    "api:diagnose_log": ("/api/v1/diagnose/", {}),
    "api:match_ticket": ("/api/v1/tickets/match/", {}),
    "troubleshooting:tickets": ("/fr/tickets/", {"ticket": ""}),
    "troubleshooting:widget": ("/fr/widget/", {"ticket": ""}),
}


@pytest.fixture(autouse=True)
def limits(settings, monkeypatch):
    settings.RATE_LIMIT_FACTOR = 1
    few = {asked: rate._replace(most=2) for asked, rate in RATES.items()}
    monkeypatch.setattr("kbportal.limits.rates.RATES", few)


@pytest.mark.parametrize(("method", "view"), RATES)
def test_the_third_is_refused_for_this_address_alone(client: Client, method: str, view: str):
    path, data = ASKED[view]
    ask = getattr(client, method.lower())
    first = [ask(path, data, REMOTE_ADDR=ONE).status_code for _ in range(2)]
    assert 429 not in first
    refused = ask(path, data, REMOTE_ADDR=ONE)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= RATES[method, view].seconds
    assert refused.headers["Cache-Control"] == "no-store"
    assert ask(path, data, REMOTE_ADDR=OTHER).status_code == first[0]
    assert client.get(f"/fr/articles/{BILINGUAL}/", REMOTE_ADDR=ONE).status_code == 200


@pytest.mark.parametrize(
    ("path", "words"), [("/fr/gaps/", "Trop de demandes"), ("/en/gaps/", "Too many requests")]
)
def test_it_is_said_politely_in_the_language_of_the_reader(client: Client, path, words):
    for _ in range(3):
        answer = client.post(path, {"subject": "0x1"}, REMOTE_ADDR=ONE)
    assert words in answer.content.decode()


def test_pasted_logs_of_one_address_are_read_two_at_a_time(client: Client, monkeypatch, settings):
    """The third is sent while two are under way: each view sends the next from inside."""
    inside: list[int] = []
    path, data = ASKED["troubleshooting:search"]
    monkeypatch.setattr("kbportal.limits.rates.RATES", RATES)

    def nested(view: results.SearchView, *args: object, **kwargs: object) -> HttpResponse:
        if len(inside) < 4:
            inside.append(0)
            place = len(inside) - 1
            inside[place] = Client().post(path, data, REMOTE_ADDR=ONE).status_code
        return HttpResponse()

    monkeypatch.setattr(results.SearchView, "post", nested)
    assert client.post(path, data, REMOTE_ADDR=ONE).status_code == 200
    assert inside == [200, 429]
    assert client.post(path, data, REMOTE_ADDR=OTHER).status_code == 200
    inside[:] = [0] * 4
    assert client.post(path, data, REMOTE_ADDR=ONE).status_code == 200, "nothing is under way"


def test_a_longer_form_of_ipv6_is_no_new_reader(client: Client):
    for last in range(3):
        answer = client.post("/fr/gaps/", {"subject": "0x1"}, REMOTE_ADDR=f"2001:db8::{last}")
    assert answer.status_code == 429


def test_an_unknown_address_limits_nobody(client: Client, settings):
    settings.IS_LOCAL = False  # behind a proxy on this machine that is not named
    for _ in range(5):
        answer = client.post("/fr/gaps/", {"subject": "0x1"}, REMOTE_ADDR="127.0.0.1")
    assert answer.status_code != 429
