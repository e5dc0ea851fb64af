"""The search learns from what readers open, and nobody can teach it alone."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import connection
from django.utils import timezone

from tests.search.conftest import add, ask, slugs
from tests.web.editors import person
from tests.web.html import Page
from troubleshooting.models import LearnedChoice, SearchLog
from troubleshooting.search.fulltext.hits import ChosenEntry
from troubleshooting.search.learning.weights import (
    ENOUGH,
    HALF_LIFE,
    MOST,
    ChoiceWeight,
    Learned,
    aged,
    bonuses,
    key_of,
)

pytestmark = pytest.mark.django_db
QUERY = "imprimante bloquée"


@pytest.fixture
def printers(request, portal):
    """Three articles that answer a query equally well."""
    title = getattr(request, "param", "L’imprimante est parfois bloquée le lundi")
    return [
        add(f"printer-{n}", [], {"fr": {"title": title, "problem": f"Cas {n}."}}) for n in range(3)
    ]


@pytest.fixture
def last(printers):
    """The article that comes last."""
    return next(one for one in printers if one.slug == slugs(ask(QUERY))[-1])


def searched(client, query: str = QUERY, address: str = "192.0.2.1") -> str:
    """Search from an address; return the sealed name of the search."""
    html = client.get("/fr/search/", {"q": query}, REMOTE_ADDR=address).content.decode()
    return Page(html).one("div", data_chosen="/fr/search/chosen/").get("data-entry")


def choose(client, article, query: str = QUERY, address: str = "192.0.2.1") -> None:
    form = {"entry": searched(client, query, address), "article": article.pk}
    assert client.post("/fr/search/chosen/", form, REMOTE_ADDR=address).status_code == 204


def solve(client, article, address: str) -> None:
    form = {"verdict": "solved", "entry": searched(client, address=address)}
    sent = client.post(f"/fr/articles/{article.slug}/feedback/", form, REMOTE_ADDR=address)
    assert sent.status_code == 303


@pytest.mark.parametrize(
    "printers", ["Imprimante bloquée", "L’imprimante est bloquée le lundi"], indirect=True
)
def test_what_several_readers_open_comes_first(client, last):
    before = ask(QUERY)
    for n in range(4):
        choose(client, last, address=f"192.0.2.{n}")
    after = ask(QUERY)
    assert slugs(after)[0] == last.slug
    assert (sorted(slugs(after)), after.total) == (sorted(slugs(before)), before.total)
    assert slugs(ask("bloquée imprimante !"))[0] == last.slug
    row = LearnedChoice.objects.get()
    assert (row.opened, row.solved, row.words) == (4, 0, "imprimante bloquee")


def test_twenty_clicks_from_one_address_change_nothing(client, last):
    before = slugs(ask(QUERY))
    for _ in range(20):
        choose(client, last)
        solve(client, last, "192.0.2.1")
    assert slugs(ask(QUERY)) == before
    assert LearnedChoice.objects.get().weight < ENOUGH
    for n in range(20):  # a whole network of IPv6 is one
        choose(client, last, address=f"2001:db8::{n + 1}")
    assert LearnedChoice.objects.get().opened == 2


def test_one_account_counts_once_from_many_addresses(client, last):
    client.force_login(person("sam"))
    for n in range(5):
        choose(client, last, address=f"192.0.2.{n}")
    assert LearnedChoice.objects.get().opened == 1


def test_one_address_teaches_few_queries(client, printers, monkeypatch):
    monkeypatch.setattr("troubleshooting.views.searching.learning.OF_READER", (2, 86400))
    for printer in printers:
        choose(client, printer)
    assert LearnedChoice.objects.count() < 3


def test_solved_counts_beside_opened(client, last):
    for n in range(2):
        choose(client, last, address=f"192.0.2.{n}")
        solve(client, last, f"192.0.2.{n}")
    row = LearnedChoice.objects.get()
    assert (row.opened, row.solved) == (2, 2)
    assert slugs(ask(QUERY))[0] == last.slug


@pytest.mark.parametrize("query", ["0x8007064C", "imprimante 0x8007064C", "Xyzzy"])
def test_nothing_is_learned_of_codes_and_unknown_words(client, last, query):
    choose(client, last, query)
    assert not LearnedChoice.objects.exists()


def test_names_that_the_base_does_not_know_are_not_kept(client, last):
    choose(client, last, "Imprimante bloquée chez Zacharie Quelquun, +33 6 12 34 56 78")
    row = LearnedChoice.objects.get()
    kept = f"{row.terms} {row.words}"
    assert not any(word in kept for word in ("zachar", "quelq", "33", "12"))


def test_no_address_is_kept(client, last):
    choose(client, last, address="198.51.100.77")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM troubleshooting_learnedchoice")
        assert "198.51" not in str(cursor.fetchall())


def test_editors_teach_nothing_and_see_what_was_learned(client, last, printers):
    entry = searched(client)
    client.force_login(person("rita", "Reviewer"))
    client.post("/fr/search/chosen/", {"entry": entry, "article": last.pk})
    assert not LearnedChoice.objects.exists()
    client.logout()
    for n in range(4):
        choose(client, last, address=f"192.0.2.{n}")
    client.login(username="rita", password="a quiet pass phrase")
    for language, heading in (("fr", "Choix des lecteurs"), ("en", "Choices of readers")):
        html = client.get(f"/{language}/admin/troubleshooting/learnedchoice/").content.decode()
        assert heading in html
        assert "imprimante bloquee" in html
    form = {"action": "forget", "_selected_action": LearnedChoice.objects.get().pk}
    client.post("/fr/admin/troubleshooting/learnedchoice/", form)
    assert not LearnedChoice.objects.exists()
    assert slugs(ask(QUERY))[0] != last.slug


@pytest.mark.parametrize("role", ["Author", "Reviewer", "Administrator"])
def test_what_editors_search_for_is_not_what_readers_look_for(client, last, role):
    client.force_login(person("rita", role))
    for query in (QUERY, "0x80180014", "xylophone"):
        client.get("/fr/search/", {"q": query})
        client.post("/fr/search/", {"q": query})
        client.post("/fr/logs/", {"text": query})
    client.get("/fr/search/suggestions/", {"q": QUERY})
    assert not SearchLog.objects.exists()
    client.logout()
    client.get("/fr/search/", {"q": QUERY})
    assert SearchLog.objects.count() == 1


def test_authors_see_but_do_not_forget(client, last):
    choose(client, last)
    client.force_login(person("otto", "Author"))
    form = {"action": "forget", "_selected_action": LearnedChoice.objects.get().pk}
    assert client.get("/fr/admin/troubleshooting/learnedchoice/").status_code == 200
    client.post("/fr/admin/troubleshooting/learnedchoice/", form)
    assert LearnedChoice.objects.exists()


def test_it_can_be_switched_off(client, last, settings):
    today = timezone.localdate().toordinal()
    terms = key_of("fr", ["imprimante", "bloquee"])
    LearnedChoice.objects.create(terms=terms, article=last, weight=9_000, day=today)
    assert slugs(ask(QUERY))[0] == last.slug
    settings.LEARN_FROM_CHOICES = False
    assert slugs(ask(QUERY))[0] != last.slug
    choose(client, last)
    assert Counter(LearnedChoice.objects.values_list("opened", flat=True)) == {0: 1}


def test_a_hidden_article_stays_hidden(client, printers, last):
    for n in range(4):
        choose(client, last, address=f"192.0.2.{n}")
    type(last).objects.filter(pk=last.pk).update(status="draft")
    assert last.slug not in slugs(ask(QUERY))


# What choices are worth, without a database


@pytest.mark.parametrize(
    ("weight", "days", "worth"),
    [(400, 0, 400), (400, HALF_LIFE, 200), (400, 3 * HALF_LIFE, 50), (400, -5, 400), (0, 9, 0)],
)
def test_choices_age(weight, days, worth):
    assert aged(weight, days) == pytest.approx(worth)


DAY = 740_000
WORTH = [
    # (article, weight, days ago) -> the articles that gain, the one that gains most first
    ([], []),
    ([(1, ENOUGH - 1, 0)], []),
    ([(1, ENOUGH, 0)], [1]),
    ([(1, ENOUGH, 1)], []),
    ([(1, 2 * ENOUGH, HALF_LIFE)], [1]),
    ([(1, 500, 0), (2, 900, 0)], [2, 1]),
    ([(1, 500, 0), (2, 900, 2 * HALF_LIFE)], [1]),
    ([(1, 200, 0), (1, 200, 0)], [1]),  # the same query in two languages
]


@pytest.mark.parametrize(("rows", "articles"), WORTH)
def test_only_enough_choices_count(rows, articles):
    gained = bonuses([ChoiceWeight(one, weight, DAY - ago) for one, weight, ago in rows], DAY)
    assert sorted(gained, key=lambda one: -gained[one]) == articles
    assert all(0 < one < MOST for one in gained.values())
    assert sum(gained.values()) <= MOST


ORDERS = [
    # tiers and values of articles 1, 2, 3; what they gain; the order
    ("text text text", (3, 2, 1), {}, [1, 2, 3]),
    ("text text text", (3, 2, 1), {3: 1.5}, [1, 3, 2]),
    ("text text text", (3, 2, 1), {3: 9}, [3, 1, 2]),
    ("message text text", (3, 2, 1), {3: 9}, [1, 3, 2]),
    ("message text text", (3, 2, 1), {2: 9, 3: 8}, [1, 2, 3]),
    ("text message text", (3, 2, 1), {3: 9}, [1, 2, 3]),
    ("text message text", (3, 2, 1), {2: 9}, [1, 2, 3]),
    ("text text message", (3, 2, 1), {2: 9}, [2, 1, 3]),
]


@pytest.mark.parametrize(("tiers", "values", "bonus", "order"), ORDERS)
def test_nothing_learned_comes_before_a_message(tiers, values, bonus, order):
    found = [
        ChosenEntry(n, n, "fr", 1, tier, "", value)
        for n, (tier, value) in enumerate(zip(tiers.split(), values, strict=True), 1)
    ]
    assert [one.article for one in Learned(bonus).ordered(found)] == order


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("imprimante bloquee", "bloquee imprimante", True),
        ("imprimante bloquee", "une imprimante bloquees", True),
        ("bonjour imprimante bloquee", "imprimante bloquee", True),
        ("imprimante bloquee", "imprimante", False),
    ],
)
def test_queries_that_ask_the_same(one, other, same):
    assert (key_of("fr", one.split()) == key_of("fr", other.split())) is same


@pytest.mark.parametrize("words", ["", "le la", "vert rouge bleu jaune noir blanc gris mauve rose"])
def test_queries_of_nobody_else(words):
    assert key_of("fr", words.split()) == ""
