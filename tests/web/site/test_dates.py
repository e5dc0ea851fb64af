"""Dates as readers see them, in each language of the portal."""

from datetime import date

import pytest
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import override

MONTHS = {
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_no_text_of_the_portal_takes_the_place_of_a_month(language):
    """Both are texts in one catalogue: "May" once was what a token may do, in French."""
    with override(language):
        for number, name in enumerate(MONTHS[language], start=1):
            assert name in date_format(date(2026, number, 12), "DATE_FORMAT")
            assert (
                date_format(date(2026, number, 12), "F").casefold().startswith(name[:3].casefold())
            )
