"""Words as languages call them, and symptoms as callers do: the tables are whole."""

from __future__ import annotations

import tomllib
from collections import Counter

import pytest

from troubleshooting.search.words.folding import words
from troubleshooting.texts.languages import FOLDER, available_languages
from troubleshooting.texts.languages.searching import search_words
from troubleshooting.texts.languages.translations import translations

TABLES = sorted(FOLDER.glob("*/translations.tsv"))


def rows(name: str) -> list[list[str]]:
    """Return the rows of the table of a language: another one, own words, and those of it."""
    lines = FOLDER.joinpath(name, "translations.tsv").read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.parent.name)
def test_rows_name_a_language_and_folded_words_and_no_pair_twice(path):
    listed = rows(path.parent.name)
    assert {len(row) for row in listed} == {3}
    assert {row[0] for row in listed} <= set(available_languages()) - {path.parent.name}
    for name, own, theirs in listed:
        for language, said in ((path.parent.name, own), (name, theirs)):
            parts = said.replace("~", " ").replace("_", " ").split()
            elided = search_words(language).elided_words
            assert [one for one in parts if [one] != words(one) and one not in elided] == []
    pairs = Counter(
        (language, one.strip("~"), other.strip("~"))
        for language, own, theirs in listed
        for one in own.split()
        for other in theirs.split()
    )
    assert [pair for pair, times in pairs.items() if times > 1] == []


def test_an_expression_is_found_as_people_type_it():
    assert translations("fr", "en")["mot de passe"] == ("password",)
    assert translations("fr", "en")["carnet adresses"] == ("book",)  # "d’" is no word of a query


def test_of_what_a_word_is_called_the_last_that_says_something_is_looked_for():
    assert "passe" in translations("en", "fr")["password"]


def test_what_is_typed_alone_is_never_looked_for():
    called = translations("fr", "en")["se connecter"]
    assert "login" in called
    assert {"in", "sign", "log in"}.isdisjoint(called)
    assert "connecter" not in translations("en", "fr")["log off"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_symptoms_are_expressions_that_have_folded_words(language: str):
    listed = tomllib.loads(FOLDER.joinpath(language, "search.toml").read_text("utf-8"))["symptoms"]
    assert {len(row) for row in listed} == {2}
    for said, meant in listed:
        assert [one for one in said.split() if "_" not in one] == []
        assert [one for one in meant.split() if [one] != words(one)] == []


def test_a_symptom_has_words_that_are_no_synonyms_of_each_other_by_it():
    synonyms = search_words("en").synonyms
    assert {"password", "credentials"} <= synonyms["wont let me in"]
    assert "credentials" not in synonyms["password"]
    assert "wont let me in" not in synonyms["password"]
