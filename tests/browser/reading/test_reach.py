"""How many keys lead to what an agent wants: the first result, the note for the ticket."""

import pytest

from tests.web.content import BILINGUAL, FRENCH_ONLY, write
from troubleshooting.models import Article

pytestmark = pytest.mark.usefixtures("portal")


def tabs_until(page, selector: str, most: int) -> int:
    """Press Tab until ``selector`` has the focus, after the skip link whose words lead there."""
    for pressed in range(1, most + 1):
        page.keyboard.press("Tab")
        if page.evaluate("(to) => document.activeElement.matches(to)", selector):
            return pressed
    raise AssertionError(f"not reached by {most} keys: {selector}")


@pytest.mark.parametrize("width", [390, 960, 1440])
@pytest.mark.parametrize("path", ["articles/", "codes/", "messages/", "search/?q=erreur"])
def test_the_first_result_is_eight_tabs_away(page, path, width):
    quoting = "L’erreur **Trop tard** s’affiche."
    write(Article.objects.get(slug=FRENCH_ONLY), "fr", "Une erreur", problem=quoting)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"/fr/{path}")
    page.locator(".skip-link").first.focus()
    page.keyboard.press("Enter")
    first = "main .hit-title a, main .code-table tbody a, main .row-link"
    assert 1 + tabs_until(page, first, 7) <= 8


@pytest.mark.parametrize("words", ["une erreur dit que le profil ne marche pas ici", "0x80CF0440"])
def test_what_was_understood_is_skipped_on_the_way_to_the_first_result(page, words):
    write(Article.objects.get(slug=FRENCH_ONLY), "fr", f"Ici : {words}", problem="Une erreur.")
    page.goto(f"/fr/search/?q={words}")
    page.get_by_role("link", name="Aller aux résultats").focus()
    page.keyboard.press("Enter")
    assert 2 + tabs_until(page, "main .hit-title a, main .code-answer a", 6) <= 8


@pytest.mark.parametrize("width", [390, 960, 1440])
def test_the_note_is_ten_tabs_away(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"/fr/articles/{BILINGUAL}/")
    page.get_by_role("link", name="Aller à l’appel").focus()
    page.keyboard.press("Enter")
    assert 2 + tabs_until(page, "[data-ticket]", 8) <= 10


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_search_field_of_the_header_has_room_for_a_message(page, language):
    page.goto(f"/{language}/articles/")
    for width in (900, 960, 1024, 1179, 1180, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.locator("header [name=q]").bounding_box()["width"] >= 320, width


def test_filters_stay_open_on_a_phone_while_one_chooses(page):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/fr/articles/")
    page.locator(".facets-place summary").click()
    page.locator(".facet a").first.click()
    page.wait_for_url("**/articles/?*")
    assert page.locator(".facet a").first.is_visible()
    page.goto("/fr/codes/")
    assert not page.locator(".facet a").first.is_visible()
