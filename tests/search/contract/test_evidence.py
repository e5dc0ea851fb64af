"""A pasted text shows what was found in it and where, on every database of the tests."""

from __future__ import annotations

import pytest

from ..conftest import ask, slugs

pytestmark = pytest.mark.django_db


class TestLogs:
    LOG = (
        "2026-01-05 12:00:01 [pid 4711] {6985F007-7D3E-EB44-AB68-49B5D7913E95} 10.0.0.1 start\n"
        "CONTOSO\\jdoe: enrolment failed, DeviceCapReached (0x8007064C)\n"
        "écran : Portail d'entreprise temporairement indisponible\n"
        "also 0x80180014 at 0x00007ffe12345678\n"
    )

    def test_the_evidence_is_where_it_says(self, base):
        result = ask(self.LOG)
        assert result.kind == "log"
        found = {(one.line, one.what, self.LOG[one.start : one.end], one.known): one.value
                 for one in result.evidence}  # fmt: skip
        assert found == {
            (2, "code", "DeviceCapReached", True): "DeviceCapReached",
            (2, "code", "0x8007064C", True): "0x8007064C",
            (3, "message", "Portail d'entreprise temporairement indisponible", True): (
                "Portail d’entreprise temporairement indisponible"
            ),
            (4, "code", "0x80180014", False): "0x80180014",
        }

    def test_a_code_is_known_in_every_spelling(self, base):
        result = ask("first 0x8007064C\nthen hr=0x8007064c and -2147023284\n")
        assert [(one.line, one.known) for one in result.evidence] == [
            (1, True), (2, True), (2, True),
        ]  # fmt: skip
        assert result.total == 1

    def test_the_card_says_why(self, base):
        (hit,) = ask(self.LOG).hits
        assert hit.slug == "device-cap"
        assert "2" in hit.why
        assert "DeviceCapReached" in hit.why

    def test_the_card_names_all_that_speaks_for_it_in_the_order_of_the_text(self, base):
        message = "The directory service refuses the device"
        held = {"title": "Refused", "messages": [message], "codes": ["0x8018F001"]}
        base("refused", [], {"en": held})
        result = ask(f"note\n{message}\n{message}\nhr=0x8018F001\n", "en")
        assert result.hits[0].why == f"line 2: {message}; line 4: 0x8018F001"

    def test_a_part_of_a_long_message_is_enough(self, base):
        message = "You can't sign in because your device is missing a required certificate."
        base("certificate", [], {"en": {"title": "Sign-in fails", "messages": [message]}})
        result = ask("agent note\nhe reads: your device is missing a required certificate\n", "en")
        assert slugs(result) == ["certificate"]
        assert result.hits[0].why == f"line 2: {message}"

    @pytest.mark.parametrize(
        "part",
        [
            "The certificate of the device",  # at the beginning of the longer one
            "of the device has expired",
            "has expired since the last synchronisation",  # at its end
        ],
    )
    def test_of_messages_within_each_other_the_longest_is_marked(self, base, part):
        whole = "The certificate of the device has expired since the last synchronisation"
        base("part", [], {"en": {"title": "A part", "messages": [part]}})
        base("whole", [], {"en": {"title": "The whole", "messages": [whole]}})
        result = ask(f"agent note\nhe reads: {whole}\n", "en")
        assert [one.value for one in result.evidence if one.what == "message"] == [whole]
        assert slugs(result)[:1] == ["whole"]
        alone = ask(f"agent note\nhe reads: {part}\n", "en")
        assert part in [one.value for one in alone.evidence]

    def test_a_ticket_without_codes_is_searched_for_its_words(self, base):
        result = ask("Bonjour,\nl’autorité de gestion ne serait pas définie ?\n")
        assert slugs(result)[:1] == ["authority"]

    def test_noise_alone_finds_nothing(self, base):
        result = ask("2026-01-05 12:00:01\n10.0.19041.1 AB-12\n{6985F007-7D3E-EB44-AB68-49B5D7}\n")
        assert result.hits == []
        assert result.evidence == []
