"""An image on its way from the editor's clipboard to the readers, in a real browser."""

import base64

import pytest
from django.conf import settings
from django.test import Client

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
