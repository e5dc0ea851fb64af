"""The frame of the administration in a browser: all is in reach, nothing is cut."""

import pytest
from django.urls import reverse

from tests.browser.administration.filled import portal, with_work  # noqa: F401
from tests.browser.editing.test_editing import sign_in
from tests.web import editors
from tests.web.content import BILINGUAL
from troubleshooting.auditing import note

_CUT_FIELDS = """() => [...document.querySelectorAll("fieldset :is(input, select, textarea)")]
    .filter((field) => {
        const [own, around] = [field, field.closest("fieldset")].map((one) =>
            one.getBoundingClientRect());
        return own.width && own.right > around.right;
    })
    .map((field) => field.name)"""


@pytest.mark.parametrize("width", [320, 390, 767, 1024])
def test_no_field_of_a_form_is_cut(page, live_server, portal, width):  # noqa: F811
    sign_in(page.context, live_server, editors.person("ada", "Administrator"))
    page.set_viewport_size({"width": width, "height": 844})
    for form in ("webhook_add", "platform_add", "vocabularyentry_add"):
        page.goto(reverse(f"admin:troubleshooting_{form}"))
        assert page.evaluate(_CUT_FIELDS) == [], form


def test_everything_is_a_key_away_and_nothing_scrolls_sideways(page, live_server, portal):  # noqa: F811
    user = editors.person("rene", "Reviewer")
    with_work(portal, user)
    sign_in(page.context, live_server, user)
    page.goto("/fr/admin/")
    page.keyboard.press("Control+k")
    page.keyboard.insert_text("brouillon secret")
    page.locator("[data-found] a").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/change/**")
    assert page.get_by_label("Titre").input_value() == "Brouillon secret"
    assert page.locator(".checks").is_visible()
    for width in (390, 1366):
        page.set_viewport_size({"width": width, "height": 768})
        for path in ("/fr/admin/", "/fr/admin/troubleshooting/article/", page.url):
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    report = page.locator(".checks").bounding_box()
    assert report["y"] + 20 < 768
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Menu", exact=True).click()
    page.locator("#shell-nav").get_by_role("link", name="Révisions en attente").click()
    page.wait_for_url("**/pendingrevision/")
    assert page.get_by_role("link", name="Échec").is_visible()


_LISTS = ["auditentry", "trashedarticle", "pendingrevision", "article", "platform"]


def test_a_phone_shows_all_of_a_line_of_a_list(page, live_server, portal):  # noqa: F811
    user = editors.person("ada", "Administrator")
    with_work(portal, user)
    sign_in(page.context, live_server, user)
    page.set_viewport_size({"width": 390, "height": 844})
    for name in _LISTS:
        page.goto(reverse(f"admin:troubleshooting_{name}_changelist"))
        page.locator("#result_list[data-cards]").wait_for()
        cells = page.locator("#result_list tbody tr").first.locator(":is(td, th):visible").all()
        assert len(cells) > 1, name
        for cell in cells:
            box, said = cell.bounding_box(), cell.inner_text().strip()
            assert said not in {"-", "–"}, name
            assert box["x"] >= 0, name
            assert box["x"] + box["width"] <= 390, name


def test_a_list_says_on_a_phone_which_column_a_value_is_of(page, live_server, portal):  # noqa: F811
    sign_in(page.context, live_server, editors.person("ada", "Administrator"))
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/fr/admin/troubleshooting/article/")
    status = page.locator("#result_list td[data-label]").first
    assert status.evaluate("one => getComputedStyle(one, '::before').content") == '"État"'
    page.set_viewport_size({"width": 1366, "height": 768})
    assert status.evaluate("one => getComputedStyle(one, '::before').content") == "none"


def test_no_column_of_the_audit_is_cut(page, live_server, portal):  # noqa: F811
    user = editors.person("ada", "Administrator")
    article = portal.articles[BILINGUAL]
    states = {"before": {"status": "in_review"}, "after": {"status": "published"}}
    for detail in ("Vérifié avec l’équipe de Lyon, puis publié.", "0x80180014" * 9):
        note(user, "status", article, **states, detail=detail)
    sign_in(page.context, live_server, user)
    for width in (1280, 1366, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        for language in ("fr", "en"):
            page.goto(f"/{language}/admin/troubleshooting/auditentry/")
            table = page.locator("#result_list").bounding_box()
            around = page.locator("#changelist .results").bounding_box()
            assert table["x"] + table["width"] <= around["x"] + around["width"], (width, language)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_ways_from_an_article_are_one_row_and_a_menu(page, live_server, portal, language: str):  # noqa: F811
    sign_in(page.context, live_server, editors.person("ada", "Administrator"))
    article = portal.articles[BILINGUAL]
    deletion, revisions = (
        page.locator(f".form-links a[href$='{place}']:visible")
        for place in (f"/{article.pk}/delete/", f"/{article.pk}/revisions/{language}/")
    )
    for width, is_folded in ((390, True), (1366, False), (1920, False)):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(
            f"/{language}/admin/troubleshooting/article/{article.pk}/change/?language={language}"
        )
        rows = {
            round(way.bounding_box()["y"])
            for way in page.locator(".form-links > li > :is(a, details):visible").all()
        }
        assert len(rows) == 1, (width, rows)
        assert (revisions.count(), deletion.count()) == (not is_folded, 0)
        menu = page.locator(".form-menu > summary")
        menu.focus()
        page.keyboard.press("Enter")
        assert (revisions.count(), deletion.count()) == (1, 1)
        for way in page.locator(".form-menu a:visible").all():
            box = way.bounding_box()
            assert box["x"] >= 0, width
            assert box["x"] + box["width"] <= width, width
        page.keyboard.press("Tab")
        page.keyboard.press("Escape")
        assert deletion.count() == 0
        assert menu.evaluate("one => one === document.activeElement")
