"""What a caller sees of a call, and the way from the code to the note."""

import pytest

from tests.browser.reading.test_call import QUESTION, TICK, clipboard, copied
from tests.web.content import write
from troubleshooting.models import Article

pytestmark = pytest.mark.usefixtures("portal")

#: A row of a table of codes, as an import makes it: a code, a text and no numbered steps.
ROW = "0x80070032"


@pytest.fixture
def row(page):
    """Return the browser's page of a portal with an article without steps, in two languages."""
    article = Article.objects.create(slug="ligne", status="published", kind="error")
    for language, title, text in (
        ("fr", "Prérequis manquant", "Contrôlez les **mises à jour**.\n\nRelancez."),
        ("en", "Missing prerequisite", "Check the **updates**.\n\nStart again."),
    ):
        write(article, language, f"{ROW}: {title}", resolution=text)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return page


@pytest.mark.parametrize("width", [320, 390, 960, 1179, 1180, 1440])
def test_from_the_code_to_the_note_three_keys_or_clicks(row, width):
    row.set_viewport_size({"width": width, "height": 800})
    row.goto("/fr/")
    row.get_by_role("combobox").first.fill(ROW)
    row.keyboard.press("Enter")
    assert (
        row.locator(".code-answer-links .button-primary").inner_text() == "Ouvrir à la résolution"
    )
    row.locator("main .code-answer-title a", has_text="Prérequis").first.click()
    row.wait_for_url("**/fr/articles/ligne/**")  # with its style sheet, which hides one of two
    row.locator("[data-ticket]:visible").click()
    row.locator("[data-said]", has_text="Copi").wait_for(state="attached")
    today = row.evaluate("new Date().toLocaleDateString('fr', { dateStyle: 'long' })")
    number = Article.objects.get(slug="ligne").pk
    lines = clipboard(row).splitlines()
    assert lines[0].endswith("Prérequis manquant")
    assert lines[1].endswith("/fr/articles/ligne/")
    assert lines[2].startswith(f"Article n°\u00a0{number}, ")
    assert lines[3:] == [
        f"Code\u00a0: {ROW}", f"Appel\u00a0: {today}", "", "Résolution\u00a0:",
        "Contrôlez les mises à jour.", "", "Relancez.",
    ]  # fmt: skip
    assert "0/0" not in row.locator("#call-panel").inner_text()


def test_without_steps_the_call_has_an_end_a_caller_and_no_ticks(row):
    row.goto("/fr/articles/ligne/")
    panel = row.locator("#call-panel")
    assert not panel.locator("progress, [data-count], [data-progress]").count()
    solved = panel.get_by_role("button", name="Résolu", exact=True)
    solved.click()
    assert solved.get_attribute("aria-pressed") == "true"
    panel.get_by_role("button", name="Envoyer", exact=True).click()
    row.locator("[data-said]", has_text="Merci").wait_for(state="attached")
    row.get_by_label("Langue de l’appelant").select_option("en")
    assert copied(row, "Copier le texte pour l’appelant").endswith(
        "Check the updates.\n\nStart again.\n\n" + row.url.replace("/fr/", "/en/")
    )
    row.evaluate("document.querySelector('[data-said]').textContent = ''")
    assert "\n\nRésolu\u00a0: " in copied(row, "Copier pour le ticket")
    row.reload()
    assert row.locator(QUESTION).inner_text().startswith("Nouvel appel\u00a0? Cette réponse")
    row.get_by_role("button", name="Effacer").click()
    assert solved.get_attribute("aria-pressed") == "false"
    row.get_by_role("button", name="Annuler").click()
    assert solved.get_attribute("aria-pressed") == "true"


def on_a_phone(browser):
    """Return a page of the caller's own browser."""
    screen = {"width": 390, "height": 800}
    return browser.new_context(locale="en", viewport=screen, service_workers="block").new_page()


def test_a_caller_reads_along_where_there_is_nothing_to_tick(row, browser):
    row.goto("/fr/articles/ligne/")
    row.get_by_role("button", name="Partager avec l’appelant").click()
    row.locator(".call-shared-picture svg").wait_for()
    address = row.locator("[data-shared-address]").inner_text().replace("\n", "")
    phone = on_a_phone(browser)
    phone.goto(f"http://{address}")
    phone.locator("main form button").click()
    phone.get_by_text("Check the updates.").wait_for()
    row.get_by_text("L’appelant voit la résolution.").wait_for()
    assert "0 of 0" not in phone.locator("main").inner_text()
    assert not phone.locator(".step-tick").count()
    row.get_by_role("button", name="Arrêter le partage").click()
    phone.get_by_text("The call is over. The text stays").wait_for()
    phone.context.close()


def test_agent_and_caller_see_each_others_ticks(call, browser):
    call.locator(TICK).click()
    call.get_by_role("button", name="Partager avec l’appelant").click()
    call.locator(".call-shared-picture svg").wait_for()
    address = call.locator("[data-shared-address]").inner_text().replace("\n", "")
    phone = on_a_phone(browser)
    phone.goto(f"http://{address}")
    phone.get_by_role("button", name="Show the steps").click()
    phone.locator(f"{TICK}[aria-pressed=true]").wait_for()
    phone.locator("#resolution-1-step-2-1 > .step-tick").click()
    call.locator("#resolution-1-step-2-1 > .step-tick[aria-pressed=true]").wait_for()
    assert not call.locator(".call-shared-picture").is_visible()
    call.get_by_role("button", name="Arrêter le partage").click()
    phone.get_by_text("The call is over.").wait_for()
    phone.context.close()
