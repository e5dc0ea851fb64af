"""Every sort of page passes axe-core's rules for WCAG 2.2 AA, light and dark, wide and narrow."""

import pytest

from tests.browser.pages import PATHS
from tests.browser.pasting import LOG, paste
from tests.browser.wcag import PASSED, axe, in_both, violations
from tests.web.content import BILINGUAL

__all__ = ["axe"]
pytestmark = pytest.mark.usefixtures("portal")

#: Waits until the window is as wide as it was told to be.
AS_WIDE = """(width) => new Promise((done) => {
  const look = () => (innerWidth === width ? done() : requestAnimationFrame(look));
  look();
})"""


@pytest.mark.slow
@pytest.mark.parametrize("half", [0, 1])
def test_every_page(page, axe, half):
    """Every other page in French, the others in English: the same elements in other words."""
    page.add_init_script(axe)  # takes less time page by page than to evaluate it
    page.emulate_media(reduced_motion="reduce")
    for path in PATHS[half::2]:
        page.goto(f"/{('fr', 'en')[half]}/{path}")
        assert in_both(page, axe) == [], path


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fr", "en"])
def test_phone(page, axe, language):
    """Nothing scrolls sideways (WCAG 1.4.10), no rule of axe is broken: one load shows both."""
    page.emulate_media(reduced_motion="reduce")
    if language == "fr":
        page.add_init_script(axe)
    for path in PATHS:
        # The scripts know no width between these two: a page is laid out anew, not made anew.
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(f"/{language}/{path}")
        for width in (390, 320):
            page.set_viewport_size({"width": width, "height": 844})
            page.evaluate(AS_WIDE, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
        if language == "fr":
            page.set_viewport_size({"width": 390, "height": 844})
            page.evaluate(AS_WIDE, 390)
            if page.locator("details.sheet").count():
                page.locator("details.sheet summary").click()
            assert violations(page, axe) == [], path


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_pasted_text_and_open_suggestions(page, axe, language):
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(f"/{language}/")
    page.keyboard.type("plaf")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert in_both(page, axe) == []
    page.locator("form.search-box [name=q]").fill("")
    paste(page, LOG)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{language}/search/")
    assert page.locator("#evidence").is_visible()
    assert in_both(page, axe) == []


def test_a_fault_would_be_found(page, axe):
    page.goto("/fr/")
    page.evaluate("document.querySelector('h1').style.color = '#ddd'")
    page.evaluate("document.documentElement.lang = ''")
    found = "\n".join(violations(page, axe))
    assert "color-contrast" in found
    assert "html-has-lang" in found


def test_a_fault_in_the_dark_alone_would_be_found(page, axe):
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto("/fr/")
    page.evaluate("document.querySelector('h1').style.color = '#222'")
    assert violations(page, axe) == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert "color-contrast" in "\n".join(violations(page, axe, colours=True))


#: A text that breaks no rule, in the midst of a page.
SOUND = """<div id="ground" style="background: #fff; color: #222; font-size: 20px; padding: 3em">
  <div id="part"><p id="text">A text <a id="link" href="/" style="color: #00c">with a link</a>
  in its midst.</p></div></div>"""
#: What is wrong with it by a changed style of a part, and the rule that it breaks then.
CHANGES = [
    ("text", "color: #999", "color-contrast"),
    ("ground", "background: #555", "color-contrast"),
    ("part", "background: #555", "color-contrast"),
    ("part", "opacity: 0.4", "color-contrast"),
    ("link", "text-decoration: none; color: #000", "link-in-text-block"),
]


@pytest.fixture
def sound(browser, live_server, axe):
    """Yield a page with ``SOUND`` in it, of which axe has passed all texts."""
    # The policy would let in no style of an element.
    context = browser.new_context(
        base_url=live_server.url, bypass_csp=True, service_workers="block"
    )
    tab = context.new_page()
    tab.emulate_media(color_scheme="light", reduced_motion="reduce")
    tab.goto("/fr/gaps/thanks/")
    tab.locator("main").evaluate(f"(main) => main.insertAdjacentHTML('beforeend', `{SOUND}`)")
    assert violations(tab, axe) == []
    yield tab
    context.close()


def test_a_text_of_a_kind_that_axe_has_passed_is_looked_at_when_it_changes(sound, axe):
    known = len(PASSED)
    assert violations(sound, axe, colours=True) == []
    assert len(PASSED) == known
    for part, style, rule in CHANGES:
        changed = sound.locator(f"#{part}")
        before = changed.get_attribute("style") or ""
        changed.evaluate(f"(one) => one.style.cssText += '; {style}'")
        found = "\n".join(violations(sound, axe, colours=True))
        assert rule in found, (part, style)
        changed.evaluate(f"(one) => one.style.cssText = '{before}'")


def test_a_text_is_looked_at_where_it_may_stand_on_something_else(sound, axe):
    """Its colours say nothing of the contrast: what is below it is no part that it is in."""
    sound.evaluate("""() => {
      text.style.cssText = "position: absolute; z-index: 9";
      part.style.cssText = "position: relative; height: 4em";
    }""")
    assert violations(sound, axe, colours=True) == []
    sound.evaluate("""() => {
      const dark = document.createElement("div");
      dark.style.cssText = "background: #333; position: absolute; inset: 0";
      part.prepend(dark);
    }""")
    assert "color-contrast" in "\n".join(violations(sound, axe, colours=True))


def test_a_text_is_looked_at_where_it_leaves_its_ground(sound, axe):
    sound.evaluate("""() => {
      const dark = document.createElement("div");
      dark.style.cssText = "background: #333; height: 12em";
      ground.before(dark);
    }""")
    assert violations(sound, axe, colours=True) == []
    sound.evaluate("text.style.marginTop = '-6em'")
    assert "color-contrast" in "\n".join(violations(sound, axe, colours=True))


def test_an_article_in_use(page, axe):
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"/fr/articles/{BILINGUAL}/")
    page.locator("#resolution-1-step-1 > .step-tick").click()
    page.locator("#resolution-1-step-2-1 > .step-tick").click()
    page.locator("#resolution-1-step-2 > .step-tools [data-end=stuck]").dispatch_event("click")
    page.get_by_label("Non résolu").check()
    page.get_by_text("Signaler une erreur").click()
    page.evaluate("document.documentElement.dataset.kept = 'Mon, 23 Nov 2026 10:00:00 GMT'")
    assert in_both(page, axe) == []
    page.evaluate("document.querySelector('.keys').showModal()")
    assert in_both(page, axe) == []


def test_the_style_guide(page, axe, settings):
    settings.DEBUG = True
    page.goto("/styleguide/")
    assert violations(page, axe) == []


def test_the_call_sheet_on_a_phone(page, axe):
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"/fr/articles/{BILINGUAL}/")
    page.locator(".call [data-more]").click()
    assert violations(page, axe) == []
