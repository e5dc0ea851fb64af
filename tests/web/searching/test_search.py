"""The results page: what was understood, hits, facets, what was not found."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.web.content import BILINGUAL, CODE, DRAFT_CODE, FRENCH_ONLY, make_portal, write
from tests.web.html import Page
from troubleshooting.models import Article
from troubleshooting.search.result import Understood
from troubleshooting.search.words.frequencies import frequencies
from troubleshooting.views.searching.interpretation import chips

SIGNED = "-2133916608"

UNKNOWN = "0x80CF0041"


def results(client, query: str, language: str = "fr") -> Page:
    response = client.get(f"/{language}/search/?{query}")
    assert response.status_code == 200
    return Page(response.content.decode())


def titles(page: Page) -> list[str]:
    """The articles of the page: those of the cards of codes, then the hits."""
    cards = page.all("strong", class_="code-answer-title")
    return [one.text for one in (*cards, *page.all("h2", class_="hit-title"))]


def facets(page: Page) -> dict[str, int]:
    """The count of every value on offer by its address."""
    links = [link for link in page.all("a", rel="nofollow") if "without" not in link.get("href")]
    return {
        link.get("href"): int(count[1])
        for link in links
        if (count := re.search(r"(\d+)\s*$", link.text)) and "facet" not in link.get("class")
    }


@pytest.mark.parametrize("typed", [CODE, "80CF0440", SIGNED, "2161050688", "hr=0x80cf0440."])
@pytest.mark.usefixtures("portal")
def test_a_code_in_any_form_gets_its_card(client, typed):
    page = results(client, f"q={typed}")
    card = page.one("section", class_="card code-answer")
    assert CODE in card.text
    assert "Plafond atteint" in card.text
    assert "Ouvrez Paramètres › Comptes" in card.text
    assert "La suppression est définitive." in card.text
    assert page.all("a", href=f"/fr/codes/{CODE}/")
    assert page.all("a", href=f"/fr/articles/{BILINGUAL}/#resolution-1-step-1")
    assert titles(page) == ["Plafond atteint"]


@pytest.mark.usefixtures("portal")
def test_a_card_marks_the_message_and_escapes_what_is_around(client):
    problem = "L’erreur **Trop & trop tard** et le code 0x80CF0999 s’affichent <b>ici</b>."
    write(Article.objects.get(slug=FRENCH_ONLY), "fr", "Quoting 0x80CF0999", problem=problem)
    page = results(client, "q=0x80CF0999")
    assert [one.text for one in page.all("b", class_="message")] == ["Trop & trop tard"]
    card = page.one("section", class_="card code-answer")
    assert "L’erreur Trop & trop tard et le code 0x80CF0999 s’affichent ici" in card.text


@pytest.mark.usefixtures("portal")
def test_each_reading_can_be_removed_and_put_back(client):
    page = results(client, f"q={SIGNED}")
    understood = page.one("section", class_="understood")
    assert SIGNED in understood.text
    assert f"HRESULT {CODE}" in understood.text
    assert "nombre décimal signé" in understood.text
    address = page.one("a", class_="reading-remove").get("href")
    assert f"without=exact%3A{CODE.lower()}" in address
    without = results(client, address.removeprefix("?"))
    assert titles(without) == []
    assert "Il ne reste rien à rechercher" in without.words
    assert not without.all("section", class_="card gap")
    (back,) = [link for link in without.all("a") if link.text == "Rétablir"]
    assert titles(results(client, back.get("href").removeprefix("?"))) == ["Plafond atteint"]


@pytest.mark.usefixtures("portal")
def test_a_hit_found_in_the_other_language_says_so(client):
    page = results(client, "q=plafond+atteind", "en")
    assert titles(page) == ["Limit reached"]
    assert "Found in French: Plafond atteint" in page.words
    assert page.one("p", class_="hit-summary").get("lang") == ""
    assert [one.text for one in page.all("bdi", lang="fr")] == ["Plafond atteint"]
    assert "taken for" in page.one("section", class_="understood").text


@pytest.mark.usefixtures("portal")
def test_the_matched_sentence_is_marked_and_escaped(client, portal):
    write(portal.articles["conseils"], "fr", "Zèbre", problem="Un zèbre & un `<script>` rayé.")
    html = client.get("/fr/search/?q=zebre").content.decode()
    assert "<mark>zèbre</mark> &amp; un &lt;script&gt;" in html
    assert "<script>" not in html.replace('<script src="', "")


@pytest.mark.usefixtures("portal")
def test_words_are_shown_as_they_were_typed(client):
    page = results(client, "q=l%E2%80%99Échec+atteïnd")
    shown = page.one("section", class_="understood").text
    assert "Échec" in shown
    assert "atteïnd" in shown


@pytest.mark.usefixtures("portal")
def test_a_hit_leads_to_the_step_that_matched(client):
    page = results(client, "q=appuyez+supprimer")
    (link,) = page.all("a", class_="tag tag-place")
    assert link.get("href").endswith(f"/articles/{BILINGUAL}/#resolution-1-step-2-1")
    assert link.text == "Résolution 1, étape 2\u00a0a"


@pytest.mark.django_db
@pytest.mark.parametrize("portal", [12], indirect=True)
@pytest.mark.parametrize("query", ["q=tampon", "q=tampon&platform=android&language=fr"])
@pytest.mark.usefixtures("portal")
def test_each_facet_leads_to_as_many_articles_as_it_says(client, query):
    page = results(client, query)
    chosen = {link.get("href") for link in page.all("a", rel="nofollow", aria_current="true")}
    offered = {href: count for href, count in facets(page).items() if href not in chosen}
    assert offered
    for href, count in offered.items():
        found = results(client, href.removeprefix("?"))
        assert len(titles(found)) == count > 0


@pytest.mark.django_db
@pytest.mark.parametrize("portal", [45], indirect=True)
@pytest.mark.usefixtures("portal")
def test_paging_keeps_query_and_filters(client):
    page = results(client, "q=tampon&platform=android&page=2")
    assert len(titles(page)) == 20
    assert page.one("a", rel="next").get("href") == "?q=tampon&platform=android&page=3"
    assert "45 articles" in page.one("p", role="status").text
    assert all("page=" not in href for href in facets(page))
    assert len(titles(results(client, "q=tampon&page=3"))) == 5
    assert len(titles(results(client, "q=tampon&page=9999"))) == 20


@pytest.mark.usefixtures("portal")
def test_filters_that_leave_nothing_are_named_as_the_reason(client):
    page = results(client, "q=plafond&platform=ios")
    assert titles(page) == []
    assert "Aucun article ne réunit toutes les propriétés choisies" in page.words
    assert not page.all("section", class_="card gap")


@pytest.mark.usefixtures("portal")
def test_what_is_not_understood_is_said(client):
    page = results(client, "q=plafond&platform=toaster")
    assert "n’est pas prise en compte\u00a0: Plateforme." in page.words
    assert titles(page) == ["Plafond atteint"]


@pytest.mark.django_db
def test_equal_messages_ask_for_the_platform(client):
    portal = make_portal()
    for slug in ("android", "ios"):
        article = Article.objects.create(slug=f"profil-{slug}", status="published")
        article.platforms.set(portal.articles[BILINGUAL].platforms.model.objects.filter(slug=slug))
        text = "Le message **Installation impossible du profil** apparaît."
        write(article, "fr", f"Profil {slug}", problem=text)
    page = results(client, "q=installation+impossible+du+profil")
    assert "\u00a0?" in page.one("section", class_="question").text
    addresses = [link.get("href") for link in page.all("a", class_="button", rel="nofollow")]
    assert {address.rpartition("=")[2] for address in addresses} == {"android", "ios"}
    chosen = results(client, addresses[0].removeprefix("?"))
    assert len(titles(chosen)) == 1
    assert not chosen.all("section", class_="question")


@pytest.mark.usefixtures("portal")
def test_drafts_and_their_codes_are_for_staff(client):
    for query in ("q=brouillon+secret", f"q={DRAFT_CODE}", "q=brouillon&status=draft"):
        assert titles(results(client, query)) == []
    assert "Brouillon" not in client.get("/fr/search/suggestions/?q=brou").content.decode()
    client.force_login(User.objects.create_superuser("editor"))
    page = results(client, "q=brouillon+secret")
    assert titles(page) == ["Brouillon secret"]
    assert page.one("span", class_="tag tag-status").text == "Brouillon"
    assert len(titles(results(client, f"q={DRAFT_CODE}&status=draft"))) == 1


@pytest.mark.usefixtures("portal")
def test_an_undocumented_code_is_taken_apart(client):
    page = results(client, f"q={UNKNOWN}")
    found_nothing = page.one("section", class_="card not-found").text
    assert "Aucun article ne porte sur ce code" in found_nothing
    assert "en anglais et en français" in found_nothing
    assert "échec" in found_nothing
    assert "65 (0x0041)" in found_nothing
    guesses = page.one("section", class_="guesses").text
    assert "Suppositions" in guesses
    assert CODE in guesses
    assert "même composant" in guesses
    assert page.one("input", id="id_subject").get("value") == UNKNOWN


@pytest.mark.usefixtures("portal")
def test_no_global_meaning_for_the_facility_itf(client):
    page = results(client, "q=0x80040154")
    assert "Chaque programme donne son propre sens aux codes de ce composant." in page.words


@pytest.mark.usefixtures("portal")
def test_of_what_is_guessed_it_is_not_said_that_no_text_holds_the_words(client):
    page = results(client, "q=profile+xylophone+quantum", "en")
    assert "Perhaps one of these" in page.words
    assert "No article is clearly about this" in page.words
    assert "No article contains these words" not in page.words


@pytest.mark.usefixtures("portal")
def test_words_without_an_answer_say_where_was_looked(client):
    page = results(client, "q=xylophone+quantique", "en")
    assert "No article contains these words" in page.words
    assert "in English and in French" in page.words
    assert page.one("input", id="id_subject").get("value") == "xylophone quantique"


@pytest.mark.parametrize("query", ["", "q=", "q=+++", "q=%00"])
@pytest.mark.usefixtures("portal")
def test_an_empty_query_gets_the_box(client, query):
    page = results(client, query)
    assert page.one("form", role="search").get("id") == "search-form-large"


QUERIES = {
    "code": {"q": CODE},
    "signed number": {"q": SIGNED},
    "undocumented code": {"q": UNKNOWN},
    "code with words": {"q": f"plafond atteint {CODE}"},
    "undocumented code with words": {"q": f"plafond atteint {UNKNOWN}"},
    "name in lower case": {"q": "devicecapreached"},
    "message": {"q": "plafond atteint"},
    "message with errors": {"q": "plafonf des apareils ateint sur le telephone"},
    "other language": {"q": "limit reached"},
    "unknown words": {"q": "xylophone quantique"},
    "second page, filtered": {"q": "erreur", "page": "2", "platform": "android"},
    "page beyond the last": {"q": "erreur", "page": "9"},
    "log": {"q": f"start\nhr={CODE} DeviceCapReached\nplafond atteint\n"},
    "log without codes": {"q": "Bonjour,\nle plafond des apareils est ateint\n"},
    "log with an undocumented code": {"q": f"start\nhr={UNKNOWN}\nle plafond est atteint\n"},
}


@pytest.mark.django_db
def test_a_page_asks_the_database_eight_questions_at_most(client):
    """However many articles there are, and with nothing remembered of earlier searches."""
    make_portal(extra=25)
    few = {name: _questions(client, query) for name, query in QUERIES.items()}
    articles = Article.objects.bulk_create(
        Article(slug=f"plus-{number}", status="published") for number in range(30)
    )
    for number, article in enumerate(articles):
        problem = f"Plafond atteint {number} : erreur {CODE} (DeviceCapReached)."
        write(article, "fr", f"Plafond {number}", problem=problem)
    many = {name: _questions(client, query) for name, query in QUERIES.items()}
    assert {name: number for name, number in (few | many).items() if number > 8} == {}


def _questions(client, query: dict[str, str]) -> int:
    """How many statements the page takes; the words are read once by each process."""
    ask = client.post if "\n" in query["q"] else client.get
    ask("/fr/search/", query)
    frequencies.clear()
    with CaptureQueriesContext(connection) as asked:
        assert ask("/fr/search/", query).status_code == 200
    return len(asked)


def test_what_one_thing_was_taken_for_is_told_once():
    def one(what: str, text: str, value: str) -> Understood:
        return Understood(what=what, text=text, value=value, id=f"{what}:{text}={value}")

    told = chips(
        [
            one("correction", "enrollement", "inscription"),
            one("vocabulary", "iphone", "ios"),
            one("correction", "enrollement", "enrollment"),
            one("correction", "atteind", "atteint"),
            one("vocabulary", "enrollement", "ajouter"),
        ]
    )
    assert [(chip.typed, chip.value, [part.value for part in chip.parts]) for chip in told] == [
        ("enrollement", "", ["inscription", "enrollment"]),
        ("iphone", "ios", []),
        ("atteind", "atteint", []),
        ("enrollement", "ajouter", []),
    ]
    assert [part.id for part in told[0].parts] == [
        "correction:enrollement=inscription",
        "correction:enrollement=enrollment",
    ]


def test_a_code_that_is_not_documented_is_told_once_and_not_as_a_word_too():
    told = chips(
        [
            Understood("word", "zèbre", "zebre", "word:zebre", known=False),
            Understood("word", "0x8ABC0001", "0x8abc0001", "word:0x8abc0001", known=False),
            Understood("reading", "0x8abc0001", "0x8ABC0001", "exact:0x8ABC0001", known=False),
            Understood("word", "DeviceCap", "devicecap", "word:devicecap"),
            Understood("reading", "DeviceCap", "DeviceCapReached", "name:devicecap"),
        ]
    )
    assert [(chip.value, [part.value for part in chip.parts]) for chip in told] == [
        ("DeviceCapReached", []),
        ("0x8ABC0001", []),
        ("", ["zèbre", "DeviceCap"]),
    ]


@pytest.mark.usefixtures("portal")
def test_each_word_and_correction_can_be_removed_and_put_back(client):
    page = results(client, "q=plafond+atteind")
    labels = [link.get("aria-label") for link in page.all("a", class_="reading-remove")]
    assert "Rechercher sans ce mot\u00a0: plafond" in labels
    (address,) = [
        link.get("href")
        for link in page.all("a", class_="reading-remove")
        if "correction%3Aatteind%3Datteint" in link.get("href")
    ]
    without = results(client, address.removeprefix("?"))
    assert "atteind → atteint" in without.one("section", class_="understood").text
    assert not [link for link in without.all("a") if "%3Datteint" in link.get("aria-label")]
    (back,) = [link for link in without.all("a") if link.text == "Rétablir"]
    assert titles(results(client, back.get("href").removeprefix("?"))) == ["Plafond atteint"]


@pytest.mark.usefixtures("portal")
def test_too_many_words_are_said(client):
    words = "+".join(["plafond", *(f"p{number}" for number in range(60))])
    assert "Seuls les 48 premiers mots ont été recherchés." in results(client, f"q={words}").words
    assert "premiers mots" not in results(client, "q=plafond").words


@pytest.mark.usefixtures("portal")
def test_what_holds_too_few_of_the_words_is_called_a_guess(client, portal):
    for slug, title in (("conseils", "Savane"), (FRENCH_ONLY, "Steppe")):
        write(portal.articles[slug], "fr", title, problem="Un zèbre rayé.")
    page = results(client, "q=zebre+raye+xylophone")
    assert "Aucun article" in page.one("p", role="status").text
    perhaps = page.one("section", class_="guesses", aria_labelledby="perhaps").text
    assert "Savane" in perhaps
    assert "Steppe" in perhaps


@pytest.mark.usefixtures("portal")
def test_crawlers_are_sent_to_the_search_page_itself(client):
    def crawling(query):
        page = Page(client.get(f"/fr/search/{query}").content.decode())
        robots = [meta.get("content") for meta in page.all("meta", name="robots")]
        return robots, [link.get("href") for link in page.all("link", rel="canonical")]

    itself = ["http://testserver/fr/search/"]
    assert crawling("") == ([], itself)
    assert crawling("?q=plafond") == ([], itself)
    for query in ("?q=plafond&platform=android", "?q=xqzvk"):
        assert crawling(query)[0] == ["noindex"]
