"""A warning stands before the step that it guards."""

from __future__ import annotations

import pytest

from troubleshooting.texts.structure import structure_article

GUARDED = "1.  Act\n\n    > [!{kind}]\n    > Beware\n\n2.  Rest"
AFTER = "1.  Rest\n2.  Act\n\n> [!{kind}]\n> Beware"
NESTED = "1.  Rest\n\n    1.  Act\n\n        > [!{kind}]\n        > Beware\n"


def resolution(text: str) -> tuple[str, list[str]]:
    found = structure_article({"title": "T", "resolution": text}, "en")
    return found.html["resolution"], [step.text for step in found.steps]


@pytest.mark.parametrize("kind", ["WARNING", "CAUTION", "IMPORTANT"])
@pytest.mark.parametrize("text", [GUARDED, AFTER, NESTED], ids=["inside", "after", "nested"])
def test_before_the_step(text: str, kind: str):
    html, steps = resolution(text.format(kind=kind))
    assert html.index("Beware") < html.index("Act")
    assert sum("Beware" in step for step in steps) == 1
    guarded = next(step for step in steps if "Beware" in step)
    assert guarded == f"{kind.capitalize()}: Beware Act"


@pytest.mark.parametrize("kind", ["NOTE", "TIP"])
@pytest.mark.parametrize("text", [GUARDED, AFTER, NESTED], ids=["inside", "after", "nested"])
def test_a_note_stays_where_it_is(text: str, kind: str):
    html, _ = resolution(text.format(kind=kind))
    assert html.index("Act") < html.index("Beware")


def test_no_word_of_a_step_in_a_tight_list_is_lost():
    _, steps = resolution("1.  **Act** now\n    > [!WARNING]\n    > Beware\n2.  Rest")
    assert steps == ["Warning: Beware Act now", "Rest"]


def test_the_name_of_an_alert_that_holds_a_list_alone_ends_in_a_colon():
    _, steps = resolution("1.  Act\n    > [!WARNING]\n    > - Beware\n2.  Rest")
    assert steps == ["Warning: Beware Act", "Rest"]


def test_several_keep_their_order():
    html, _ = resolution("1.  Act\n\n> [!WARNING]\n> One\n\n> [!CAUTION]\n> Two\n\nRest")
    assert html.index("One") < html.index("Two") < html.index("Act") < html.index("Rest")


def test_after_other_words_it_stays():
    html, steps = resolution("1.  Act\n\nWords.\n\n> [!WARNING]\n> Beware")
    assert html.index("Act") < html.index("Words.") < html.index("Beware")
    assert steps == ["Act"]


def test_before_the_first_step_it_stays():
    html, steps = resolution("> [!WARNING]\n> Beware\n\n1.  Act")
    assert html.index("Beware") < html.index('<ol class="steps">')
    assert steps == ["Act"]


def test_sub_steps_below_a_warning_keep_their_places():
    html, _ = resolution("1.  Act\n\n    1.  Sub\n\n    > [!WARNING]\n    > Beware\n")
    assert html.index("Beware") < html.index("Act") < html.index("Sub")


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("1.  Act\n    > [!WARNING]\n    > # One\n    Words\n2.  Rest", "One Act Words Rest"),
        ("1.  > [!WARNING]\n    > # One\n    Words\n2.  Rest", "One Words Rest"),
        (  # below the choices of a step, where words end what follows the list
            "1.  Act\n    - Choice\n        1.  Sub\n        > [!WARNING]\n        > # One\n"
            "        Words\n        > [!CAUTION]\n        > # Two\n2.  Rest",
            "Act Choice One Sub Words Two Rest",
        ),
    ],
)
def test_words_without_a_paragraph_of_their_own_stay_behind_what_moves(text: str, order: str):
    html, _ = resolution(text)
    places = [html.index(word) for word in order.split()]
    assert places == sorted(places)


WHOLE = [
    ("en", "This section contains steps that change the registry."),
    ("en", "Before you begin, make a backup."),
    ("fr", "Cette section contient des étapes qui modifient le Registre."),
    ("fr", "À lire avant de commencer : une erreur est grave."),
]


@pytest.mark.parametrize(("language", "words"), WHOLE)
@pytest.mark.parametrize("indent", ["    ", ""], ids=["inside", "after"])
def test_what_is_about_the_whole_procedure_leads_it(indent: str, language: str, words: str):
    text = f"Do:\n\n1.  Act\n2.  Rest\n\n{indent}> [!WARNING]\n{indent}> {words}"
    found = structure_article({"title": "T", "resolution": text}, language)
    html = found.html["resolution"]
    assert html.index("Do:") < html.index(words) < html.index('<ol class="steps">')
    assert [step.text for step in found.steps] == ["Act", "Rest"]
