"""An image on its way from the editor's clipboard to the readers, in a real browser."""

import base64

import pytest
from django.conf import settings
from django.test import Client

from tests.browser.editing.test_editing import form_of, sign_in
from tests.kept import copied
from tests.pictures import picture
from tests.web.content import DRAFT, Portal, make_portal
from tests.web.editors import address, person
from troubleshooting.models import Article, MediaImage

#: What a browser does when somebody pastes a picture from the clipboard.
PASTE = """([selector, data]) => {
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([bytes], "capture.png", { type: "image/png" }));
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    document.querySelector(selector).dispatchEvent(event);
}"""


#: What a browser does when somebody drops a picture before the first line of a section's text.
DROP = """([selector, data]) => {
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([bytes], "capture.png", { type: "image/png" }));
    const line = document.querySelector(selector);
    const { left, top, height } = line.getBoundingClientRect();
    const place = { clientX: left + 2, clientY: top + height / 2 };
    line.dispatchEvent(
        new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true, ...place }),
    );
}"""
#: What the pages say, by language.
WORDS = {
    "fr": {"problem": "Problème", "words": "Texte de remplacement", "insert": "Insérer",
           "cancel": "Annuler"},
    "en": {"problem": "Problem", "words": "Alternative text", "insert": "Insert",
           "cancel": "Cancel"},
}  # fmt: skip


@pytest.fixture
def portal(transactional_db) -> Portal:
    """Return a small portal."""
    return copied(make_portal)


def test_a_pasted_image_is_shown_to_those_who_see_the_article(page, live_server, portal):
    client = Client()
    client.force_login(person("rene", "Reviewer"))
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.goto(address("change", Article.objects.get(slug=DRAFT).pk))
    page.get_by_role("textbox", name="Problème", exact=True).click()
    data = base64.b64encode(picture("navy", size=(300, 200))).decode()
    page.evaluate(PASTE, [".section-problem textarea", data])
    page.get_by_label("Texte de remplacement").fill("Le plafond de l’écran")
    page.get_by_role("button", name="Insérer", exact=True).click()
    shown = page.locator("#preview .figure img")
    shown.wait_for()
    image = MediaImage.objects.get()
    assert shown.get_attribute("src") == image.get_absolute_url()
    assert shown.get_attribute("alt") == "Le plafond de l’écran"
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_text("Le texte a été enregistré.").wait_for()

    reader = Client()
    assert reader.get(image.get_absolute_url()).status_code == 404
    Article.objects.filter(slug=DRAFT).update(status="published")
    page.context.clear_cookies()
    page.goto(f"/fr/articles/{DRAFT}/")
    page.locator(".figure img").scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.figure img').naturalWidth === 300")


@pytest.mark.parametrize("language", WORDS)
def test_a_dropped_image_asks_for_its_words_and_stands_where_it_was_dropped(
    page, live_server, portal, language
):
    words = WORDS[language]
    sign_in(page.context, live_server, person("rene", "Reviewer"))
    page.goto(form_of(DRAFT).replace("/fr/", f"/{language}/") + "?language=fr")
    area = page.locator("#id_problem")
    page.get_by_role("textbox", name=words["problem"], exact=True).click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("Un.\n\nDeux.")
    page.get_by_role("textbox", name="Cause", exact=True).click()  # the caret is elsewhere
    cause = page.locator("#id_cause").input_value()
    dropped = [".section-problem .CodeMirror-line", base64.b64encode(picture("navy")).decode()]

    page.evaluate(DROP, dropped)
    page.get_by_label(words["words"]).wait_for()
    page.get_by_role("dialog").get_by_role("button", name=words["cancel"]).click()
    assert area.input_value() == "Un.\n\nDeux."  # it is not wanted after all

    page.evaluate(DROP, dropped)
    page.get_by_label(words["words"]).fill("Le plafond [bas]")
    page.get_by_role("button", name=words["insert"], exact=True).click()
    shown = page.locator("#preview .figure img")
    shown.wait_for()
    assert shown.get_attribute("alt") == "Le plafond [bas]"
    address = MediaImage.objects.get().get_absolute_url()
    before, after = area.input_value().split(f"![Le plafond \\[bas\\]]({address})")
    assert before.strip() == ""
    assert after.split() == ["Un.", "Deux."]
    assert page.locator("#id_cause").input_value() == cause
