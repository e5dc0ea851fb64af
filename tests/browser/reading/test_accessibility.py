"""Every sort of page passes axe-core's rules for WCAG 2.2 AA, light and dark, wide and narrow."""

from importlib.resources import files

import pytest

from tests.browser.pages import PATHS
from tests.browser.pasting import LOG, paste
from tests.web.content import BILINGUAL

pytestmark = pytest.mark.usefixtures("portal")

#: Elements that break no rule are counted, but not described one by one. No rule here reads the
#: style sheets, which would be fetched again; with ``colours``, only rules of colours are applied.
RUN = """async ([tags, colours, but]) => {
  const options = {
    runOnly: { type: "tag", values: tags },
    resultTypes: ["violations"],
    preload: { assets: ["media"] },
  };
  if (colours) {
    const known = axe.getRules(tags).filter((rule) => rule.tags.includes("cat.color"));
    options.runOnly = { type: "rule", values: known.map((rule) => rule.ruleId) };
  }
  const parts = { exclude: but.map((part) => [part]) };
  return (await axe.run(but.length ? parts : document, options)).violations;
}"""
#: Waits until the window is as wide as it was told to be.
AS_WIDE = """(width) => new Promise((done) => {
  const look = () => (innerWidth === width ? done() : requestAnimationFrame(look));
  look();
})"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def axe() -> str:
    """Return the script of axe-core, which the policy of the pages would not let in by a tag."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def violations(page, axe: str, *, colours: bool = False, but: tuple[str, ...] = ()) -> list[str]:
    """What is wrong on the page, or in its ``colours`` alone: rule, element, reason in a line.

    ``but``: selectors of parts that are left out.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in page.evaluate(RUN, [RULES, colours, but])
        for node in violation["nodes"]
    ]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page(page, axe, language):
    page.add_init_script(axe)  # takes less time page by page than to evaluate it
    for path in PATHS:
        page.goto(f"/{language}/{path}")
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        assert violations(page, axe) == [], path
        page.emulate_media(color_scheme="dark")  # changes nothing but colours
        assert violations(page, axe, colours=True) == [], (path, "dark")


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_pasted_text_and_open_suggestions(page, axe, language, scheme):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(f"/{language}/")
    page.keyboard.type("plaf")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert violations(page, axe) == []
    page.locator("form.search-box [name=q]").fill("")
    paste(page, LOG)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{language}/search/")
    assert page.locator("#evidence").is_visible()
    assert violations(page, axe) == []


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_article_in_use(page, axe, scheme):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(f"/fr/articles/{BILINGUAL}/")
    page.locator("#resolution-1-step-1 > .step-tick").click()
    page.locator("#resolution-1-step-2-1 > .step-tick").click()
    page.locator("#resolution-1-step-2 > .step-tools [data-end=stuck]").dispatch_event("click")
    page.get_by_label("Non résolu").check()
    page.get_by_text("Signaler une erreur").click()
    page.evaluate("document.documentElement.dataset.kept = 'Mon, 23 Nov 2026 10:00:00 GMT'")
    assert violations(page, axe) == []
    page.evaluate("document.querySelector('.keys').showModal()")
    assert violations(page, axe) == []


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
