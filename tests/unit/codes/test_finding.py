"""What holds for all mentions, beyond the tables of cases."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.codes.case_files import lines, table
from troubleshooting.texts.codes import (
    Code,
    announced_code,
    codes_of_title,
    find_codes,
    normalise_spelling,
    parse_code,
    readings,
    spellings,
)
from troubleshooting.texts.codes.names import is_failing_snake

SOURCES = [source for source, _ in table("find.txt")] + lines("nothing.txt")
PIECES = st.lists(st.sampled_from(SOURCES) | st.text(max_size=12), max_size=6)
JOINTS = st.sampled_from([" ", "\n", "", "|", ", ", " \u00a0"])


@given(PIECES, JOINTS)
def test_mentions_are_ordered_and_say_where_they_stand(pieces: list[str], joint: str):
    text = joint.join(pieces)
    end = 0
    for mention in find_codes(text, symbols=["DeviceCapReached"]):
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.spelling
        assert mention.code.value is None or 0 <= mention.code.value <= 0xFFFFFFFF
        end = mention.end


@pytest.mark.parametrize("source", [source for source, _ in table("find.txt")])
def test_a_spelling_is_the_same_code_where_only_codes_stand(source: str):
    for mention in find_codes(source):
        if mention.code.kind not in ("event", "http"):
            assert announced_code(mention.spelling) == mention.code


@given(st.integers(0x80000000, 0x8FFFFFFF) | st.integers(0xC0000000, 0xC4653600))
def test_a_failure_code_is_found_in_every_spelling(value: int):
    # (A signed decimal of fewer than ten digits would be one among many numbers.)
    code = parse_code(f"0x{value:08X}")
    for spelling in (
        f"0x{value:08x}",
        f"hr=0x{value:08X}.",
        f"({value - 2**32})",
        f"error {value}",
    ):
        assert [mention.code for mention in find_codes(f"Setup: {spelling}")] == [code]


CODES = st.one_of(
    st.integers(1, 0xFFFFFFFF).map(lambda value: f"0x{value:08X}"),
    st.integers(1, 0xFFFF).map(lambda value: f"0x{value:X}"),
    st.integers(-0x7FFFFFF, 0x7FFFFFFF).map(str),
    st.integers(10000, 9999999).map(lambda number: f"AADSTS{number}"),
    st.integers(400, 599).map(lambda status: f"HTTP {status}"),
    st.integers(1, 0xFFFF).map(lambda number: f"Event ID {number}"),
    st.sampled_from(["5.7.124", "4.4.1", "DeviceCapReached", "MENROLL_E_MDM_NOT_CONFIGURED"]),
).map(parse_code)


@given(CODES)
def test_a_query_understands_every_spelling_of_a_code(code: Code):
    for spelling in spellings(code):
        assert any(reading.matches(code) for reading in readings(spelling)), spelling


@given(st.text(max_size=300))
def test_any_query_has_readings_or_none(query: str):
    for reading in readings(query):
        assert reading.key
        assert reading.code_kinds


@given(st.from_regex(r"(?:[a-zà-ÿ]{1,20}['’ -]){0,6}[a-zà-ÿ]{1,20}", fullmatch=True))
def test_words_are_no_codes(words: str):
    assert readings(words) == []
    assert find_codes(words) == []
    assert parse_code(words) is None


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_a_key_is_its_own_key(text: str):
    key = normalise_spelling(text)
    assert normalise_spelling(key) == key


def digits(length: int) -> st.SearchStrategy[str]:
    return st.text("0123456789abcdef", min_size=length, max_size=length)


NOISE = st.one_of(
    st.uuids().map(str),
    st.uuids().map(lambda value: f"{{{str(value).upper()}}}"),
    st.ip_addresses().map(str),
    st.datetimes().map(str),
    st.datetimes().map(lambda moment: moment.strftime("%d/%m/%Y %H:%M:%S")),
    digits(32),
    digits(40),
    digits(64).map(str.upper),
    digits(12).map(lambda address: f"0x00007ff{address[:9]}"),
    digits(12).map(lambda mac: "-".join(mac[i : i + 2] for i in range(0, 12, 2))),
    st.tuples(*[st.integers(0, 30000)] * 4).map(lambda parts: ".".join(map(str, parts))),
    st.integers(1_000_000, 9_999_999).map(lambda number: f"KB{number}"),
    digits(8).map(lambda value: f"REG_DWORD 0x{value}"),
    digits(8).map(lambda value: f"thread 0x{value}"),
)


@given(st.lists(NOISE, max_size=8), st.sampled_from([" ", "\n", ", ", "\t"]))
def test_identifiers_addresses_and_times_are_no_codes(noise: list[str], joint: str):
    assert find_codes(joint.join(noise)) == []


def test_known_symbols_are_found_in_any_case_and_spelt_as_known():
    text = "MDM: devicecapreached, NoEnrollmentPolicy2, menroll_e_x and error\\_y"
    known = ["DeviceCapReached", "NoEnrollmentPolicy", "MENROLL_E_X", "ERROR_Y"]
    found = [mention.code.canonical for mention in find_codes(text, symbols=known)]
    assert found == ["DeviceCapReached", "MENROLL_E_X", "ERROR_Y"]


DOCUMENT = Path(__file__).parents[4] / "shared/documents/troubleshoot-device-enrollment.fr.md"


@pytest.mark.skipif(not DOCUMENT.exists(), reason="needs the supplied document in ../shared")
def test_the_codes_of_the_supplied_document():
    text = DOCUMENT.read_text(encoding="utf-8")
    hexadecimal = {m.code.canonical for m in find_codes(text) if m.code.kind == "hex"}
    assert len(hexadecimal) == 33
    cells = [line.split("|")[1] for line in text.splitlines() if line.startswith("|")]
    symbols = {code.canonical for code in map(parse_code, cells) if code and code.value is None}
    assert len(symbols) == 7


def test_a_text_of_nothing_but_codes_is_cut_by_different_ones():
    same, other = "0x80180014 " * 50, " ".join(f"0x8018{n:04X}" for n in range(50))
    assert len(find_codes(same, most=5)) == 50
    assert len({mention.code for mention in find_codes(other, most=5)}) == 5
    assert len(find_codes(other)) == 50


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Installation failed with error [80070005].", ["80070005"]),
        ("Installation failed with error (80070005)", ["80070005"]),
        ("See ticket [80070005].", []),
        ("Room (80070005) closed", []),
        ("Error {80070005}", []),
    ],
)
def test_eight_digits_in_brackets_are_a_failure_where_an_error_is_announced(text, found):
    assert [mention.spelling for mention in find_codes(text)] == found


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("The connection fails (AS780090)", ["AS780090"]),
        ("TF400813: Resource not available", ["TF400813"]),
        ("Fix SkuNotAvailable", ["SkuNotAvailable"]),
        ("DeviceCapReached when you enrol", ["DeviceCapReached"]),
        ("Package Warning NU1603", ["NU1603"]),
        ("Alerte TILL104 : réseau", ["TILL104"]),
        ("Alerts OFFICE365 sends", []),
        ("Warning KB500123 is missing", []),
        ("Room (AB1234) is closed", []),
        ("The printer jams (XR2019)", []),  # a product of a year
        ("Install the update (KB5005565)", []),
        ("Set up SettingsCatalog policies", []),
        ("FileNotFoundException in the client", []),
        ("NotConfigured is the default", []),  # two words only
    ],
)
def test_a_title_names_codes_that_a_text_would_have_to_announce(title: str, codes: list[str]):
    assert [mention.code.canonical for mention in codes_of_title(title)] == codes


def test_what_was_found_is_no_less_for_who_changed_it():
    found = find_codes("0x80180014")
    found.clear()
    assert len(find_codes("0x80180014")) == 1


@pytest.mark.parametrize(("text", "code"), [("5", "5"), ("4c7", "0x4C7"), ("", None), ("a", None)])
def test_where_nothing_but_codes_stand_a_digit_is_one(text: str, code: str | None):
    found = announced_code(text)
    assert (found.canonical if found else None) == code


@pytest.mark.parametrize(
    ("name", "says_so"),
    [
        ("error_disk", True),
        ("err_disk", True),
        ("disk_error", True),
        ("invalid_grant", True),
        ("disk_missing_now", True),
        ("disk_speed", False),
        ("error_code", False),  # fields, not errors
        ("error_uri", False),
        ("error_count", False),
        ("error_log", False),
        ("errors", False),
    ],
)
def test_a_name_in_small_letters_says_that_something_failed(name: str, says_so: bool):
    assert is_failing_snake(name) is says_so
