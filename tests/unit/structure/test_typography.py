"""What is read off a text keeps its no-break spaces, and is recognised in spite of them."""

import pytest

from troubleshooting.texts.structure import structure_article

NARROW = "\u202f"
BROAD = "\u00a0"


@pytest.mark.parametrize("space", [NARROW, BROAD])
def test_steps_messages_and_summaries_keep_no_break_spaces(space):
    problem = f"Le message «{space}Accès refusé{space}: 100{space}%{space}» s’affiche."
    found = structure_article(
        {
            "title": "Titre",
            "problem": problem,
            "resolution": f"1. Attendez{space}!  \n   Puis «{space}OK{space}».",
        },
        "fr",
    )
    assert [message.text for message in found.symptoms] == [f"Accès refusé{space}: 100{space}%"]
    assert found.steps[0].text == f"Attendez{space}! Puis «{space}OK{space}»."
    assert found.summary == problem


def test_white_space_otherwise_is_one_space():
    found = structure_article(
        {"title": "T", "problem": f"a{BROAD}{BROAD}b \n c {BROAD} d<br>e\tf{BROAD}"}, "fr"
    )
    assert found.summary == f"a{BROAD}b c d e f"


@pytest.mark.parametrize("space", [NARROW, BROAD, " "])
def test_codes_are_found_after_any_space(space):
    texts = {
        "title": "T",
        "problem": f"Événement n°{space}4010 et code d’erreur{space}:{space}1603.",
    }
    codes = {item.code.canonical for item in structure_article(texts, "fr").codes}
    assert codes == {"Event 4010", "1603"}
