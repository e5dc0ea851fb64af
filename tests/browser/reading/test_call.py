"""A call in a real browser: ticks that stay, the ticket note, the steps for the caller."""

import re

import pytest
from playwright.sync_api import expect

from tests.web.content import BILINGUAL
from troubleshooting.models import Article

pytestmark = pytest.mark.usefixtures("portal")

STEP = "#resolution-1-step-1"

TICK = f"{STEP} > .step-tick"


def clipboard(page) -> str:
    return page.evaluate("navigator.clipboard.readText()").replace("\r", "")


def pressed(page, selector: str) -> bool:
    return page.locator(selector).get_attribute("aria-pressed") == "true"


def copied(page, button: str) -> str:
    page.get_by_role("button", name=button).click()
    page.locator("[data-said]", has_text="Copi").wait_for(state="attached")
    return clipboard(page)


def test_ticks_survive_reload_and_language(call):
    call.locator(TICK).click()
    assert pressed(call, TICK)
    time = call.locator(f"{TICK} .step-time").inner_text()
    assert time
    call.reload()
    assert pressed(call, TICK)
    call.get_by_role("link", name="English").click()
    assert pressed(call, TICK)
    expect(call.locator("[data-progress]").last).to_have_text("1 of 4 steps done")
    call.get_by_role("button", name="New call").click()
    assert not pressed(call, TICK)
    call.get_by_role("button", name="Undo").click()
    assert pressed(call, TICK)
    call.get_by_role("button", name="New call").click()
    call.reload()
    assert not pressed(call, TICK)


NOTHING_KEPT = """
  for (const name of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(window, name, { get() { throw new DOMException("", "SecurityError"); } });
  }
"""


def test_a_new_call_is_undone_where_the_browser_keeps_nothing(call):
    call.add_init_script(NOTHING_KEPT)
    call.reload()
    call.locator(TICK).click()
    call.get_by_role("button", name="Nouvel appel").click()
    assert not pressed(call, TICK)
    call.get_by_role("button", name="Annuler").click()
    assert pressed(call, TICK)


@pytest.mark.parametrize("kept", ["{", "null", "5", '"a"', "[null]", '{"a": null}', '{"a": {}}'])
def test_what_others_left_in_the_browser_stops_no_call(call, kept):
    left = """kept => {
      for (const key of ["calls", "articles", "searches", "ticks:a/one"]) {
        localStorage.setItem(key, kept);
      }
      localStorage.setItem(`ticks:${sessionStorage.getItem("call")}/plafond-atteint`, kept);
    }"""
    call.evaluate(left.replace("plafond-atteint", BILINGUAL), kept)
    call.reload()
    call.locator(TICK).click()
    assert pressed(call, TICK)
    call.wait_for_function("slug => localStorage.articles?.includes(slug)", arg=BILINGUAL)
    call.get_by_role("button", name="favoris").click()
    call.goto("/fr/")
    assert call.locator("[data-own=favourites] li").count() == 1


@pytest.mark.parametrize("kept", ["null", "5", "[null]", '{"a": null}', '{"done": null}'])
def test_what_others_left_of_a_call_that_goes_on_stops_it_not(call, kept):
    call.locator(TICK).click()
    left = f"ticks:{call.evaluate('sessionStorage.call')}/{BILINGUAL}"
    call.evaluate("([key, kept]) => localStorage.setItem(key, kept)", [left, kept])
    call.reload()
    assert not pressed(call, TICK)
    call.locator(TICK).click()
    assert pressed(call, TICK)


@pytest.mark.parametrize("listed", ["5", "{}", "[null]", '["a"]', '[{"a": 1}]'])
def test_what_others_left_among_the_favourites_is_passed_over(call, listed):
    kept = f'{{"favourites": {listed}, "recent": {listed}}}'
    call.evaluate("kept => localStorage.setItem('articles', kept)", kept)
    call.reload()
    call.mouse.move(3, 3)
    call.wait_for_function("slug => localStorage.articles.includes(slug)", arg=BILINGUAL)
    call.get_by_role("button", name="favoris").click()
    call.goto("/fr/")
    assert call.locator("[data-own=favourites] li").count() == 1


def shown_again(page) -> None:
    """Let the browser say that it shows the page as it was left, from its back/forward cache."""
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")


def test_on_the_way_back_the_call_is_as_it_went_on(call):
    left = f"ticks:{call.evaluate('sessionStorage.call')}/{BILINGUAL}"
    call.locator(TICK).click()
    second = '{"done": {"resolution-1-step-2": "2026-01-02T10:00:00Z"}, "end": null}'
    call.evaluate("([key, kept]) => localStorage.setItem(key, kept)", [left, second])
    shown_again(call)
    assert not pressed(call, TICK)
    call.locator(TICK).click()
    assert "step-2" in call.evaluate("key => localStorage[key]", left)


def test_on_the_way_back_ticks_stay_where_the_browser_keeps_nothing(call):
    call.add_init_script(NOTHING_KEPT)
    call.reload()
    call.locator(TICK).click()
    shown_again(call)
    assert pressed(call, TICK)


def test_two_clicks_share_one_call(call):
    opened = []
    call.on("request", lambda request: request.method == "POST" and opened.append(request.url))
    call.locator("[data-share]").dblclick()
    call.locator("[data-shared-address]:not(:empty)").wait_for()
    assert len(opened) == 1


@pytest.mark.parametrize(("width", "height"), [(844, 390), (320, 256)])
def test_the_open_bar_lies_over_the_header_of_a_low_screen(call, width, height):
    call.set_viewport_size({"width": width, "height": height})
    call.evaluate("scrollTo(0, 0)")
    call.get_by_role("button", name="Plus").click()
    heading = call.locator(".call-body > h2").bounding_box()
    for place in (0.2, 0.5, 0.8):
        spot = [width * place, heading["y"] + heading["height"] + 24]
        top = "([x, y]) => Boolean(document.elementFromPoint(x, y).closest('.call'))"
        assert call.evaluate(top, spot), f"covered at {spot}"


def test_ticket_in_the_chosen_language_and_form(call):
    call.locator(TICK).click()
    call.locator("#resolution-1-step-2-1 [data-end=stuck]").focus()
    call.keyboard.press("Enter")
    note = copied(call, "Copier pour le ticket")
    assert note.startswith("Plafond atteint\nhttp://")
    number = Article.objects.get(slug=BILINGUAL).pk
    assert f"/{BILINGUAL}/\nArticle n°\u00a0{number}, révision n°\u00a01, " in note
    assert "Étapes faites\u00a0:\n- " in note
    assert "Étape 1\u00a0: Avertissement\u00a0: La suppression est définitive. Ouvrez" in note
    assert note.splitlines()[-1].startswith("Bloqué à\u00a0: ")
    assert note.endswith("Étape 2.1\u00a0: Appuyez sur Supprimer.")
    call.get_by_label("Langue du ticket").select_option("en")
    call.get_by_label("Format").select_option("markdown")
    call.evaluate("document.querySelector('[data-said]').textContent = ''")
    note = copied(call, "Copier pour le ticket")
    assert note.startswith("**[Limit reached](http://")
    assert "\n- [x] " in note
    assert "**Stuck at:** " in note
    # The server writes the one, this page the other.
    revised, called = re.findall(r"\w+\.? \d+, \d{4}", note)[:2]
    assert revised == called
    call.reload()
    assert call.get_by_label("Langue du ticket").input_value() == "en"


def test_steps_for_the_caller_are_in_the_callers_language(call):
    call.get_by_label("Langue de l’appelant").select_option("en")
    words = copied(call, "Copier les étapes pour l’appelant")
    assert words.startswith("Limit reached\n\nStep 1: Warning: The removal is final. Open Settings")
    assert "\n   Step 2.1: Tap Remove.\n" in words
    assert words.endswith(f"/en/articles/{BILINGUAL}/")


def test_a_call_from_the_home_page_by_keyboard_alone(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script("localStorage.setItem('letters', 'on')")
    page.goto("/fr/")
    page.keyboard.type("plafond")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.locator(".step-tick").first.wait_for()
    for key in ("j", "Enter", "j", "Enter"):
        page.keyboard.press(key)
    page.keyboard.press("l")
    page.wait_for_url("**/en/articles/**")
    assert page.locator("[data-progress]").last.inner_text() == "2 of 4 steps done"
    page.keyboard.press("t")
    page.locator("[data-said]", has_text="Copi").wait_for(state="attached")
    assert "Step 2: Remove the account." in clipboard(page)


@pytest.mark.parametrize("width", [320, 390, 960, 1024, 1179])
def test_below_three_columns_the_call_is_a_bar_at_the_bottom(call, width):
    call.set_viewport_size({"width": width, "height": 800})
    call.reload()
    call.locator(TICK).click()
    bar = call.locator(".call-bar")
    for place in (0, 900):
        call.evaluate(f"scrollTo(0, {place})")
        box = bar.bounding_box()
        assert box["y"] + box["height"] == pytest.approx(800, abs=1)
    call.locator(TICK).last.focus()
    focused = call.locator(TICK).last.bounding_box()
    assert focused["y"] + focused["height"] <= bar.bounding_box()["y"]
    if width > 352:
        assert bar.locator("[data-count]").inner_text() == "1/4"
    for button in bar.get_by_role("button").all():
        assert button.bounding_box()["height"] >= 44
        assert button.evaluate("one => one.scrollWidth <= one.clientWidth")
    assert copied(call, "Copier pour le ticket").startswith("Plafond atteint")
    choice = call.get_by_label("Langue du ticket")
    assert not choice.is_visible()
    call.get_by_role("button", name="Plus", exact=True).click()
    expect(choice).to_be_visible()
    call.keyboard.press("Escape")
    assert not choice.is_visible()


@pytest.mark.parametrize("width", [1180, 1440])
def test_beside_the_article_the_call_stays_in_view(call, width):
    call.set_viewport_size({"width": width, "height": 600})
    call.reload()
    call.locator(".feedback").scroll_into_view_if_needed()
    assert call.evaluate("scrollY") > 300
    box = call.get_by_role("button", name="Copier pour le ticket").bounding_box()
    assert 0 < box["y"] < 600 - box["height"]


def age(page, minutes: int) -> None:
    """Make every call of this browser ``minutes`` older than it is."""
    page.evaluate(
        """(minutes) => {
          const calls = JSON.parse(localStorage.calls);
          for (const call of Object.values(calls)) {
            call.time = new Date(Date.parse(call.time) - minutes * 60000).toISOString();
          }
          localStorage.calls = JSON.stringify(calls);
        }""",
        minutes,
    )


QUESTION = "[data-question=new]"


@pytest.mark.parametrize(("minutes", "asks"), [(5, False), (29, False), (31, True), (9000, True)])
def test_ticks_of_an_old_call_are_asked_about(call, minutes, asks):
    call.locator(TICK).click()
    age(call, minutes)
    call.reload()
    assert pressed(call, TICK)
    assert call.locator(QUESTION).is_visible() == asks


def test_the_question_goes_when_it_is_answered_and_waits_for_nobody(call):
    call.locator(TICK).click()
    age(call, 40)
    call.reload()
    call.get_by_role("button", name="Conserver").click()
    expect(call.locator(QUESTION)).to_be_hidden()
    call.reload()
    assert not call.locator(QUESTION).is_visible()
    age(call, 40)
    call.reload()
    call.locator("#resolution-1-step-2 > .step-tick").click()
    assert not call.locator(QUESTION).is_visible()
    age(call, 40)
    call.reload()
    call.get_by_role("button", name="Effacer").click()
    assert not pressed(call, TICK)
    expect(call.get_by_role("button", name="Annuler")).to_be_visible()


def test_after_the_ticket_the_next_page_asks_whether_a_new_call_begins(call):
    call.locator(TICK).click()
    copied(call, "Copier pour le ticket")
    assert not call.locator(QUESTION).is_visible()
    call.reload()
    assert call.locator(QUESTION).is_visible()


def test_two_tabs_hold_two_calls(call):
    call.locator(TICK).click()
    other = call.context.new_page()
    other.goto(call.url)
    assert pressed(other, TICK), "a new tab takes the call that goes on"
    other.get_by_role("button", name="Nouvel appel").click()
    other.locator("#resolution-1-step-2 > .step-tick").click()
    for page, ticked in ((call, [True, False]), (other, [False, True])):
        page.reload()
        assert [
            pressed(page, f"#resolution-1-step-{number} > .step-tick") for number in (1, 2)
        ] == ticked


def test_the_note_has_the_date_of_the_call(call):
    call.locator(TICK).click()
    today = call.evaluate("new Date().toLocaleDateString('fr', { dateStyle: 'long' })")
    assert f"Appel\u00a0: {today}" in copied(call, "Copier pour le ticket").splitlines()


def test_no_two_buttons_of_the_steps_share_a_name(call):
    names = call.locator(".step-tools :is(button, a), .step-tick").evaluate_all(
        "all => all.map((one) => one.textContent.replace(/\\s+/g, ' ').trim())"
    )
    assert len(names) == len(set(names)) == 20


def test_without_scripts_the_call_is_not_offered(browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/fr/articles/{BILINGUAL}/")
    assert not page.locator(".call").is_visible()
    assert not page.locator(".copy-button:visible").count()
    assert page.locator("#resolution-1-step-2-2").is_visible()
    context.close()
