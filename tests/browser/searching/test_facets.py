"""A facet of many values in a real browser: its whole list, and the box that narrows it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.wcag import axe, violations
from tests.kept import copied
from tests.web.content import Portal
from tests.web.documents import OTHERS, make_documents

__all__ = ["axe"]
WIDTHS = (390, 960, 1440)


@pytest.fixture
def portal(transactional_db) -> Portal:
    return copied(make_documents)


def more(page: Page) -> None:
    """Ask for the whole list, on a phone in the sheet of filters."""
    if page.viewport_size["width"] < 900:
        page.locator("details.sheet > summary").click()
    page.locator("#facet-document .facet-more a").click()


@pytest.mark.usefixtures("portal")
@pytest.mark.parametrize("width", WIDTHS)
def test_the_whole_list_can_be_narrowed_by_typing(page, axe, width):
    page.set_viewport_size({"width": width, "height": 844})
    page.goto("/fr/search/?q=tampon")
    more(page)
    page.wait_for_url("**more=document#facet-document")
    names = page.locator("#facet-document .facet-name:visible")
    expect(names).to_have_count(OTHERS)
    box = page.locator(".facet-find input")
    expect(box).to_be_in_viewport()
    box.fill("guide 2")
    expect(names).to_have_count(12)  # 02, 12, and all from 20 on
    box.fill("notice")
    expect(names).to_have_count(0)
    expect(page.locator(".facet-find [role=status]")).to_contain_text("Rien ne correspond")
    assert violations(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    box.fill("GUIDE 28")
    names.click()
    page.wait_for_url("**document=guide-28")
    expect(page.locator("h2.hit-title")).to_have_count(2)


@pytest.mark.usefixtures("portal")
def test_a_document_is_searched_from_its_page(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/fr/documents/inscription/")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.locator("#search-within").fill("plafond")
    page.keyboard.press("Enter")
    page.wait_for_url("**/fr/search/?document=inscription&q=plafond")
    expect(page.locator(".chosen")).to_contain_text("Dépanner l’inscription")
