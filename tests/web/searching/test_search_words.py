"""The vocabulary of the search in the administration, and as a file."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command

from tests.web.content import BILINGUAL, CODE, DRAFT
from tests.web.editors import person
from tests.web.html import Page
from troubleshooting.models import SearchLog, VocabularyEntry
from troubleshooting.search.own.words import MOST_PHRASES
from troubleshooting.vocabulary import entries

ADD = "/{}/admin/troubleshooting/vocabularyentry/add/"


@pytest.fixture
def reviewer(portal, client):
    user = person("rita", "Reviewer")
    client.force_login(user)
    return user


def form(**values: str) -> dict[str, str]:
    return {"kind": "means", "language": "", "words": "", "meaning": "", **values}


def post(client, language: str = "fr", address: str = ADD, **values: str) -> Page:
    response = client.post(address.format(language), form(**values), follow=True)
    assert response.status_code == 200
    return Page(response.content.decode())


def save(client, **values: str) -> Page:
    """Post a form, then the one that shows what it would change."""
    page = post(client, **values)
    (tried,) = page.all("input", name="tried")
    return post(client, **values, tried=tried.get("value"), _save="1")


def past(words: str, *codes: str, language: str = "fr") -> None:
    SearchLog.objects.create(
        kind="message", words=words, codes=list(codes), language=language, hits=1
    )


def first(client, query: str, language: str = "fr") -> str:
    page = Page(client.get(f"/{language}/search/", {"q": query}).content.decode())
    return next((title.text for title in page.all("h2", class_="hit-title")), "")


SAID = {
    "fr": ("1 recherche passée changerait", "l’entrée elle-même", "Plafond atteint", "aucun"),
    "en": ("1 past search would change", "the entry itself", "Limit reached", "none"),
}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_entry_is_tried_before_it_is_saved(client, reviewer, language):
    past("conseils", language=language)
    past("conseils", language=language)
    past("autre chose", language=language)
    values = {"kind": "pin", "words": "conseils", "shown": BILINGUAL}
    page = post(client, language, _save="1", **values)
    changes, itself, title, none = SAID[language]
    assert page.one("h2", id="trial-title").text == changes
    table = page.one("table", class_="trial-table").text
    assert all(word in table for word in (itself, title, none, "2 "))
    assert "autre chose" not in table
    assert not VocabularyEntry.objects.exists()
    (tried,) = page.all("input", name="tried")
    changed = values | {"words": "autre"}
    other = post(client, language, _save="1", tried=tried.get("value"), **changed)
    assert other.all("section", class_="trial")  # other values than those that were tried
    assert not VocabularyEntry.objects.exists()
    post(client, language, _save="1", tried=tried.get("value"), **values)
    assert VocabularyEntry.objects.get().article.slug == BILINGUAL


def test_a_saved_entry_is_used_at_once(client, reviewer):
    assert first(client, "zigouigoui") == ""
    save(client, words="zigouigoui", meaning="plafond", language="fr")
    assert first(client, "zigouigoui") == "Plafond atteint"
    entry = VocabularyEntry.objects.get()
    change = f"/{{}}/admin/troubleshooting/vocabularyentry/{entry.pk}/change/"
    values = {"words": "bidule", "meaning": "plafond", "language": "fr"}
    (tried,) = post(client, address=change, **values).all("input", name="tried")
    post(client, address=change, **values, tried=tried.get("value"), _save="1")
    assert (first(client, "zigouigoui"), first(client, "bidule")) == ("", "Plafond atteint")
    page = Page(client.get("/fr/search/?q=bidule").content.decode())
    assert "bidule → recherché aussi comme plafond" in page.one("section", class_="understood").text
    entry.delete()
    assert first(client, "bidule") == ""


REFUSED = [
    ({"words": ""}, "words"),
    ({"words": " , ,"}, "words"),
    ({"words": "le la les"}, "words"),
    ({"words": "a, b, c, d, e, f, g, h, i"}, "words"),
    ({"words": "un deux trois quatre cinq six sept"}, "words"),
    ({"words": "x" * 201}, "words"),
    ({"meaning": ""}, "meaning"),
    ({"meaning": "Gizmo"}, "meaning"),
    ({"meaning": CODE}, "meaning"),
    ({"kind": "pin"}, "shown"),
    ({"kind": "pin", "shown": "no-such-article"}, "shown"),
    ({"kind": "other"}, "kind"),
    ({"language": "xx"}, "language"),
    ({"words": "known", "meaning": "appareils"}, "words"),
]


@pytest.mark.parametrize(("values", "field"), REFUSED)
def test_what_an_entry_may_not_say(client, reviewer, values, field):
    VocabularyEntry.objects.create(kind="means", words="Known", meaning="appareils")
    asked = form(**{"words": "gizmo", "meaning": "plafond", "language": "fr", **values})
    if values.get("words") == "known":
        asked["language"] = ""
    response = client.post(ADD.format("fr"), asked)
    assert field in response.context["adminform"].form.errors
    assert VocabularyEntry.objects.count() == 1


@pytest.mark.parametrize(
    "called",
    [
        BILINGUAL,
        f"/fr/articles/{BILINGUAL}/",
        f"https://portal.example.org/en/articles/{BILINGUAL}/#resolution-1",
        "plafond ATTEINT",
    ],
)
def test_an_article_is_named_by_address_or_title(client, reviewer, called):
    save(client, kind="pin", words=CODE, shown=called)
    assert VocabularyEntry.objects.get().article.slug == BILINGUAL


def test_a_pin_to_a_draft_says_that_readers_see_nothing(client, reviewer):
    page = post(client, kind="pin", words="plafond", shown=DRAFT)
    assert "n’est pas public" in page.one("section", class_="trial").text


def test_there_is_an_end_to_entries(client, reviewer, monkeypatch):
    monkeypatch.setattr(entries, "MOST_ENTRIES", 1)
    VocabularyEntry.objects.create(kind="nothing", words="helpdesk")
    page = post(client, words="gizmo", meaning="plafond")
    assert "Il y a déjà 1 entrées" in page.words
    assert MOST_PHRASES < 10


@pytest.mark.parametrize(
    ("group", "sees", "writes"), [("", 403, 403), ("Author", 200, 403), ("Reviewer", 200, 200)]
)
def test_reviewers_keep_the_vocabulary(client, portal, group, sees, writes):
    client.force_login(person("gus", group))
    assert client.get("/fr/admin/troubleshooting/vocabularyentry/").status_code == sees
    answer = client.post(ADD.format("fr"), form(words="gizmo", meaning="plafond"))
    assert answer.status_code == writes


def test_a_file_brings_all_entries_back(client, portal, tmp_path):
    article = portal.articles[BILINGUAL]
    for values in (
        {"kind": "alike", "words": "PC, poste", "meaning": "ordinateur", "language": "fr"},
        {"kind": "means", "words": "gizmo", "meaning": "limit", "note": 'says \t "who"'},
        {"kind": "nothing", "words": "helpdesk"},
        {"kind": "pin", "words": "-2147023284", "article": article},
    ):
        VocabularyEntry.objects.create(**values)
    path = tmp_path / "words.tsv"
    call_command("vocabulary", "export", str(path), verbosity=0)
    first_bytes = path.read_bytes()
    columns = ("kind", "language", "words", "meaning", "article")
    before = set(VocabularyEntry.objects.values_list(*columns))
    VocabularyEntry.objects.exclude(kind="pin").delete()
    rehearsed, out = io.StringIO(), io.StringIO()
    call_command("vocabulary", "import", str(path), "--dry-run", stdout=rehearsed)
    assert VocabularyEntry.objects.count() == 1
    call_command("vocabulary", "import", str(path), stdout=out)
    assert out.getvalue() == rehearsed.getvalue()
    assert set(VocabularyEntry.objects.values_list(*columns)) == before
    call_command("vocabulary", "export", str(path), verbosity=0)
    assert path.read_bytes() == first_bytes.replace(b"says \t ", b"says ")


LINES = [
    ("kind\twords\tmeaning\nmeans\tgizmo\tplafond\n", 0),
    ("\ufeffwords\tkind\nhelpdesk\tnothing\n", 0),
    ("kind\twords\nother\tgizmo\n", 1),
    ("kind\twords\tlanguage\nnothing\tgizmo\txx\n", 1),
    ("kind\twords\tarticle\npin\tgizmo\tno-such\n", 1),
    ("kind\twords\nnothing\t" + "x" * 300 + "\n", 1),
    ("kind\twords\nnothing\n", 1),
]


@pytest.mark.parametrize(("text", "status"), LINES)
def test_lines_of_a_file_are_checked_as_a_form_is(portal, tmp_path, text, status):
    path = tmp_path / "words.tsv"
    path.write_text(text, "utf-8")
    err = io.StringIO()
    try:
        call_command("vocabulary", "import", str(path), verbosity=0, stderr=err)
        ended = 0
    except SystemExit as stopped:
        ended = stopped.code
    assert (ended, VocabularyEntry.objects.count()) == (status, 1 - status)
    assert bool(err.getvalue()) is bool(status)
