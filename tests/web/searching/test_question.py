"""The one question of a result: links that narrow, without scripts, three in a row at most."""

import re

import pytest

from tests.web.content import write
from tests.web.html import Page
from troubleshooting.models import Article, Platform
from troubleshooting.texts.languages import labels_for

CODE = "0x80CF0777"
#: slug, platform, what the problem says: all cite one code.
ARTICLES = [
    ("quota-avant", "ios", "Pendant l’inscription, **Trop d’appareils** s’affiche"),
    ("quota-apres", "android", "Après l’inscription, **Trop d’appareils** s’affiche"),
    ("jeton-avant", "ios", "Avant l’inscription, **Jeton expiré** s’affiche"),
    ("jeton-apres", "android", "Une fois inscrit, **Jeton expiré** s’affiche"),
]


@pytest.fixture
def base(db):
    for slug, platform, problem in ARTICLES:
        article = Article.objects.create(slug=slug, status="published")
        article.platforms.add(
            Platform.objects.get_or_create(slug=platform, defaults={"name": platform})[0]
        )
        write(article, "fr", title=slug, problem=f"{problem}, code {CODE}.")


def page_of(client, query: str) -> Page:
    response = client.get(f"/fr/search/{query}")
    assert response.status_code == 200
    return Page(response.content.decode())


def buttons(page: Page) -> dict[str, str]:
    """The answers on offer: their words and addresses."""
    found = re.findall(r'<section class="question".*?</section>', page.html, re.DOTALL)
    links = Page(found[0]).all("a") if found else []
    return {one.text: one.get("href") for one in links}


def count(page: Page) -> str:
    return page.one("p", class_="result-count").text.split()[0]


@pytest.mark.usefixtures("base")
def test_answers_narrow_until_one_article_is_left(client):
    page = page_of(client, f"?q={CODE}")
    assert count(page) == "4"
    first = buttons(page)
    assert list(first)[-1] == "Je ne sais pas"
    assert {"iOS/iPadOS", "Android"} <= set(first)
    page = page_of(client, first["iOS/iPadOS"])
    assert count(page) == "2"
    second = buttons(page)
    assert "Jeton expiré" in second
    page = page_of(client, second["Jeton expiré"])
    assert count(page) == "1"
    assert "jeton-avant" in page.words
    assert not buttons(page)
    assert "Jeton expiré" in page.one("ul", class_="chosen").text


@pytest.mark.usefixtures("base")
def test_who_does_not_know_is_asked_something_else_three_times_at_most(client):
    query, seen = f"?q={CODE}", []
    while answers := buttons(page_of(client, query)):
        seen.append(next(iter(answers)))
        query = answers["Je ne sais pas"]
    assert len(seen) == len(set(seen)) == 3
    assert count(page_of(client, query)) == "4"


@pytest.mark.usefixtures("base")
@pytest.mark.parametrize(
    "answer", ["message:ffffffff", "message", "nonsense:1", "moment:%00", ":", "code:" + "9" * 500]
)
def test_an_answer_that_no_article_holds_leaves_all(client, answer):
    assert count(page_of(client, f"?q={CODE}&answer={answer}")) == "4"


@pytest.mark.usefixtures("base")
def test_a_hidden_article_is_neither_counted_nor_asked_about(client):
    Article.objects.filter(slug__startswith="jeton").update(status="draft")
    page = page_of(client, f"?q={CODE}&answer=platform:")
    assert "Jeton" not in page.words


@pytest.mark.parametrize(
    ("language", "said", "phrases"),
    [
        ("en", "The error appears during device enrollment.", "before_enrolment"),
        ("en", "A user can't enroll a device.", "before_enrolment"),
        ("en", "Mail stops after the device is enrolled.", "after_enrolment"),
        ("en", "The device is already enrolled.", "after_enrolment"),
        ("en", "Only one device fails.", "one_device"),
        ("en", "All your users are signed out.", "all_devices"),
        ("en", "One or more devices fail. One device or all.", ""),
        ("en", "Enrollment profiles are listed.", ""),
        ("fr", "L’erreur s’affiche pendant l’inscription.", "before_enrolment"),
        ("fr", "Échec de l’inscription de l’appareil.", "before_enrolment"),
        ("fr", "Après l’inscription, la messagerie se tait.", "after_enrolment"),
        ("fr", "L’appareil est déjà inscrit.", "after_enrolment"),
        ("fr", "Un seul poste est touché.", "one_device"),
        ("fr", "Tous les appareils sont touchés.", "all_devices"),
        ("fr", "Un profil d’inscription existe.", ""),
        ("de", "Der Fehler erscheint während der Registrierung.", "before_enrolment"),
        ("de", "Nach der Registrierung fehlen Profile.", "after_enrolment"),
    ],
)
def test_what_a_text_says_of_when_and_where(language, said, phrases):
    names = ("before_enrolment", "after_enrolment", "one_device", "all_devices")
    assert " ".join(name for name in names if labels_for(language).says(name, said)) == phrases
