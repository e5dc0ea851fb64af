"""The names that Windows documents for its errors, and what the project says of them."""

from __future__ import annotations

import re

import pytest
from django.utils.translation import override

from troubleshooting.texts.codes import Code, parse_code, readings
from troubleshooting.texts.codes.decoding.facilities import FACILITY_NAMES
from troubleshooting.texts.codes.decoding.wording import decoded, relation
from troubleshooting.texts.codes.published.names import find_names, holding, names_of
from troubleshooting.texts.languages.glosses import facility_gloss, gloss, glosses

NAMES = [
    ("0x80070005", "E_ACCESSDENIED ERROR_ACCESS_DENIED"),
    ("-2147024891", "E_ACCESSDENIED ERROR_ACCESS_DENIED"),
    ("0x80070643", "ERROR_INSTALL_FAILURE"),
    ("1603", "ERROR_INSTALL_FAILURE"),
    ("0x643", "ERROR_INSTALL_FAILURE"),
    ("0x8024402C", "WU_E_PT_WINHTTP_NAME_NOT_RESOLVED"),
    ("0x00240005", "WU_S_REBOOT_REQUIRED"),
    # Facility ITF: a name only where it is documented for the very value.
    ("0x80040154", "REGDB_E_CLASSNOTREG"),
    ("0x80041005", ""),
    ("0x80043006", ""),
    # The same low word in another facility, from another maker, or as an NTSTATUS.
    ("0x80CF0005", ""),
    ("0x87D10005", ""),
    ("0xA0070005", ""),
    ("0xC0000005", ""),
    # Enrolment, registration, sign-in, updates and the network.
    ("0x80180018", "MENROLL_E_USERLICENSE"),
    ("0x801c03f2", "DSREG_E_DIRECTORY_FAILURE"),
    ("0xCAA90014", "ERROR_ADAL_WSTRUST_REQUEST_SECURITYTOKEN_FAILED"),
    ("0x8024D00E", "WU_E_SETUP_REBOOTREQUIRED"),
    (
        "0x80072EE2",
        "WININET_E_TIMEOUT ERROR_INTERNET_TIMEOUT ERROR_WINHTTP_TIMEOUT",
    ),
    ("12007", "ERROR_INTERNET_NAME_NOT_RESOLVED ERROR_WINHTTP_NAME_NOT_RESOLVED"),
    # What is no number of an error.
    ("HTTP 404", ""),
    ("Event ID 5", ""),
    ("AADSTS50020", ""),
    ("5.7.1", ""),
    ("-1009", ""),
]


@pytest.mark.parametrize(("text", "names"), NAMES)
def test_names_of_a_code(text: str, names: str):
    code = parse_code(text)
    assert code is not None
    assert " ".join(one.name for one in names_of(code)) == names


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("ERROR_INSTALL_FAILURE", "1603 0x80070643"),
        ("error_install_failure", "1603 0x80070643"),
        ("E_ACCESSDENIED", "0x80070005"),
        ("WU_E_NO_CONNECTION", "0x8024001F"),
        ("INSTALL_FAILURE", "1603 0x80070643"),
        ("INSTALL_SOURCE", "1612 0x8007064C"),
        ("TALL_FAILURE", ""),
        ("ERROR_SUCCESS", ""),
        ("DeviceCapReached", ""),
        ("MENROLL_E_DEVICENOTSUPPORTED", "0x80180014"),
        ("menroll_e_device_not_supported", "0x80180014"),
        ("MENROLL_E_MDM_NOT_CONFIGURED", "0x8018002B 0x80180031"),
        ("MENROLL_E_NO_SUCH_NAME", ""),
    ],
)
def test_values_of_a_name(text: str, values: str):
    found = [one.canonical for one in readings(text) if one.note == "from_name"]
    assert " ".join(found) == values


def test_a_name_is_known_without_its_underscores():
    assert [one.value for one in find_names("error install failure")] == [1603]


def test_of_many_names_the_shortest_come_first():
    found = [one.name for one in holding("ACCESS_DENIED", most=3)]
    assert found[0] == "ERROR_ACCESS_DENIED"
    assert len(found) == 3


def test_a_name_is_said_with_what_keeps_from_misreading_it():
    with override("en"):
        said = {
            text: decoded(parse_code(text), "en") for text in ("0x80040154", "0x80043006", "1603")
        }
    assert all(said.values())
    told = {text: (one.label, one.remark, len(one.names)) for text, one in said.items() if one}
    assert told == {
        "0x80040154": (
            "Windows name",
            "Each program gives codes of this facility a meaning of its own.",
            1,
        ),
        "0x80043006": (
            "Windows name",
            "Each program gives codes of this facility a meaning of its own.",
            0,
        ),
        "1603": (
            "As a Windows error",
            "Other systems and programs use the same number for errors of their own.",
            1,
        ),
    }
    assert decoded(Code("event", "Event 5", 5), "en") is None


def test_glosses_are_of_published_names_and_the_same_in_both_languages():
    assert glosses("en").keys() == glosses("fr").keys()
    assert len(glosses("en")) >= 300
    assert [name for name in glosses("en") if not find_names(name)] == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_glosses_are_sentences(language: str):
    for name, text in glosses(language).items():
        assert re.fullmatch(r"[A-ZÀ-Ý].{8,170}\.", text), name
        assert "'" not in text, name
        if language == "fr":
            assert not re.search(r"[^\u00a0][:;?!]|\s\s", text), name


def test_facilities_are_glossed_the_same_in_both_languages():
    file = "facilities.tsv"
    assert glosses("en", file).keys() == glosses("fr", file).keys()
    assert set(glosses("en", file)) <= set(FACILITY_NAMES.values())
    assert facility_gloss("WIN32", "fr-ca") == "erreurs générales de Windows"
    assert facility_gloss("WIN32", "es") == facility_gloss("AAF", "fr") == ""
    with override("en"):
        said = [decoded(parse_code(code), "en") for code in ("0x80CF0041", "0x80240438")]
    assert [dict(one.parts)["Facility"] for one in said if one] == [
        "207",
        "WINDOWSUPDATE (36) – Windows Update",
    ]


def test_a_gloss_says_its_language():
    assert gloss("ERROR_ACCESS_DENIED", "fr-ca").language == "fr"
    assert gloss("ERROR_ACCESS_DENIED", "es").language == "en"
    assert gloss("ERROR_ARENA_TRASHED", "fr") is None


@pytest.mark.parametrize(
    ("typed", "is_told"), [("0x80070999", True), ("0x800700999", False), ("unreadable", False)]
)
def test_only_a_whole_code_is_of_the_facility_of_another(typed: str, is_told: bool):
    """Nine digits have no facility: no two of them say the same as two of eight."""
    with override("en"):
        assert relation(typed, 0x80070005) == ("same facility" if is_told else "")
