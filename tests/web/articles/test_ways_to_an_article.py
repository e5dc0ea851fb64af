"""What leads to an article and away from it: its number, its history, its QR code, sorted lists."""

import pytest

from tests.web.content import BILINGUAL, DRAFT, STAFF, write
from tests.web.html import Page
from troubleshooting.models import Article

pytestmark = pytest.mark.usefixtures("portal")


def number(slug: str) -> int:
    return Article.objects.get(slug=slug).pk


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_number_of_an_article_leads_to_it(client, language):
    response = client.get(f"/{language}/articles/{number(BILINGUAL)}/?q=x")
    assert response.status_code == 302
    assert response["Location"] == f"/{language}/articles/{BILINGUAL}/?q=x"


@pytest.mark.parametrize("given", ["0", "01", "99999999", "9" * 18, "9" * 40, "-1", "1a"])
def test_other_numbers_lead_nowhere(client, given):
    assert client.get(f"/fr/articles/{given}/").status_code == 404


@pytest.mark.parametrize("slug", [DRAFT, STAFF])
@pytest.mark.parametrize("rest", ["", "history/", "qr.svg"])
def test_hidden_articles_are_not_told_from_unknown_ones(client, slug, rest):
    assert client.get(f"/fr/articles/{slug}/{rest}").status_code == 404
    assert client.get(f"/fr/articles/{number(slug)}/").status_code == 404


def test_a_slug_goes_before_a_number(client):
    wanted = str(number(BILINGUAL))
    Article.objects.filter(slug="echec-du-profil").update(slug=wanted)
    assert client.get(f"/fr/articles/{wanted}/").status_code == 200


def history(client, language: str = "fr") -> list[str]:
    page = Page(client.get(f"/{language}/articles/{BILINGUAL}/history/").content.decode())
    return [one.text.replace("\u00a0", " ") for one in page.all("li", class_="row")]


def test_the_history_says_what_changed_and_never_what_it_was(client):
    article = Article.objects.get(slug=BILINGUAL)
    text = article.translations.get(language="fr")
    before = text.texts()
    write(article, "fr", **{**before, "problem": "Autre secretum."})
    write(article, "fr", **{**before, "problem": "Encore autre.", "title": "Nouveau titre"})
    write(article, "fr", **{**before, "problem": "Encore autre.", "title": "Nouveau titre",
                            "internal": "interna secreta"})  # fmt: skip
    rows = history(client)
    assert len(rows) == 3  # the internal note is nothing that readers see
    assert "titre, Problème" in rows[0]
    assert "titre" not in rows[1]
    assert "Première version" in rows[2]
    assert "secret" not in " ".join(rows)
    assert len(history(client, "en")) == 1


def test_the_qr_code_is_a_picture_of_the_same_host(client):
    response = client.get(f"/fr/articles/{BILINGUAL}/qr.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert response.content.startswith(b"<svg")
    assert (
        f"/fr/articles/{BILINGUAL}/qr.svg"
        in client.get(f"/fr/articles/{BILINGUAL}/").content.decode()
    )


@pytest.mark.parametrize("portal", [12], indirect=True)
def test_the_list_of_articles_is_sorted_by_change(client, portal):
    write(Article.objects.get(slug=BILINGUAL), "fr", title="Plafond atteint", problem="Tout neuf.")
    page = Page(client.get("/fr/articles/?sort=recent").content.decode())
    assert page.all("a", href=f"/fr/articles/{BILINGUAL}/")
    assert (
        "Plafond atteint"
        in client.get("/fr/articles/?sort=recent").context["cards"][0].translation.title
    )
    assert client.get("/fr/articles/?sort=nonsense").status_code == 200


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("0440", True),
        ("80cf", True),
        ("CF 0440", True),
        ("zzz", False),
        ("%", False),
        ("zzz\0", False),
        ("\0", True),  # is read as a space: nothing was typed
    ],
)
def test_an_index_is_filtered_by_part_of_a_name(client, typed, found):
    page = client.get("/fr/codes/", {"q": typed})
    assert page.status_code == 200
    assert ("0x80CF0440" in Page(page.content.decode()).words) is found
