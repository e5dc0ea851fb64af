"""The translation memory: which units of two texts say the same, and what finds one again."""

from __future__ import annotations

import pytest

from troubleshooting.texts.translating.memory import (
    KEYS,
    LONGEST,
    SHORT,
    aligned_units,
    digest,
    keys_of,
    percent_alike,
    whole_key,
    words_of,
)

#: Two texts of a section, and the units of them that say the same.
ALIGNED = {
    "built alike": (
        "Avant.\n\n1.  Ouvrez.\n2.  Fermez.",
        "Before.\n\n1.  Open.\n2.  Close.",
        [("Avant.", "Before."), ("Ouvrez.", "Open."), ("Fermez.", "Close.")],
    ),
    "half of what is kept is there": (
        "Lancez `a` puis `b`.",
        "Run `a`, then `c`.",
        [("Lancez `a` puis `b`.", "Run `a`, then `c`.")],
    ),
    "less than half of it is there": ("Lancez `a`, `b` et `c`.", "Run `a`, `d` and `e`.", []),
    "a step is missing": (
        "1.  Lancez `a`.\n2.  Lancez `b`.\n3.  Attendez.",
        "1.  Run `b`.\n2.  Wait.",
        [("Lancez `b`.", "Run `b`.")],  # nothing says of which step "Wait." is the translation
    ),
    "a step becomes a paragraph": ("1.  Lancez `a`.\n\nFin.", "Run `a`.\n\nThe end.", []),
    "the same in both": ("Intune", "Intune", []),
    "no words": ("12", "13", []),
    "one letter": ("A 1", "B 1", []),
    "nothing said yet": ("Ouvrez.", "", []),
    "the same twice": ("Ouvrez.\n\nOuvrez.", "Open.\n\nOpen.", [("Ouvrez.", "Open.")]),
    "as long as is kept": ("Ouvrez.", "x" * LONGEST, [("Ouvrez.", "x" * LONGEST)]),
    "longer than is kept": ("Ouvrez.", "x" * (LONGEST + 1), []),
}  # fmt: skip


@pytest.mark.parametrize(("source", "target", "expected"), ALIGNED.values(), ids=ALIGNED)
def test_units_that_say_the_same_stand_together(source, target, expected):
    assert aligned_units({"resolution": source}, {"resolution": target}) == expected


def test_titles_go_together_and_notes_of_editors_stay_where_they_are():
    source = {"title": "Plafond", "internal": "Un secret."}
    target = {"title": "Limit", "internal": "A secret."}
    assert aligned_units(source, target) == [("Plafond", "Limit")]


#: Words of a text, and keys that find it: one of the whole, and those of its parts.
COUNTED = [
    ("---", 0),
    ("mot", 2),
    ("mot mot", 3),  # the pair of them, and the word
    ("mot " * SHORT, 3),
    ("mot " * (SHORT + 1), 2),  # in a long text a single word finds nothing
    (" ".join(map(str, range(50))), 1 + KEYS),
]


@pytest.mark.parametrize(("text", "count"), COUNTED)
def test_a_text_has_keys_by_its_words(text, count):
    keys = keys_of(text, "fr")
    assert len(keys) == count
    assert all(0 <= key < 2**63 for key in keys)  # as a column of whole numbers holds them
    assert keys[:1] == ([whole_key(text, "fr")] if count else [])


#: Two texts, whether a key of the one finds the other, and whether all their words are the same.
FOUND = [
    ("Redémarrez l’appareil.", "REDÉMARREZ  l'appareil", True, True),
    ("Redémarrez l’appareil.", "Redémarrez", True, False),
    ("Redémarrez le poste.", "Attendez une minute.", False, False),
    ("un deux", "deux un", True, False),
]


@pytest.mark.parametrize(("one", "other", "is_found", "is_same"), FOUND)
def test_texts_that_share_words_share_keys(one, other, is_found, is_same):
    assert bool(set(keys_of(one, "fr")) & set(keys_of(other, "fr"))) is is_found
    assert (whole_key(one, "fr") == whole_key(other, "fr")) is is_same
    assert not set(keys_of(one, "fr")) & set(keys_of(one, "en"))


def test_texts_are_the_same_where_their_blanks_alone_differ():
    assert digest("a  b\n") == digest("a b")
    assert digest("a b") != digest("a", "b") != digest("b", "a")


#: Two texts, the least percentage that is asked for, and the percentage of words in common.
ALIKE = [
    ("un deux trois quatre", "un deux trois quatre", 0, 100),
    ("un deux trois quatre", "un deux trois cinq", 0, 75),
    ("un deux trois quatre", "un deux trois cinq", 75, 75),
    ("un deux trois quatre", "un deux trois cinq", 76, 0),
    ("un deux trois", "un deux cinq", 0, 66),  # rounded down: 100 is the same alone
    ("un", "deux", 0, 0),
]


@pytest.mark.parametrize(("one", "other", "least", "percent"), ALIKE)
def test_how_much_two_texts_have_in_common_is_a_share_of_their_words(one, other, least, percent):
    assert percent_alike(words_of(one), words_of(other), least) == percent
