"""What a text becomes with its snippets in it, and what readers are told where one is not."""

import pytest

from troubleshooting.texts.markup import IntricateTextError, canonical
from troubleshooting.texts.markup.snippets import (
    MOST_ADDED,
    SnippetText,
    expanded,
    keys_in,
    markers_in,
)
from troubleshooting.texts.structure import structure_article

SNIPPETS = {
    "steps": SnippetText("1.  Close it.\n2.  Open it.", "en"),
    "words": SnippetText("Be patient.", "en"),
    "nested": SnippetText("First:\n\n[!SNIPPET steps]", "en"),
    "circle": SnippetText("Again:\n\n[!SNIPPET circle]", "en"),
    "etapes": SnippetText("1.  Fermez.", "fr"),
    "tableau": SnippetText("| a |\n| --- |\n| b |", "fr"),
}

CASES = {
    "a paragraph of its own": ("[!SNIPPET words]", "Be patient."),
    "small letters in the marker": ("[!snippet words]", "Be patient."),
    "its steps are counted with those around": (
        "1.  One.\n\n[!SNIPPET steps]\n\n2.  Last.",
        "1.  One.\n2.  Close it.\n3.  Open it.\n4.  Last.",
    ),
    "inside a step": (
        "1.  One.\n\n    [!SNIPPET words]\n\n2.  Two.",
        "1.  One.\n\n    Be patient.\n\n2.  Two.",
    ),
    "inside an alert": ("> [!NOTE]\n> [!SNIPPET words]", "> [!NOTE]\n> Be patient."),
    "one inside another": ("[!SNIPPET nested]", "First:\n\n1.  Close it.\n2.  Open it."),
    "not there": ("[!SNIPPET other]", "*This part is missing: other*"),
    "holding itself": ("[!SNIPPET circle]", "Again:\n\n*This part holds itself: circle*"),
    "in another language": (
        "1.  One.\n\n[!SNIPPET etapes]",
        "1.  One.\n2.  *In another language: français.* Fermez.",
    ),
    "a table in another language": (
        "[!SNIPPET tableau]",
        "*In another language: français.*\n\n| a |\n| --- |\n| b |",
    ),
    "among other words": ("See [!SNIPPET words] here.", "See [!SNIPPET words] here."),
    "in code": ("```\n[!SNIPPET words]\n```", "```\n[!SNIPPET words]\n```"),
    "escaped": ("\\[!SNIPPET words]", "\\[!SNIPPET words]"),
}


@pytest.mark.parametrize(("text", "wanted"), CASES.values(), ids=CASES)
def test_a_text_is_read_with_its_snippets(text, wanted):
    assert canonical(text).lower() == text.lower(), "the marker is stored as it is written"
    found, _keys = expanded(text, "en", SNIPPETS)
    assert found == wanted
    assert canonical(found) == found


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("fr", "*Cette partie manque : other*"),
        ("es", "*This part is missing: other*"),  # a language that has no words for it
    ],
)
def test_readers_are_told_in_their_language(language: str, wanted: str):
    found, _keys = expanded("[!SNIPPET other]", language, SNIPPETS)
    assert found.replace("\u00a0", " ") == wanted


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("[!SNIPPET words]", ["words"]),
        ("[!SNIPPET nested]\n\n[!SNIPPET other]", ["nested", "steps", "other"]),
        ("`[!SNIPPET words]`", []),
        ("Words.", []),
    ],
)
def test_it_is_known_which_snippets_a_text_holds(text, keys):
    assert expanded(text, "en", SNIPPETS)[1] == keys


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\n\n[!SNIPPET words]", [("words", 3, True)]),
        ("a\nb [!SNIPPET words]", [("words", 2, False)]),
        ("| a |\n| --- |\n| [!SNIPPET words] |", [("words", 3, False)]),
        ("# [!SNIPPET words]", [("words", 1, False)]),
        ("`[!SNIPPET words]`", []),
        ("```\n[!SNIPPET words]\n```", []),
    ],
)
def test_markers_are_found_with_their_lines(text, found):
    assert list(markers_in(text)) == found


def test_a_key_is_small_letters_digits_and_hyphens():
    assert keys_in("[!SNIPPET a-b2] [!SNIPPET A] [!SNIPPET a_b] [!SNIPPET -a] [!SNIPPET]") == [
        "a-b2",
        "a",
    ]


def test_snippets_that_multiply_are_refused():
    many = "\n\n".join(["[!SNIPPET long]"] * 3)
    snippets = {"long": SnippetText("x" * (MOST_ADDED // 2), "en")}
    with pytest.raises(IntricateTextError):
        expanded(many, "en", snippets)


def test_steps_of_a_snippet_have_the_addresses_of_their_place():
    texts = {"title": "t", "resolution": "1.  One.\n\n[!SNIPPET steps]\n\n2.  Last."}
    steps = structure_article(texts, "en", snippets=SNIPPETS).steps
    assert [(step.anchor, step.text) for step in steps] == [
        ("resolution-1-step-1", "One."),
        ("resolution-1-step-2", "Close it."),
        ("resolution-1-step-3", "Open it."),
        ("resolution-1-step-4", "Last."),
    ]
