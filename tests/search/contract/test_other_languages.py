"""What is written in one language only is found in another one; and slips are read."""

from __future__ import annotations

import pytest

from ..conftest import add, ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def one_language(base):
    """Articles in English only, beside those of the base, and one in French only."""
    english = {
        "stuck-queue": ("Messages stuck in the queue of a connector", "A certificate is missing."),
        "search": ("Search returns no items", "Indexing of the mailbox was stopped."),
    }
    for slug, (title, problem) in english.items():
        add(slug, languages={"en": {"title": title, "problem": problem}})
    french = {"title": "Restaurer un groupe supprimé", "problem": "Le groupe a disparu du site."}
    add("group", languages={"fr": french})


def offered(text: str, language: str) -> list[str]:
    """The articles that are offered, hits before guesses."""
    result = ask(text, language)
    return [hit.slug for hit in (*result.hits, *result.guesses)]


@pytest.mark.parametrize(
    ("text", "language", "slug"),
    [
        pytest.param("files d'attente du connecteur bloquées", "fr", "stuck-queue", id="words"),
        pytest.param("la recherche ne trouve aucun élément", "fr", "search", id="other forms"),
        pytest.param("restore a deleted group", "en", "group", id="the other way round"),
    ],
)
def test_a_text_in_another_language_alone_is_offered(one_language, text, language, slug):
    assert offered(text, language)[:1] == [slug]


def test_a_text_that_holds_more_of_the_query_is_first_in_whatever_language(one_language):
    problem = "Une personne ouvre sa boîte aux lettres."
    near = {"title": "Recherche", "problem": problem}
    add("person", languages={"fr": near})
    text = "la recherche ne trouve aucun élément de la boîte aux lettres"
    assert offered(text, "fr")[:2] == ["search", "person"]


def test_a_reader_can_take_a_translation_out(one_language):
    without = frozenset({"correction:recherche=search"})
    found = ask("recherche", "fr", without=without)
    assert "search" not in [hit.slug for hit in (*found.hits, *found.guesses)]


def test_a_message_of_just_these_words_confirms_a_correction(base):
    for number in range(6):
        text = {"title": f"Choix {number}", "problem": "Tous les appareils."}
        add(f"devices-{number}", languages={"fr": text})
    message = "Tous les utilisateurs et tous les appareils"
    text = {"title": "Affectation", "messages": [message], "problem": "Un choix."}
    add("users", languages={"fr": text})
    found = ask("Tous les utilisatuers et tous les appareils")
    assert [(hit.slug, hit.tier) for hit in found.hits][:1] == [("users", "message")]


def test_guesses_of_the_same_title_take_one_place(base):
    for number in range(4):
        text = {"title": "Zèbre au téléphone", "problem": f"Numéro {number}."}
        add(f"zebra-{number}", languages={"fr": text})
    add("lion", languages={"fr": {"title": "Lion au téléphone", "problem": "Zoo."}})
    titles = [hit.title for hit in ask("zèbre girafe").guesses]
    assert titles == ["Zèbre au téléphone"]
