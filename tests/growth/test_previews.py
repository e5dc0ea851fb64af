"""A preview, the checks and the report included, takes time that grows with its text only."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.test import RequestFactory

from tests.growth.measure import MOST, growth, pieces
from troubleshooting.admin.articles.preview import MOST_CODES, see

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

SHAPES = {
    "codes": pieces(lambda n: f"The code 0x{n * 2654435761 % 2**32:08X} appears. "),
    "spellings of codes": pieces(lambda n: f"-   0x{n * 2654435761 % 2**32:x}\n"),
    "dead links": pieces(lambda n: f"[page {n}](page-{n}.md)\n\n"),
    "links into the portal": pieces(lambda n: f"[page {n}](/en/articles/a-{n}/)\n\n"),
    "images": pieces(lambda n: f"![](image-{n}.png)\n\n"),
    "placeholders": pieces(lambda n: f"net use <drive{n}>\n\n"),
    "refused tags": pieces(lambda n: f"<center>words {n}</center>\n\n"),
}
#: Each of these asks the database: so many take long enough to be measured in a shorter text.
ASKING = {"dead links", "links into the portal", "images"}


@pytest.fixture
def request_of_staff(rf: RequestFactory):
    request = rf.post("/")
    request.user = User.objects.create_superuser("chief")
    return request


def previewed(request, text: str):
    seen = see(request, {"title": "x", "problem": text}, "en", None, kind="problem", platforms=())
    render_to_string("admin/troubleshooting/articles/form/report.html", seen.context("en"), request)
    return seen


@pytest.mark.parametrize("shape", SHAPES)
def test_a_preview_takes_time_by_its_length(shape: str, request_of_staff):
    size = 4_000 if shape in ASKING else 16_000
    assert growth(lambda text: previewed(request_of_staff, text), SHAPES[shape], size) <= MOST


def test_a_text_of_codes_alone_is_shown_in_part(request_of_staff):
    seen = previewed(request_of_staff, SHAPES["codes"](60_000))
    assert len(seen.codes) == MOST_CODES
    assert seen.context("en")["counts"]["codes"] > MOST_CODES
