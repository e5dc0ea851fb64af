"""Names with wrong letters or shortened words, and names that are others altogether."""

from __future__ import annotations

import pytest

from troubleshooting.texts.codes.names import humps, is_near, parts


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("acount not on boarded", "AccountNotOnboarded"),
        ("AcountNotOnboarded", "AccountNotOnboarded"),
        ("NoEnrolmentPolicy", "NoEnrollmentPolicy"),
        ("noenrolmentpolicy", "NoEnrollmentPolicy"),
        ("APNSCertNotValid", "APNSCertificateNotValid"),
        ("MdmAuthNotDefined", "MdmAuthorityNotDefined"),
        ("DevCapReached", "DeviceCapReached"),  # three parts, three letters: the fewest
        ("DeviceCapReachd", "DeviceCapReached"),
        ("DevcieCapReached", "DeviceCapReached"),
        ("MENROLL_E_DEVICE_NOT_SUPORTED", "MENROLL_E_DEVICE_NOT_SUPPORTED"),
        ("ProfilDowloadNotFinised", "ProfileDownloadNotFinished"),
        ("TokenSinatureNotVelid", "TokenSignatureNotValid"),
        ("user license type invald", "UserLicenseTypeInvalid"),
    ],
)
def test_a_name_with_slips_is_near(typed: str, name: str):
    assert is_near(typed, name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("DeviceCapReached", "UserCapReached"),
        ("DeviceTypeNotSupported", "DeviceRoleNotSupported"),
        ("TokenLifetimeNotSet", "TokenSignerNotSet"),
        ("TokenAgeNotValid", "TokenUseNotValid"),  # a part of three letters must be right
        ("not valid", "NotFound"),
        ("NoPolicy", "NoPolice"),  # too short for a slip
        ("DeviceReached", "DeviceCapReached"),
        ("DCR", "DeviceCapReached"),
        ("D C R", "DeviceCapReached"),
        ("certificate of the device", "CertificateOfADevice"),
        ("ERROR_INSTALL_FAILURE", "ERROR_INSTALL_SUSPEND"),
        ("DevReached", "DeviceReached"),
        ("DeCapReached", "DeviceCapReached"),
    ],
)
def test_another_name_is_not_near(typed: str, name: str):
    assert not is_near(typed, name)


def test_parts_of_a_name():
    assert parts("APNSCertificate_not Valid2") == ["apns", "certificate", "not", "valid", "2"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("DeviceCapReached", 3),
        ("NoAccess", 2),
        ("XYPlot", 2),
        ("PlanB", 0),  # a single letter is no word
        ("Version12", 0),  # nor is a number
        ("Plan", 0),
        ("deviceCapReached", 0),
        ("Device_CapReached", 0),
        ("PowerShell", 0),  # a product
        ("AbCd1Ef2Gh3Ij4Kl", 0),  # letters and numbers by turns: an identifier
    ],
)
def test_the_words_of_a_name_are_counted(name: str, words: int):
    assert humps(name) == words
