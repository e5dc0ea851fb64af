"""The words that editors keep, in a search: what means others or nothing, what is first."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection

from tests.search.conftest import ask, slugs
from troubleshooting.models import Article, VocabularyEntry
from troubleshooting.search import record
from troubleshooting.search.own.words import ALIKE, MEANS, NOTHING, PIN, OwnEntry, OwnWords, phrases
from troubleshooting.search.words.folding import fold


def keep(kind: str, words: str, meaning: str = "", language: str = "", pinned: str = "") -> None:
    article = Article.objects.get(slug=pinned) if pinned else None
    VocabularyEntry.objects.create(
        kind=kind, words=words, meaning=meaning, language=language, article=article
    )


#: kind, words, meaning, language; a query; the article that comes first then, nothing without.
FOUND = [
    # callers' words that no text holds
    (MEANS, "gizmo", "appareils", "fr", "gizmo", "device-cap"),
    (MEANS, "gizmo", "devices", "en", "gizmos", "device-cap"),
    (MEANS, "gizmo", "devices", "", "my gizmo please", "device-cap"),
    (MEANS, "bécane", "appareils", "fr", "BECANE", "device-cap"),
    # several words on either side
    (MEANS, "trop de bidules", "nombre maximal d’appareils", "fr", "trop de bidules", "device-cap"),
    (MEANS, "chef suprême", "autorité de gestion", "fr", "un chef suprême", "authority"),
    (MEANS, "zut de flûte alors", "licence, license", "", "zut de flûte alors", "license"),
    # several expressions in one entry
    (MEANS, "gizmo, truc muche", "autorité", "fr", "truc muche", "authority"),
    # both ways
    (ALIKE, "autorité", "boss", "fr", "boss", "authority"),
    (ALIKE, "boss", "autorité", "fr", "boss", "authority"),
]


@pytest.mark.parametrize(("kind", "words", "meaning", "language", "query", "slug"), FOUND)
def test_callers_words_find_what_they_mean(base, kind, words, meaning, language, query, slug):
    reader = language or "en"
    assert slug not in slugs(ask(query, reader))[:1]
    keep(kind, words, meaning, language)
    result = ask(query, reader)
    assert slugs(result)[:1] == [slug]
    (told,) = [one for one in result.understood if one.what == "vocabulary"][:1]
    said = {one.value for one in result.understood if one.what == "word"}
    assert said <= set(fold(query).split())
    assert slug not in slugs(ask(query, reader, without=frozenset([told.id])))[:1]


def test_one_way_is_one_way(base):
    keep(MEANS, "boss", "autorité", "fr")
    assert not [one for one in ask("autorité").understood if one.what == "vocabulary"]


def test_words_of_another_language_are_left_alone(base):
    keep(MEANS, "gizmo", "appareils", "de")
    assert slugs(ask("gizmo")) == []


@pytest.mark.parametrize(
    ("words", "query"),
    [
        ("helpdesk", "helpdesk autorité de gestion"),
        ("au cas où", "autorité de gestion au cas où"),
        ("license, devices", "autorité devices"),
    ],
)
def test_words_that_mean_nothing_weigh_nothing(base, words, query):
    keep(NOTHING, words)
    said = [one.value for one in ask(query).understood if one.what == "word"]
    assert set(said) <= {"autorite", "gestion"}


def test_a_search_of_nothing_else_still_asks_for_them(base):
    keep(NOTHING, "license")
    assert slugs(ask("license", "en"))[:1] == ["license"]


PINS = [
    ("profil", "profil", True),
    ("profil", "le profil !", True),
    ("profil", "bonjour, profil", True),
    ("profil", "urgent profil svp", True),
    ("profil", "profils", True),
    ("profil refusé", "refusé profil", True),
    ("profil", "profil refusé", False),
    ("profil, iphone", "iPhone", True),
    ("0x80CF0440", "0x80cf0440", True),
    ("0x80CF0440", "mon iphone dit 0x80CF0440", True),
    ("DeviceCapReached", "devicecapreached", True),
    ("0x80CF0440", "0x8007064C", False),
]


@pytest.mark.parametrize(("words", "query", "is_first"), PINS)
def test_a_pinned_article_comes_first(base, words, query, is_first):
    before = slugs(ask(query))
    keep(PIN, words, pinned="authority")
    after = ask(query)
    assert (slugs(after)[:1] == ["authority"]) is is_first
    assert [slug for slug in slugs(after) if slug != "authority"] == before
    assert after.total == len(before) + is_first


def test_a_pinned_article_that_is_found_anyway_is_counted_once(base):
    before = ask("profil")
    keep(PIN, "profil", pinned=slugs(before)[-1])
    after = ask("profil")
    assert (sorted(slugs(after)), after.total) == (sorted(slugs(before)), before.total)
    assert slugs(after)[0] == slugs(before)[-1]


@pytest.mark.parametrize("fields", [{"status": "draft"}, {"audience": "staff"}])
def test_a_pin_shows_nothing_hidden(base, fields):
    base("hidden", [], {"fr": {"title": "Rien à voir"}}, **fields)
    before = ask("profil")
    keep(PIN, "profil", pinned="hidden")
    after = ask("profil")
    assert (slugs(after), after.total) == (slugs(before), before.total)
    editor = User.objects.create_user("eve", is_staff=True)
    editor.user_permissions.add(Permission.objects.get(codename="change_article"))
    assert slugs(ask("profil", user=editor))[0] == "hidden"


def test_a_pin_keeps_to_the_chosen_facets(base):
    keep(PIN, "profil", pinned="profile-ios")
    assert slugs(ask("profil", filters={"platform": ["android"]})) == ["profile-android"]


def test_every_change_shows_at_once(base):
    for act in (
        lambda: keep(MEANS, "gizmo", "autorité", "fr"),
        lambda: VocabularyEntry.objects.update(words="machin"),
        lambda: VocabularyEntry.objects.all().delete(),
    ):
        act()
        words = VocabularyEntry.objects.values_list("words", flat=True)
        for word in ("gizmo", "machin"):
            assert (slugs(ask(word)) == ["authority"]) is (word in words)


def test_entries_are_read_once(base, django_assert_num_queries):
    keep(MEANS, "gizmo", "autorité", "fr")
    ask("license")
    with django_assert_num_queries(len_of(ask, "license")):
        ask("license")


def len_of(act, *arguments) -> int:
    with connection.execute_wrapper(count := Counting()):
        act(*arguments)
    assert not [sql for sql in count.statements if "vocabularyentry" in sql]
    return len(count.statements)


class Counting:
    def __init__(self) -> None:
        self.statements: list[str] = []

    def __call__(self, execute, sql, params, many, context):
        self.statements.append(sql)
        return execute(sql, params, many, context)


def test_callers_words_are_noted_in_the_history(base):
    keep(MEANS, "gizmo", "autorité", "fr")
    record("default", "gizmo Dupont", ask("gizmo Dupont"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM troubleshooting_searchlog")
        assert cursor.fetchone() == ("gizmo",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" , ;", []),
        ("Écran bleu,  PC ", [("ecran", "bleu"), ("pc",)]),
        ("a b, A  B", [("a", "b")]),
    ],
)
def test_commas_stand_between_expressions(text, expected):
    assert phrases(text) == expected


HOSTILE = [
    "",
    ",",
    "x" * 5000,
    "🙂",
    "\u202e",
    "%s %(x)s",
    "'; DROP TABLE x; --",
    "a " * 500,
    "\x00",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_entry_and_no_query_is_too_strange(text):
    kinds = (ALIKE, MEANS, PIN, NOTHING)
    own = OwnWords([OwnEntry(n, n, kind, "", text, text) for n, kind in enumerate(kinds, 1)])
    said = text.split()
    assert len(own.meanings("fr", said)) <= 8
    own.nothing("fr", said)
    own.pinned(["fr", "en"], said, said)


def test_of_phrases_that_begin_at_one_word_the_longest_counts_first_and_all_are_bounded():
    entries = [OwnEntry(n, 0, MEANS, "en", "lamp", f"other{n}") for n in range(2000)]
    entries.append(OwnEntry(2001, 0, MEANS, "en", "lamp post", "lantern"))
    found = OwnWords(entries).meanings("en", ["a", "lamp", "post"])
    assert found[0] == ((1, 2), ("lantern",))
    assert 1 < len(found) < 20
