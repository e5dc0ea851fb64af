"""Known messages in what is typed in one line: found whatever stands around them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.search.conftest import ask
from troubleshooting.models import SearchMessage
from troubleshooting.search.reading.asides import asides

#: What callers and agents write around a message, by language.
SENTENCES = {
    "en": [
        "{} for Marie Dupont",
        "Hi, John Miller reports {} since this morning on his tablet",
        "{}, ticket INC0012345",
        "user marie.dupont@contoso.example gets “{}” since 12/03/2026, call +33 6 12 34 56 78",
        "my colleague says it shows '{}' again!!",
    ],
    "fr": [
        "{} pour Marie Dupont",
        "mon collègue a « {} » depuis ce matin sur son téléphone",
        "{}, ticket INC0012345",
        'Bonjour, Jean-Luc Moreau voit "{}" depuis le 12/03/2026 ?',
    ],
}
#: How the same message is written by another keyboard or in a hurry.
WRITINGS = [
    str,
    str.upper,
    lambda text: text.lower().replace("’", "'").replace("é", "e"),
    lambda text: text.replace("'", "´").replace("’", "‘"),
]
AROUND = st.lists(
    st.sampled_from(
        [
            "zorbel",
            "quintav",
            "Hmm",
            "please",
            "mail",
            "42",
            "depuis",
            "lundi",
            "Xavier",
            "OK",
            "mvp",
            "trusk",
        ]
    ),
    max_size=4,
).map(" ".join)


@pytest.fixture
def messages(shipped) -> list[SearchMessage]:
    """The messages of the shipped articles that have several words."""
    found = SearchMessage.objects.select_related("entry").order_by("pk")
    return [one for one in found if " " in one.words]


def articles(messages: list[SearchMessage], text: str) -> set[int]:
    return {one.article_id for one in messages if one.text == text}


@pytest.mark.django_db
def test_every_message_leads_to_its_article_from_within_a_sentence(messages):
    missed = []
    for one in messages:
        for number, sentence in enumerate(SENTENCES[one.entry.language]):
            typed = sentence.format(WRITINGS[number % len(WRITINGS)](one.text.rstrip(".")))
            hits = ask(typed, one.entry.language).hits
            if not hits or hits[0].article_id not in articles(messages, one.text):
                missed.append(typed)
    assert missed == []


@pytest.mark.django_db
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(before=AROUND, after=AROUND, pick=st.integers(0, 10_000))
def test_any_words_may_stand_around_a_message(messages, before, after, pick):
    one = messages[pick % len(messages)]
    hits = ask(f"{before} {one.text} {after}", one.entry.language).hits
    assert hits[0].article_id in articles(messages, one.text)


@pytest.mark.django_db
def test_a_message_can_be_taken_out_like_a_code(messages):
    found = ask("hello, Company Portal Temporarily Unavailable for Marie Dupont", "en")
    (message,) = [one for one in found.understood if one.what == "message"]
    without = ask(
        "hello, Company Portal Temporarily Unavailable for Marie Dupont",
        "en",
        without=frozenset([message.id]),
    )
    assert not [one for one in without.understood if one.what == "message"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("blocked for Marie Dupont", ["Marie Dupont"]),
        ("bloqué pour Jean-Luc de Moreau", []),
        ("bloqué chez Éloïse O’Brien Martin", ["Éloïse O’Brien Martin"]),
        ("gesperrt für Anna Müller seit 12.03.2026", ["Anna Müller", "12.03.2026"]),
        ("since 2026-03-12 at 10:42", ["2026-03-12", "10:42"]),
        ("call +33 6 12 34 56 78 or a.b@c.example", ["+33 6 12 34 56 78", "a.b@c.example"]),
        ("INC0012345 and #REQ-99812", ["INC0012345", "#REQ-99812"]),
        ("see KB2607496", []),
        ("erreur ORA-12154 depuis INC0012345", ["INC0012345"]),
        ("the client stops with error: TNS-12541", []),
        ("version 10.0.19045.3", []),
        ("a wipe for windows PCs", []),
    ],
)
def test_asides_are_told_by_their_form(text, expected):
    assert [text[start:end] for start, end in asides(text)] == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "unsaid"),
    [
        ("enrollment fails, ticket INC0012345", "0012345"),
        ("enrollment fails for Zorbel Quintav", "zorbel"),
        ("enrollment fails since 12/03/2026", "2026"),
    ],
)
def test_who_when_and_which_ticket_is_not_searched_for(messages, said, unsaid):
    words = [one.value for one in ask(said, "en").understood]
    assert words
    assert not [word for word in words if unsaid in word]


@pytest.mark.django_db
def test_a_ticket_and_nothing_else_is_searched_for(messages):
    assert any("0012345" in one.value for one in ask("INC0012345", "en").understood)


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["le 12/08/2025 à 10h32", "hello, 0x1 on 01/10/2026", "10:12"])
def test_of_nothing_but_a_date_no_text_is_an_answer(messages, typed):
    assert ask(typed, "fr").hits == []
