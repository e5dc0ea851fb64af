"""What the trials take for a clear refusal: the page of its heading, in the reader's language."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from scripts.trials.clients import REFUSALS, Answer, is_clear
from tests.infra.project import ROOT

PAGES = sorted(path.name for path in (ROOT / "templates" / "errors").glob("503*.html"))


def answer(page: str, language: str, status: int = 503) -> Answer:
    request = RequestFactory().get(f"/{language}/")
    request.user = AnonymousUser()
    with override(language):
        return Answer(status, 0, {}, render_to_string(f"errors/{page}", request=request), {})


@pytest.mark.parametrize("language", REFUSALS)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_says_why_is_clear_in_its_own_language_alone(page: str, language: str):
    told = answer(page, language)
    assert [one for one in REFUSALS if is_clear(told, f"/{one}/articles/")] == [language]
    assert not is_clear(answer(page, language, 500), f"/{language}/")


@pytest.mark.parametrize("language", REFUSALS)
def test_no_other_page_is_clear_whatever_its_frame_says(language: str):
    assert not is_clear(answer("500.html", language), f"/{language}/")
    assert not is_clear(Answer(0, 0, {}, "TimeoutError", {}), f"/{language}/")


def test_every_page_that_refuses_has_its_heading_here():
    assert {language: len(words) for language, words in REFUSALS.items()} == {"en": 3, "fr": 3}
    assert len(PAGES) == 3
