"""One article."""

import pytest
from django.contrib.auth.models import User

from tests.web.content import BILINGUAL, CODE, DRAFT, FRENCH_ONLY, STAFF, make_portal, write
from tests.web.html import Page
from troubleshooting.models import Article


def get(client, path):
    return Page(client.get(path).content.decode())


@pytest.mark.usefixtures("portal")
def test_parts_in_order(client):
    page = get(client, f"/fr/articles/{BILINGUAL}/")
    headings = [element.text for element in page.elements if element.tag in ("h1", "h2", "h3")]
    wanted = ["Plafond atteint", "Problème", "Cause", "Résolutions", "Résolution 1", "Résolution 2"]
    assert [text for text in headings if text in wanted] == wanted
    assert [step.get("id") for step in page.all("li", class_="step")] == [
        "resolution-1-step-1",
        "resolution-1-step-2",
    ]
    assert len(page.all("li", class_="substep")) == 2
    assert page.all("a", href=f"/fr/codes/{CODE}/")


@pytest.mark.usefixtures("portal")
def test_outline_leads_to_each_part(client):
    page = get(client, f"/fr/articles/{BILINGUAL}/")
    targets = [link.get("href") for link in page.all("a") if link.get("href").startswith("#")]
    assert targets == [
        "#content",
        "#call-panel",
        "#problem",
        "#cause",
        "#resolution",
        "#resolution-1",
        "#resolution-2",
        "#about",
    ]


@pytest.mark.usefixtures("portal")
def test_source_and_revision(client):
    page = get(client, f"/fr/articles/{BILINGUAL}/")
    about = page.one("aside").text
    for text in ("Dépanner l’inscription", "9 novembre 2018", "CC BY 4.0", "Example", "N°\u00a01"):
        assert text in about
    assert page.one("a", href="https://example.org/original").get("rel") == "external noopener"


@pytest.mark.usefixtures("portal")
def test_missing_language_shows_the_other_with_a_notice(client):
    page = get(client, f"/en/articles/{FRENCH_ONLY}/")
    assert "does not exist in English yet. You are reading it in French." in page.words
    assert page.one("h1").get("lang") == "fr"
    assert page.one("html").get("lang") == "en"
    assert page.all("div", class_="prose", lang="fr")
    assert page.one("link", rel="canonical").get("href").endswith(f"/fr/articles/{FRENCH_ONLY}/")
    assert "Problem" in page.words


@pytest.mark.usefixtures("portal")
def test_present_language_shows_no_notice(client):
    page = get(client, f"/fr/articles/{FRENCH_ONLY}/")
    assert page.one("link", rel="canonical").get("href").endswith(f"/fr/articles/{FRENCH_ONLY}/")
    assert not page.all("div", class_="notice")


@pytest.mark.usefixtures("portal")
def test_neighbours_skip_what_the_reader_may_not_see(client):
    page = get(client, f"/fr/articles/{FRENCH_ONLY}/")
    assert page.one("a", rel="prev").get("href") == f"/fr/articles/{BILINGUAL}/"
    assert page.one("a", rel="next").get("href") == "/fr/articles/conseils/"


@pytest.mark.parametrize("slug", [DRAFT, STAFF])
@pytest.mark.usefixtures("portal")
def test_unpublished_is_for_staff(client, slug):
    assert client.get(f"/fr/articles/{slug}/").status_code == 404
    client.force_login(User.objects.create_user("agent"))
    assert client.get(f"/fr/articles/{slug}/").status_code == 404
    client.force_login(User.objects.create_superuser("editor"))
    page = get(client, f"/fr/articles/{slug}/")
    assert "Tout le monde ne voit pas cet article" in page.words


@pytest.mark.django_db
def test_without_any_text_there_is_no_page(client):
    Article.objects.create(slug="vide", status="published")
    assert client.get("/fr/articles/vide/").status_code == 404
    assert client.get("/fr/articles/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("extra", [0, 30])
def test_queries(client, django_assert_max_num_queries, extra):
    portal = make_portal(extra)
    many = "L’erreur **Plafond atteint** : 0x80070001, 0x80070002, 0x80070003, 0x80CF0440."
    write(portal.articles[BILINGUAL], "fr", "Plafond", problem=many)
    write(portal.articles[FRENCH_ONLY], "fr", "Plafond", problem=many)
    with django_assert_max_num_queries(5):
        assert client.get(f"/fr/articles/{BILINGUAL}/").status_code == 200
