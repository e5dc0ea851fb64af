"""The way of a reader through the portal, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import PATHS
from tests.web.content import BILINGUAL, FRENCH_ONLY, write

pytestmark = pytest.mark.usefixtures("portal")

PHONE = {"width": 390, "height": 844}


def test_from_the_home_page_to_an_article_in_the_other_language(page):
    page.goto("/fr/")
    page.keyboard.type("plafond")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=plafond")  # the home page has a link of that name as well
    page.get_by_role("link", name="Plafond atteint").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Plafond atteint")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Limit reached")
    assert f"/en/articles/{BILINGUAL}/#" in page.url


def test_filters_and_pages(page):
    page.goto("/fr/articles/")
    page.locator(".facet").get_by_role("link", name="Android").first.click()
    page.get_by_role("link", name="Suivant").click()
    assert "platform=android" in page.url
    assert "page=2" in page.url
    page.get_by_role("link", name="Tout retirer").click()
    assert page.url.endswith("/fr/articles/")


@pytest.mark.parametrize("width", [320, 960, 1440])
def test_a_title_that_does_not_break_widens_no_page(page, portal, width):
    article = portal.articles[BILINGUAL]
    word = "m" * 190
    write(article, "fr", word, problem=f"L’erreur **{word}** s’affiche : 0x80CF0440.")
    page.set_viewport_size({"width": width, "height": 800})
    around = portal.articles[FRENCH_ONLY].slug
    for path in (
        f"articles/{BILINGUAL}/",
        f"articles/{around}/",
        "messages/",
        "codes/",
        "articles/",
    ):
        page.goto(f"/fr/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") == width, path


def test_a_title_from_right_to_left_keeps_its_codes_whole(page, portal):
    title = "שגיאה בהתחברות 0x80C0FFE1"
    write(portal.articles[BILINGUAL], "fr", title, problem="Une erreur.")
    runs = """(element) => {
      const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const start = texts.currentNode.data.indexOf("0x80C0");
        if (start < 0) continue;
        const range = new Range();
        range.setStart(texts.currentNode, start);
        range.setEnd(texts.currentNode, start + 6);
        return range.getClientRects().length;
      }
    }"""
    found = {"articles/": ".hit-title", f"articles/{BILINGUAL}/": "h1", "": ".row-link"}
    for path, place in found.items():
        page.goto(f"/fr/{path}")
        assert page.locator(place, has_text="0x80C0FFE1").first.evaluate(runs) == 1, path


def test_a_result_at_the_first_section_shows_the_title_too(page):
    page.goto(f"/fr/articles/{BILINGUAL}/#problem")
    assert page.locator("h1").bounding_box()["y"] >= 0


def test_filters_are_a_sheet_on_a_phone(page):
    page.set_viewport_size(PHONE)
    page.goto("/fr/articles/")
    facet = page.locator(".facet a", has_text="Android")
    assert not facet.is_visible()
    # A bar from edge to edge, and the last line of the page can be scrolled above it.
    bar = page.locator(".facets-place summary").bounding_box()
    assert (bar["x"], bar["width"]) == (0, PHONE["width"])
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    footer = page.locator(".site-footer").bounding_box()
    assert footer["y"] + footer["height"] <= bar["y"]
    page.get_by_text("Filtres").click()
    assert facet.is_visible()
    page.keyboard.press("Escape")
    assert not facet.is_visible()
    page.get_by_text("Filtres").click()
    facet.click()
    assert "platform=android" in page.url


def test_outline_closes_after_a_jump_on_a_phone(page):
    page.set_viewport_size(PHONE)
    page.goto(f"/fr/articles/{BILINGUAL}/")
    page.locator(".outline summary").click()
    page.locator(".outline a[href='#resolution-2']").click()
    assert page.url.endswith("#resolution-2")
    assert not page.locator(".outline nav").is_visible()


def background(page) -> str:
    return page.evaluate("getComputedStyle(document.documentElement).backgroundColor")


def test_theme_is_remembered(page):
    page.emulate_media(color_scheme="light")
    page.goto("/fr/")
    light = background(page)
    button = page.get_by_role("button", name="Thème")
    button.click()
    assert button.inner_text().strip() == "Thème\u00a0: clair"
    button.click()
    dark = background(page)
    assert dark != light
    page.goto("/en/codes/")
    assert background(page) == dark
    page.get_by_role("button", name="Theme").click()
    assert background(page) == light


def test_on_the_way_back_a_page_has_the_theme_that_was_chosen_since(page):
    page.emulate_media(color_scheme="light")
    page.goto("/fr/")
    light = background(page)
    page.evaluate("localStorage.setItem('theme', 'dark')")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert background(page) != light


def test_dark_mode_of_the_system(page):
    page.emulate_media(color_scheme="dark")
    page.goto("/fr/")
    red, green, blue = page.evaluate(
        "getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).map(Number)"
    )
    assert max(red, green, blue) < 60


def test_each_step_has_an_address(page):
    page.goto(f"/fr/articles/{BILINGUAL}/")
    link = page.locator("#resolution-1-step-2 > .step-tools .step-link")
    link.focus()
    assert link.get_attribute("title") == "Copier le lien vers cette étape"
    page.keyboard.press("Enter")
    assert page.url.endswith("#resolution-1-step-2")


def test_keyboard_reaches_the_content_first(page):
    page.goto("/fr/articles/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hash") == "#content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_without_scripts(browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/fr/articles/")
    assert page.locator(".facet a").first.is_visible()
    assert not page.get_by_role("button", name="Thème").is_visible()
    page.locator(".facet a", has_text="iOS/iPadOS").click()
    page.get_by_role("link", name="Échec de l’installation du profil").click()
    expect(page.locator(".outline nav")).to_be_visible()
    page.set_viewport_size(PHONE)
    assert not page.locator(".outline nav").is_visible()
    page.locator(".outline summary").click()
    assert page.locator(".outline nav").is_visible()
    context.close()


def test_print_leaves_the_furniture_out(page):
    page.goto(f"/fr/articles/{BILINGUAL}/")
    page.emulate_media(media="print", color_scheme="dark")
    for furniture in (".site-header", ".outline", ".neighbours", ".site-footer"):
        assert not page.locator(furniture).is_visible()
    assert page.locator(".article-aside").is_visible()
    assert background(page) == "rgb(255, 255, 255)"


def test_nothing_moves_after_the_first_paint(page):
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => list.getEntries().forEach((e) => {"
        "window.shift += e.value; })).observe({type: 'layout-shift', buffered: true});"
    )
    two_frames = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    for path in PATHS:
        page.goto(f"/fr/{path}")
        page.evaluate(two_frames)
        assert page.evaluate("window.shift") < 0.01, path
