"""Keys and spellings of codes, and what an index answers."""

import pytest

from troubleshooting.texts.codes import Code, normalise_spelling, parse_code, readings, spellings


def code(text: str) -> Code:
    found = parse_code(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("spelling", "key"),
    [
        ("0x8007064C", "0x8007064c"),
        ("0X8007064c.", "0x8007064c"),
        ("**0x 8007064C**", "0x8007064c"),
        ("ERROR_INSTALL_USEREXIT", "errorinstalluserexit"),
        (r"ERROR\_INSTALL\_USEREXIT", "errorinstalluserexit"),
        ("Error Install Userexit", "errorinstalluserexit"),
        ("DeviceCapReached", "devicecapreached"),
        ("AADSTS: 50020", "aadsts50020"),
        ("5.7.124", "5.7.124"),
        ("#5.7.124.", "5.7.124"),
        ("\u22121009", "-1009"),
        ("\u20111009", "-1009"),
        ("HTTP\u00a0404", "http404"),
        ("", ""),
    ],
)
def test_keys(spelling: str, key: str):
    assert normalise_spelling(spelling) == key


@pytest.mark.parametrize(
    ("canonical", "expected"),
    [
        ("0x8007064C", ["0x8007064C", "8007064C", "-2147023284", "2147944012", "1612"]),
        ("0x80CF0440", ["0x80CF0440", "80CF0440", "-2133916608", "2161050688"]),
        ("0xC0000005", ["0xC0000005", "C0000005", "-1073741819", "3221225477"]),
        ("0x00240005", ["0x00240005", "0x240005", "00240005", "2359301"]),
        ("0xAB2", ["0xAB2", "0x00000AB2", "2738"]),
        ("1603", ["1603", "0x643"]),
        ("-1009", ["-1009", "0xFFFFFC0F"]),
        ("DeviceCapReached", ["DeviceCapReached"]),
        ("AADSTS50020", ["AADSTS50020", "AADSTS: 50020"]),
        ("5.7.124", ["5.7.124", "#5.7.124"]),
        ("Event 36", ["Event 36", "Event ID 36", "ID d’événement 36"]),
        ("HTTP 404", ["HTTP 404"]),
    ],
)
def test_spellings(canonical: str, expected: list[str]):
    spelt = code(canonical)
    assert spelt.canonical == canonical
    assert spellings(spelt) == expected


@pytest.mark.parametrize(
    ("query", "documented"),
    [
        ("1612", "0x8007064C"),
        ("064c", "0x8007064C"),
        ("064c", "0x80CF064C"),
        ("0x800706", "0x8007064C"),
        ("800706", "0x8007064C"),
        ("240005", "0x00240005"),
        ("0xAB2", "2738"),
        ("2738", "0xAB2"),
        ("2147023284", "0x8007064C"),
        ("MdmAuthorityNot", "MdmAuthorityNotDefined"),
        ("AuthorityNotDefined", "MdmAuthorityNotDefined"),
        ("SIPPROXY_E_...", "SIPPROXY_E_WORKER_PROCESS_SLOW_INITIALIZING"),
        ("403", "HTTP 403"),
        ("AADSTS500", "AADSTS50020"),
        ("36", "ID d’événement 36"),
    ],
)
def test_a_query_leads_to_a_documented_code(query: str, documented: str):
    assert any(reading.matches(code(documented)) for reading in readings(query))


@pytest.mark.parametrize(
    ("query", "documented"),
    [
        ("1612", "0x8007064D"),
        ("404", "AADSTS50404"),
        ("1612", "5650"),  # 0x1612, but no hexadecimal code
        ("0x8007064C", "0x8024064C"),
        ("0x8007064C", "1612"),  # it wraps that number, which others have too: at most a guess
        ("AADSTS50020", "AADSTS500208"),
        ("DeviceCapReached", "DeviceTypeNotSupported"),
    ],
)
def test_a_query_does_not_lead_to_another_code(query: str, documented: str):
    assert not any(reading.matches(code(documented)) for reading in readings(query))
