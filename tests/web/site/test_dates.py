"""Dates as readers see them, in each language of the portal."""

import re
from datetime import date

import pytest
from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.utils.formats import date_format
from django.utils.translation import override

from tests.web.html import Page

DATES = (forms.DateField, forms.DateTimeField, forms.SplitDateTimeField)
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


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "jour/mois/année, comme 31/12/"), ("en", "year-month-day, as in ")],
)
def test_every_field_for_a_date_says_in_which_order_it_is_typed(client, db, language, said):
    user = User.objects.create_superuser("ada")
    client.force_login(user)
    pages = [
        f"auth/user/{user.pk}/change/",
        "troubleshooting/incident/add/",
        "troubleshooting/ticketcount/add/",
        "troubleshooting/article/add/",
    ]
    for path in pages:
        page = client.get(f"/{language}/admin/{path}")
        form = page.context.get("adminform") or page.context["details"]
        fields = getattr(form, "form", form).fields
        dates = [one for one in fields.values() if isinstance(one, DATES)]
        assert dates, path
        for one in dates:
            assert said in str(one.help_text), path
            assert said in page.content.decode(), path
        for part in Page(page.content.decode()).all("input"):
            if re.fullmatch(r"(starts|ends|last_login|date_joined)_[01]", part.get("name")):
                assert ", " in part.get("aria-label"), part
