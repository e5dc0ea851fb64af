"""The steps of an article as a note needs them."""

import pytest

from tests.web.content import BILINGUAL, DRAFT, FRENCH_ONLY, write
from troubleshooting.models import Article
from troubleshooting.representing.notes import LONGEST


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
def test_an_article_without_steps_gives_its_resolution_as_it_is_read(client):
    assert data(client, "fr")["text"] is None
    text = "Ouvrez **Comptes**, [l’aide](https://example.org/a) ou `dsregcmd`.\n\n- Un\n- Deux"
    article = Article.objects.get(slug=FRENCH_ONLY)
    write(article, "fr", "Échec", problem="Erreur 0x80cf0440 ou 0x80CF0440.", resolution=text)
    found = data(client, "fr", FRENCH_ONLY)
    assert found["text"] == {
        "plain": "Ouvrez Comptes, l’aide <https://example.org/a> ou dsregcmd.\n\n-   Un\n-   Deux",
        "markdown": "Ouvrez **Comptes**, [l’aide](https://example.org/a) ou `dsregcmd`.\n\n"
        "-   Un\n-   Deux",
    }
    assert found["words"]["codes"] == "Code\u00a0: 0x80CF0440"
    assert data(client, "en", FRENCH_ONLY)["words"]["codes"] == "Code: 0x80CF0440"


@pytest.mark.usefixtures("portal")
@pytest.mark.parametrize("text", ["Mot. " * 2000, "Une ligne.\n\n" * 900])
def test_a_resolution_longer_than_a_note_may_be_is_cut(client, text):
    write(Article.objects.get(slug=FRENCH_ONLY), "fr", "Échec", resolution=text)
    found = data(client, "fr", FRENCH_ONLY)["text"]["plain"]
    assert LONGEST - 20 < len(found) <= LONGEST + 2
    assert found.endswith(".\n…")


@pytest.mark.usefixtures("portal")
def test_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        data(client, "fr")
