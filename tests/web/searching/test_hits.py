"""Documents as hits, hits that look alike, and what narrows a search from within the box."""

from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.web.content import BILINGUAL, CODE, DOCUMENT, FRENCH_ONLY, write
from tests.web.editors import person
from tests.web.searching.test_search import results, titles
from troubleshooting.deriving import index_document
from troubleshooting.models import Article, SourceDocument, SourceEntry

pytestmark = pytest.mark.usefixtures("portal")
PROBLEM = "The **installation succeeded** but nothing starts."


def article(slug: str, title: str, problem: str, document: str = "") -> Article:
    made = Article.objects.create(slug=slug, status="published")
    write(made, "en", title, problem=problem)
    if document:
        outline = [
            {"level": 2, "anchor": "a", "title": "Setup", "intro": "", "articles": []},
            {"level": 3, "anchor": "b", "title": title, "intro": "", "articles": [slug]},
        ]
        source = SourceDocument.objects.create(
            key=document, language="en", path=f"{document}.md", title=document.capitalize(),
            raw=b"", sha256="", outline=outline, preamble="Gives a zeppelin its clearance.",
        )  # fmt: skip
        index_document(source)
        SourceEntry.objects.create(
            document=source, article=made, anchor="b", position=0, first_line=1, last_line=2
        )
    return made


@pytest.fixture
def alike(portal):
    article("one", "Installation success", PROBLEM, "first-book")
    article("two", "Installation success", PROBLEM, "second-book")
    article("three", "Installation Success", "Another installation success.", "third-book")


def test_one_title_several_times(client, alike):
    page = results(client, "q=installation+success", "en")
    assert [one.casefold() for one in titles(page)] == ["installation success"] * 2
    assert "1 more like this" in page.words
    origins = [one.text for one in page.all("p", class_="hit-origin")]
    assert len(origins) == 3
    assert any("First-book › Setup › Installation success" in one for one in origins)


def test_a_title_that_is_alone_needs_no_origin(client):
    page = results(client, "q=limit+reached", "en")
    assert titles(page)
    assert not page.all("p", class_="hit-origin")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("first+book", True),  # its title
        ("gives+zeppelin+clearance", True),  # its introduction
        ("setup+zeppelin", True),  # a heading and its introduction
        ("zeppelin", False),  # a word alone says too little
        ("zeppelin+android", False),
    ],
)
def test_a_document_is_a_hit(client, alike, query, found):
    page = results(client, f"q={query}", "en")
    links = [link.get("href") for link in page.all("a", class_="row-link")]
    assert ("/en/documents/first-book/" in links) is found


def test_a_document_is_suggested_and_an_article_opened(client, alike):
    listed = client.get("/en/search/suggestions/?q=first+book").json()["suggestions"]
    there = "/en/documents/first-book/"
    assert {"kind": "document", "text": "First-book", "language": "en",
            "url": there, "address": there} in listed  # fmt: skip
    listed = client.get("/fr/search/suggestions/?q=plafon+attteint").json()["suggestions"]
    there = f"/fr/articles/{BILINGUAL}/"
    assert {"kind": "title", "text": "Plafond atteint", "language": "fr",
            "url": there, "address": there} in listed  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("error in:android", "q=error&platform=android"),
        ("error in:Android", "q=error&platform=android"),
        ("erreur sur:android langue:fr", "q=erreur&platform=android&language=fr"),
        (f"error document:{DOCUMENT}", f"q=error&document={DOCUMENT}"),
        ("error in:ios,android", "q=error&platform=ios&platform=android"),
        ("error in:iphone", "q=error&platform=ios"),
        ("erreur dans:iPads", "q=erreur&platform=ios"),
        ("error in:sccm,mac", "q=error&platform=configuration-manager&platform=macos"),
        ("error platform:ipad", "q=error&platform=ios"),
        ("erreur langue:anglais", "q=erreur&language=en"),
        ("error language:french", "q=error&language=fr"),
        ("error in:android in:bogus", "q=error+in%3Abogus&platform=android"),
        ("error in:android,bogus", "q=error+in%3Abogus&platform=android"),
        ("error in:android -in:fr", "q=error+-in%3Afr&platform=android"),
    ],
)
def test_a_facet_typed_into_the_box(client, typed, query):
    answer = client.get("/en/search/", {"q": typed})
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/en/search/?{query}"


def test_a_document_that_a_reader_may_not_see_is_none(client):
    SourceDocument.objects.filter(key=DOCUMENT).update(shown_to="editors")
    Article.objects.update(status="draft")
    answer = client.get("/en/search/", {"q": f"error document:{DOCUMENT}"})
    other = client.get("/en/search/", {"q": "error document:no-such"})
    assert answer.status_code == other.status_code == 200
    client.force_login(person("rene", "Reviewer"))
    assert client.get("/en/search/", {"q": f"error document:{DOCUMENT}"}).status_code == 302


def test_nothing_but_facets_leads_to_the_list_of_articles(client):
    answer = client.get("/en/search/", {"q": " in:android ", "sort": "date"})
    assert answer.headers["Location"] == "/en/articles/?sort=date&platform=android"


@pytest.mark.parametrize(
    "typed", ["hr:0x80070005", "Code : 4001", "C:\\Temp", "in:", "in:0x80070005", "in:C:\\Temp"]
)
def test_what_names_no_facet_stays(client, typed):
    answer = client.get("/en/search/", {"q": typed})
    assert answer.status_code == 200
    assert "is neither a platform" not in answer.text


@pytest.mark.parametrize("typed", ["in:bogus", "langue:klingon", 'on:"no such thing"'])
@pytest.mark.parametrize(
    ("language", "words", "said"),
    [
        ("en", "limit", "“{}” is neither a platform nor a language, a kind or a document"),
        ("fr", "plafond", "« {} » n’est ni une plateforme, ni une langue, ni un type"),
    ],
)
def test_what_names_nothing_is_told_and_not_searched(client, typed, language, words, said):
    expected = titles(results(client, f"q={words}", language))
    page = results(client, f"q={quote(f'{words} {typed}')}", language)
    assert expected
    assert titles(page) == expected
    text = " ".join(page.words.split()).replace("\xa0", " ")
    assert said.format(typed) in text
    assert f"?q={words}" in [link.get("href") for link in page.all("a", class_="link")]


def test_nothing_but_what_names_nothing_is_told(client):
    page = results(client, "q=in:bogus", "en")
    assert "“in:bogus” is neither a platform" in page.words
    assert not titles(page)


def test_a_facet_left_out(client, portal):
    write(portal.articles[FRENCH_ONLY], "fr", "Zeppelin du téléphone", problem="Rien.")
    write(portal.articles["conseils"], "fr", "Zeppelin partout", problem="Rien.")
    assert len(titles(results(client, "q=zeppelin"))) == 2
    page = results(client, "q=-in:iphone+zeppelin")
    assert titles(page) == ["Zeppelin partout"]
    (tag,) = page.all("a", class_="tag tag-remove")
    assert tag.text.split()[-2:] == ["sans", portal.articles[FRENCH_ONLY].platforms.get().name]
    assert tag.get("href") == "?q=zeppelin"
    page = results(client, "q=téléphone+-in:ios,android")
    assert not titles(page)
    assert "Aucun article ne réunit toutes les propriétés choisies" in page.words
    page = results(client, "q=-in:ios", "en")
    assert "This only says what to leave out" in page.words


def test_an_exact_phrase_and_an_excluded_word(client, alike):
    assert len(titles(results(client, 'q="another+installation+success"', "en"))) == 1
    page = results(client, 'q="success+installation"', "en")
    assert "No article contains exactly this" in page.words
    assert titles(page)
    page = results(client, "q=installation+success+-another", "en")
    assert "without another" in " ".join(page.one("section", class_="understood").text.split())
    assert len(titles(page)) == 1


@pytest.mark.parametrize("query", ["-another+installation+success", "-%22another%22+success"])
def test_what_is_excluded_may_stand_first(client, alike, query):
    page = results(client, f"q={query}", "en")
    assert "without another" in " ".join(page.one("section", class_="understood").text.split())
    assert len(titles(page)) == 1


def test_nothing_but_exclusions_says_so(client, alike):
    page = results(client, "q=-another+-success", "en")
    assert "This only says what to leave out" in page.words
    assert not titles(page)
    assert "No article contains these words" not in page.words
    page = results(client, "q=-another&without=excluded:another", "en")
    assert "Nothing left to search for" in page.words


def test_a_phrase_that_no_text_holds_is_told_once(client, alike):
    page = results(client, 'q="zeppelin+grommet"', "en")
    assert "No article contains these words" in page.words
    assert "These contain the words" not in page.words


@pytest.mark.parametrize(
    ("query", "language", "said"),
    [
        ("le la les", "fr", "Ces mots figurent dans presque tous les textes"),
        ("of the", "en", "These words stand in nearly every text"),
        ("zeppelin", "en", "No article contains these words"),
    ],
)
def test_words_that_say_nothing_are_told_from_those_that_no_text_holds(
    client, alike, query, language, said
):
    assert said in results(client, f"q={query.replace(' ', '+')}", language).words


def test_results_by_date(client, alike):
    text = Article.objects.get(slug="three").translations.get()
    type(text).objects.exclude(pk=text.pk).update(modified=timezone.now().replace(year=2020))
    page = results(client, "q=installation+success&sort=date", "en")
    assert titles(page)[0] == "Installation Success"
    assert page.one("nav", class_="sorting")


def test_one_card_for_a_code(client):
    page = results(client, f"q={CODE}")
    assert titles(page) == ["Plafond atteint"]
    hrefs = [link.get("href") for link in page.all("a") if link.text == "Plafond atteint"]
    assert hrefs
    assert all(one.startswith(f"/fr/articles/{BILINGUAL}/") for one in hrefs)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("zeppelin plafond atteint grommet", ["0 articles", "Perhaps one of these (Guesses)"]),
        ("-plafond -atteint", ["0 articles", "This only says what to leave out"]),
    ],
)
def test_the_command_tells_guesses_from_answers(portal, capsys, query, said):
    call_command("search", query, language="en")
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line in said] == said
    guessed = lines[lines.index(said[1]) + 1 :: 3]
    assert all(line.endswith("  [perhaps]") for line in guessed), lines


def test_the_command_names_documents_too(alike, capsys):
    call_command("search", "first book", language="en")
    assert (
        "First-book  [Document]\n    http://localhost:8000/en/documents/first-book/"
        in capsys.readouterr().out
    )


@pytest.mark.parametrize(("reader", "tag"), [("fr", "Trouvé en allemand"), ("en", "in German")])
def test_a_text_in_a_language_the_portal_is_not_set_up_for_shows_it(client, reader, tag):
    made = Article.objects.create(slug="drucker", status="published")
    write(made, "de", "Der Drucker bleibt stumm", problem="Das Papier klemmt im Drucker.")
    page = results(client, "q=drucker", reader)
    title = page.one("h2", class_="hit-title")
    assert (title.text, title.get("lang")) == ("Der Drucker bleibt stumm", "de")
    assert page.one("p", class_="hit-summary").get("lang") == "de"
    assert tag in page.words
    option = next(one for one in page.all("span", class_="facet-name") if one.text == "Deutsch")
    assert option.get("lang") == "de"
    page = results(client, "q=drucker&language=de", reader)
    assert titles(page) == ["Der Drucker bleibt stumm"]
    chosen = page.all("a", class_="tag tag-remove")
    assert [one.text.split()[-1] for one in chosen] == ["Deutsch"]
    answer = client.get(f"/{reader}/search/?q=drucker+in%3Adeutsch")
    assert answer.url == f"/{reader}/search/?q=drucker&language=de"
