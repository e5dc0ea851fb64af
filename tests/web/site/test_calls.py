"""A call on two screens: opened by an agent, joined once by six letters, ticked by both sides."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests.web.content import BILINGUAL, DRAFT, STAFF
from troubleshooting.models import Article, SharedCall, SharedTick
from troubleshooting.models.live import CODE_LENGTH, LETTERS
from troubleshooting.operation.retention import prune

FIRST, SECOND, SUB = (f"resolution-1-step-{number}" for number in ("1", "2", "2-1"))
pytestmark = pytest.mark.usefixtures("portal")


def opened(client, slug: str = BILINGUAL, **data) -> dict:
    response = client.post("/fr/calls/", {"article": slug, **data})
    assert response.status_code == 201
    return response.json()


def joined(client, code: str) -> str:
    """The address of the caller's screen."""
    response = client.post("/en/calls/join/", {"letters": code})
    assert response.status_code == 303
    return response["Location"]


def done(client, state: str) -> list[str]:
    return client.get(state).json()["done"]


def test_both_sides_see_what_each_ticks(client):
    call = opened(client, step=[FIRST, "nonsense", "resolution-9-step-9"])
    screen = joined(client, call["code"])
    caller = f"{screen}state.json"
    assert done(client, caller) == [FIRST]
    client.post(caller, {"step": SUB, "done": "1"})
    client.post(call["state"], {"step": [FIRST], "done": ""})
    assert done(client, call["state"]) == done(client, caller) == [SUB]
    client.post(caller, {"step": SUB, "done": "1"})  # said twice, by both
    assert done(client, caller) == [SUB]


def test_the_caller_reads_the_steps_in_another_language(client):
    call = opened(client, language="en")
    assert "/c/" in call["address"]
    assert call["address"].endswith(call["code"])
    assert call["qr"].startswith("<svg")
    screen = joined(client, call["code"])
    english = client.get(screen).content.decode()
    french = client.get(screen.replace("/en/", "/fr/")).content.decode()
    assert "The removal is final." in english
    assert "La suppression est définitive." in french
    for page in (english, french):
        assert f'id="{SUB}"' in page
        assert '<meta name="robots" content="noindex">' in page


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_short_address_leads_to_the_language_of_the_phone(client, language):
    response = client.get("/c/BCDFGH", headers={"Accept-Language": language})
    assert response["Location"] == f"/{language}/calls/join/BCDFGH/"
    assert 'value="BCDFGH"' in client.get(response["Location"]).content.decode()
    response = client.get("/c/", headers={"Accept-Language": language})
    assert response["Location"] == f"/{language}/calls/join/"


@pytest.mark.parametrize(
    "typed", ["{code}", " {lower} ", "{first}-{last}", "{first} {last}", "{code}\u200b"]
)
def test_letters_are_read_as_people_type_them_and_work_once(client, typed):
    code = opened(client)["code"]
    assert len(code) == CODE_LENGTH
    assert set(code) <= set(LETTERS)
    words = typed.format(code=code, lower=code.lower(), first=code[:3], last=code[3:])
    joined(client, words)
    assert client.post("/en/calls/join/", {"letters": words}).status_code == 404


@pytest.mark.parametrize("typed", ["", " ", "BCDFGH", "AEIOUY", "B" * 500, "'; --", "BCDFG\0"])
def test_letters_of_no_call_open_nothing(client, typed):
    joined(client, opened(client)["code"])  # a call whose letters are used up
    response = client.post("/fr/calls/join/", {"letters": typed})
    assert response.status_code == 404
    assert "n’ouvrent aucun appel" in response.content.decode()


def test_opening_the_address_uses_nothing_up(client):
    code = opened(client)["code"]
    for _preview in range(2):
        client.get(f"/c/{code}", follow=True)
    joined(client, code)


def test_nothing_personal_is_kept(client):
    call = opened(client)
    joined(client, call["code"])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {SharedCall._meta.db_table}")
        row = repr(cursor.fetchall())
    assert call["secret"] not in row
    assert call["code"] not in row
    assert {field.name for field in SharedTick._meta.fields} == {"id", "call", "anchor"}


@pytest.mark.parametrize("slug", [DRAFT, STAFF, "unknown", ""])
def test_no_call_is_about_a_hidden_article(client, admin_client, slug):
    for one in (client, admin_client):
        assert one.post("/fr/calls/", {"article": slug}).status_code == 404
    if Article.objects.filter(slug=slug).exists():
        page = admin_client.get(f"/fr/articles/{slug}/").content.decode()
        assert "data-share" not in page


@pytest.mark.parametrize("change", [{"status": "draft"}, {"audience": "staff"}])
def test_an_article_that_is_hidden_meanwhile_ends_the_call(client, change):
    call = opened(client)
    screen = joined(client, call["code"])
    Article.objects.filter(slug=BILINGUAL).update(**change)
    for address in (screen, f"{screen}state.json", call["state"]):
        assert client.get(address).status_code == 404


def test_a_call_lasts_two_hours_and_is_then_deleted(client):
    call = opened(client)
    assert 7100 < client.get(call["state"]).json()["seconds"] <= 7200
    SharedCall.objects.update(expires=timezone.now() - timedelta(seconds=1))
    other = opened(client)
    assert client.get(call["state"]).status_code == 404
    assert client.post("/fr/calls/join/", {"letters": call["code"]}).status_code == 404
    assert prune()["calls"] == 1
    assert client.get(other["state"]).status_code == 200


def test_either_side_ends_it(client):
    call = opened(client)
    screen = joined(client, call["code"])
    client.post(f"{screen}state.json", {"end": "1"})
    assert client.get(call["state"]).status_code == 404
    assert not SharedCall.objects.exists()


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "Cet appel est terminé."), ("en", "This call is over.")]
)
def test_the_screen_of_a_call_that_is_over_asks_for_new_letters(client, language, said):
    call = opened(client)
    screen = joined(client, call["code"]).replace("/en/", f"/{language}/")
    client.post(call["state"], {"end": "1"})
    response = client.get(screen)
    assert response.status_code == 404
    assert said in response.content.decode()
    assert 'name="letters"' in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_a_page_of_another_site_does_nothing(client):
    headers = {"Sec-Fetch-Site": "cross-site"}
    call = opened(client)
    for address in ("/fr/calls/", "/fr/calls/join/", call["state"]):
        assert client.post(address, {"end": "1"}, headers=headers).status_code == 403


@pytest.mark.parametrize("setting", [("SHARED_CALLS", False), ("SIGN_IN_REQUIRED", True)])
def test_it_can_be_turned_off(client, settings, setting):
    call = opened(client)
    setattr(settings, *setting)
    assert client.post("/fr/calls/", {"article": BILINGUAL}).status_code == 404
    for address in ("/c/", "/c/BCDFGH", "/fr/calls/join/", call["state"]):
        assert client.get(address).status_code == 404
    assert "data-share" not in client.get(f"/fr/articles/{BILINGUAL}/").content.decode()


def test_guessing_letters_is_limited(client, settings):
    settings.RATE_LIMIT_FACTOR = 1
    statuses = {client.post("/fr/calls/join/", {"letters": "B"}).status_code for _try in range(21)}
    assert statuses == {404, 429}


def test_answers_are_stored_nowhere(client):
    call = opened(client)
    for address in (call["state"], joined(client, call["code"])):
        assert "no-store" in client.get(address)["Cache-Control"]
