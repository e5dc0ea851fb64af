"""Every sort of page passes axe-core's rules for WCAG 2.2 AA, light and dark, wide and narrow."""

from importlib.resources import files

import pytest

from tests.web.content import BILINGUAL, CODE, DOCUMENT, FRENCH_ONLY

pytestmark = pytest.mark.usefixtures("portal")

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PATHS = [
    "",
    "articles/",
    "articles/?platform=ios&q=profil",
    "articles/?q=nothing",
    f"articles/{BILINGUAL}/",
    f"articles/{FRENCH_ONLY}/",
    "documents/",
    f"documents/{DOCUMENT}/",
    "codes/",
    f"codes/{CODE}/",
    "platforms/android/",
    "no-such-page/",
]


@pytest.fixture(scope="module")
def axe() -> str:
    """Return the script of axe-core, which the policy of the pages would not let in by a tag."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def violations(page, axe: str) -> list[str]:
    """What is wrong on the page, one line each: rule, element, reason."""
    page.evaluate(axe)
    found = page.evaluate("(tags) => axe.run({runOnly: {type: 'tag', values: tags}})", RULES)
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page(page, axe, language, scheme):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for path in PATHS:
        page.goto(f"/{language}/{path}")
        assert violations(page, axe) == [], path


def test_phone(page, axe):
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(reduced_motion="reduce")
    for path in PATHS:
        page.goto(f"/fr/{path}")
        if page.locator("details.sheet").count():
            page.locator("details.sheet summary").click()
        assert violations(page, axe) == [], path


def test_a_fault_would_be_found(page, axe):
    page.goto("/fr/")
    page.evaluate("document.querySelector('h1').style.color = '#ddd'")
    page.evaluate("document.documentElement.lang = ''")
    found = "\n".join(violations(page, axe))
    assert "color-contrast" in found
    assert "html-has-lang" in found
