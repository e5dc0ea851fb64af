"""Characters that show nothing: codes are found in spite of them, in their true places."""

import pytest

from troubleshooting.texts.codes import (
    find_codes,
    normalise_spelling,
    parse_code,
    readings,
    with_symbols,
)

MARKS = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2069\ufeff\u00ad"


@pytest.mark.parametrize("mark", MARKS)
def test_a_code_is_found_with_its_place(mark):
    text = f"{mark}échec{mark} hr={mark}0x80{mark}{mark}07064C{mark}, puis AAD{mark}STS50020{mark}."
    found = find_codes(text)
    assert [one.code.canonical for one in found] == ["0x8007064C", "AADSTS50020"]
    assert all(text[one.start : one.end] == one.spelling for one in found)
    assert found[0].spelling == f"0x80{mark}{mark}07064C"


@pytest.mark.parametrize("mark", MARKS)
def test_a_typed_code_is_read(mark):
    typed = f"{mark}8007{mark}064C{mark}"
    assert parse_code(typed) == parse_code("8007064C")
    assert readings(typed) == readings("8007064C")
    assert normalise_spelling(typed) == "8007064c"


def test_known_symbols_are_added_afterwards():
    text = "0x8007064C, device\u200bcapreached and DeviceCapReached"
    before = find_codes(text)
    assert [one.code.canonical for one in before] == ["0x8007064C"]
    found = with_symbols(text, before, ["DeviceCapReached"])
    assert found == find_codes(text, symbols=["DeviceCapReached"])
    assert [one.code.canonical for one in found] == ["0x8007064C", *["DeviceCapReached"] * 2]
    assert with_symbols(text, before, []) == before
