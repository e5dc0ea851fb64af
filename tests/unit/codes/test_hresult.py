"""HRESULTs taken apart, by [MS-ERREF] 2.1."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troubleshooting.texts.codes import hresult_from_win32, hresult_of, low_word
from troubleshooting.texts.codes.decoding.facilities import FACILITY_NAMES
from troubleshooting.texts.codes.published.names import find_names


@pytest.mark.parametrize(
    ("value", "facility", "name", "code", "win32"),
    [
        (0x80000000, 0, "NULL", 0, None),  # the least with a failure bit
        (0x8007064C, 7, "WIN32", 0x064C, 1612),
        (0x80070005, 7, "WIN32", 5, 5),
        (0x80040154, 4, "ITF", 0x0154, None),
        (0x80240438, 0x24, "WINDOWSUPDATE", 0x0438, None),
        (0x80180014, 24, "WINDOWS_CE", 0x0014, None),
        (0x80310021, 49, "FVE", 0x0021, None),
        (0x80090016, 9, "SECURITY", 0x0016, None),
        (0x800B0109, 11, "CERT", 0x0109, None),
        (0x80072EE7, 7, "WIN32", 12007, 12007),
        (0x80010108, 1, "RPC", 0x0108, None),
        (0x80020009, 2, "DISPATCH", 9, None),
        (0x80030005, 3, "STORAGE", 5, None),
        (0x80080005, 8, "WINDOWS", 5, None),
        (0x800C0005, 12, "INTERNET", 5, None),
        (0x800D0001, 13, "MEDIASERVER", 1, None),
        (0x800E0003, 14, "MSMQ", 3, None),
        (0x800F081F, 15, "SETUPAPI", 0x081F, None),
        (0x8010002E, 16, "SCARD", 0x2E, None),
        (0x80110401, 17, "COMPLUS", 0x0401, None),
        (0x80131500, 19, "URT", 0x1500, None),
        (0x80190194, 25, "HTTP", 404, None),
        (0x80280400, 40, "TPM_SERVICES", 0x0400, None),
        (0x87D1041C, 0x7D1, None, 0x041C, None),
        (0x80CF0437, 0xCF, None, 0x0437, None),
    ],
)
def test_parts(value: int, facility: int, name: str | None, code: int, win32: int | None):
    parts = hresult_of(value)
    assert parts is not None
    assert (parts.severity, parts.customer) == ("failure", False)
    assert (parts.facility, parts.facility_name, parts.code) == (facility, name, code)
    assert parts.win32 == win32


@pytest.mark.parametrize(
    "value",
    [
        None,
        0x00240005,  # no failure bit
        0x7FFFFFFF,
        0xAB2,
        0xC0000005,  # reserved bit: an NTSTATUS
        0xD0000005,  # NTSTATUS bit
        0x88890001,  # X bit
        0x1_8007_0005,  # more than 32 bits
        -2147024891,
    ],
)
def test_what_is_no_hresult_is_not_decoded(value: int | None):
    assert hresult_of(value) is None


def test_facility_itf_has_no_global_meaning():
    parts = hresult_of(0x80040154)
    assert parts is not None
    assert parts.interface_specific
    assert not hresult_of(0x80070005).interface_specific


def test_a_customers_code_bears_no_name_of_microsofts():
    parts = hresult_of(0xA0070005)
    assert parts is not None
    assert parts.customer
    assert parts.facility_name is None
    assert parts.win32 is None


@pytest.mark.parametrize("number", [0, -1, 0x10000])
def test_what_is_no_win32_error_is_not_wrapped(number: int):
    with pytest.raises(ValueError, match="not a Win32 error number"):
        hresult_from_win32(number)


@given(st.integers(1, 0xFFFF))
def test_win32_errors_come_back(number: int):
    value = hresult_from_win32(number)
    assert hresult_of(value).win32 == number == low_word(value)


@given(st.integers(0, 0xFFFFFFFF))
def test_the_parts_make_the_whole(value: int):
    parts = hresult_of(value)
    if parts is not None:
        whole = 0x80000000 | parts.customer << 29 | parts.facility << 16 | parts.code
        assert whole == value


def test_facilities_fit_their_eleven_bits():
    assert all(0 <= number <= 0x7FF for number in FACILITY_NAMES)


FACILITIES = """
STG_E_INVALIDFUNCTION STORAGE
RPC_E_CALL_REJECTED RPC
DISP_E_UNKNOWNINTERFACE DISPATCH
CERT_E_EXPIRED CERT
NTE_BAD_UID SECURITY
SPAPI_E_EXPECTED_SECTION_NAME SETUPAPI
SCARD_E_CANCELLED SCARD
COMADMIN_E_OBJECTERRORS COMPLUS
WU_E_NO_SERVICE WINDOWSUPDATE
TBS_E_INTERNAL_ERROR TPM_SERVICES
UI_E_CREATE_FAILED UI
PLA_E_DCS_NOT_FOUND PLA
FVE_E_LOCKED_VOLUME FVE
FWP_E_CALLOUT_NOT_FOUND FWP
WS_E_INVALID_FORMAT WEBSERVICES
PEER_E_IPV6_NOT_INSTALLED P2P
"""


@pytest.mark.parametrize("line", FACILITIES.split("\n")[1:-1])
def test_the_number_of_an_error_names_the_part_of_windows_that_its_name_does(line: str):
    name, facility = line.split()
    assert hresult_of(find_names(name)[0].value).facility_name == facility


def test_the_facility_of_codes_that_no_part_of_windows_owns():
    assert hresult_of(0x80004005).facility_name == "NULL"
