"""The tables of cases: texts and the codes in them, queries and their readings."""

import pytest

from tests.unit.codes.case_files import lines, table, text
from troubleshooting.texts.codes import Code, codes_of_title, find_codes, parse_code, readings


def shown(code: Code) -> str:
    return f"{code.kind} {code.canonical}"


@pytest.mark.parametrize(("source", "expected"), table("find.txt"))
def test_codes_found_in_a_text(source: str, expected: list[str]):
    assert [shown(mention.code) for mention in find_codes(source)] == expected


@pytest.mark.parametrize(("title", "expected"), table("titles.txt"))
def test_codes_that_a_title_names(title: str, expected: list[str]):
    assert [shown(mention.code) for mention in codes_of_title(title)] == expected


@pytest.mark.parametrize("source", lines("nothing.txt"))
def test_no_code_in_a_text(source: str):
    assert find_codes(source) == []


@pytest.mark.parametrize(("source", "expected"), table("parse.txt"))
def test_a_text_that_is_one_code(source: str, expected: list[str]):
    code = parse_code(source)
    assert ([shown(code)] if code else []) == expected


@pytest.mark.parametrize(("query", "expected"), table("readings.txt"))
def test_readings_of_a_query(query: str, expected: list[str]):
    found = [f"{reading.kind} {reading.canonical} {reading.note}" for reading in readings(query)]
    assert found == expected


def test_the_codes_of_a_pasted_log():
    log = text("log.txt")
    found = [
        f"{log.count(chr(10), 0, mention.start) + 1}: {shown(mention.code)}"
        for mention in find_codes(log, symbols=["DeviceCapReached", "NoEnrollmentPolicy"])
    ]
    assert found == lines("log.expected.txt")
