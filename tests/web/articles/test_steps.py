"""The steps of an article as a note needs them."""

import pytest

from tests.web.content import BILINGUAL, DRAFT, FRENCH_ONLY


def data(client, language, slug=BILINGUAL):
    return client.get(f"/{language}/articles/{slug}/steps.json").json()


@pytest.mark.usefixtures("portal")
def test_the_languages_have_the_same_anchors(client):
    french, english = data(client, "fr"), data(client, "en")
    assert [step["anchor"] for step in french["steps"]] == [
        step["anchor"] for step in english["steps"]
    ]
    assert french["title"] == "Plafond atteint"
    assert english["url"] == f"http://testserver/en/articles/{BILINGUAL}/"
    assert english["words"]["stuck"] == "Stuck at"
    assert french["words"]["stuck"] == "Bloqué à"


@pytest.mark.usefixtures("portal")
def test_a_missing_language_gives_the_other(client):
    found = data(client, "en", FRENCH_ONLY)
    assert found["language"] == "fr"
    assert found["words"]["done"] == "Steps done"


@pytest.mark.usefixtures("portal")
def test_only_what_the_reader_may_see(client):
    assert client.get(f"/fr/articles/{DRAFT}/steps.json").status_code == 404
    assert client.get("/fr/articles/nothing/steps.json").status_code == 404
    assert client.post(f"/fr/articles/{BILINGUAL}/steps.json").status_code == 405


@pytest.mark.usefixtures("portal")
def test_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        data(client, "fr")
