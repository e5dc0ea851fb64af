"""Reading without a network, in a real browser."""

import pytest

from tests.browser.pages import PATHS
from tests.web.content import BILINGUAL, CODE, FRENCH_ONLY, write
from troubleshooting.models import Article

pytestmark = pytest.mark.usefixtures("portal")


@pytest.fixture
def reader(browser, live_server):
    """Return a page that the service worker looks after."""
    context = browser.new_context(base_url=live_server.url, locale="fr-FR")
    page = context.new_page()
    page.goto("/fr/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    yield page
    context.close()


def controlled(page, path):
    page.goto(path)
    page.evaluate(
        "navigator.serviceWorker.controller || new Promise((done) => "
        "navigator.serviceWorker.addEventListener('controllerchange', () => done(true)))"
        ".then(() => true)"
    )
    page.goto(path)


def unplug(page):
    """Take the network away and wait until the service worker, a process apart, is without it."""
    page.context.set_offline(True)
    page.evaluate(
        """async () => {
          for (;;) {
            try { await fetch(`/probe.json?${Math.random()}`); } catch { return; }
            await new Promise((again) => setTimeout(again, 50));
          }
        }"""
    )


@pytest.mark.parametrize("service_workers", ["allow"])
def test_every_page_comes_through_it_as_the_portal_gives_it(page):
    """Elsewhere pages come without it; here ``page`` notices what goes wrong on the way."""
    controlled(page, "/fr/")
    for path in PATHS:
        answer = page.goto(f"/fr/{path}")
        assert answer.from_service_worker, path
        assert answer.status == page.request.get(f"/fr/{path}").status, path
        assert not page.locator(".kept").is_visible(), path


def test_visited_pages_stay_and_say_that_they_are_kept(reader, portal):
    path = f"/fr/articles/{BILINGUAL}/"
    controlled(reader, path)
    assert not reader.locator(".kept").is_visible()
    unplug(reader)
    reader.goto(path)
    assert reader.get_by_role("heading", level=1).inner_text() == "Plafond atteint"
    assert reader.locator(".kept").is_visible()
    assert reader.locator(".kept [data-since]").inner_text()
    reader.goto(f"/fr/articles/{FRENCH_ONLY}/")
    assert reader.get_by_role("heading", level=1).inner_text() == "Hors connexion"
    assert reader.locator(".missed").is_visible()
    assert not reader.locator(".kept").is_visible()
    reader.goto("/fr/search/?q=-2133916608")
    reader.locator("[data-results] a", has_text="Plafond atteint").wait_for()
    assert "ouverts dans ce navigateur" in reader.locator("[data-found]").inner_text()


def test_the_first_page_of_a_visit_stays_too(browser, live_server):
    context = browser.new_context(base_url=live_server.url, locale="fr-FR")
    page = context.new_page()
    page.goto(f"/fr/articles/{BILINGUAL}/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("caches.match(location.href).then(Boolean)")
    unplug(page)
    page.goto(f"/fr/articles/{BILINGUAL}/")
    assert page.get_by_role("heading", level=1).inner_text() == "Plafond atteint"
    assert page.locator(".kept").is_visible()
    context.close()


def test_the_note_of_a_kept_page_is_copied(browser, live_server):
    """The page and what a note says of it are kept with the first visit, steps or none."""
    context = browser.new_context(base_url=live_server.url, locale="fr-FR")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    write(Article.objects.get(slug=FRENCH_ONLY), "fr", "Échec", resolution="Attendez.")
    for slug, words in ((FRENCH_ONLY, "Attendez."), (BILINGUAL, "Aucune étape")):
        page.goto(f"/fr/articles/{slug}/")
        page.evaluate(
            """async () => {
              for (;;) {
                const all = ["", "steps.json"].map((one) => caches.match(location.href + one));
                if ((await Promise.all(all)).every(Boolean)) return;
                await new Promise((again) => setTimeout(again, 50));
              }
            }"""
        )
        unplug(page)
        page.goto(f"/fr/articles/{slug}/")
        assert page.locator(".kept").is_visible()
        page.get_by_role("button", name="Copier pour le ticket").click()
        page.locator("[data-said]", has_text="Copi").wait_for(state="attached")
        assert words in page.evaluate("navigator.clipboard.readText()")
        context.set_offline(False)
    context.close()


def test_online_a_kept_page_is_never_shown(reader, portal):
    path = f"/fr/articles/{BILINGUAL}/"
    controlled(reader, path)
    write(portal.articles[BILINGUAL], "fr", "Nouveau titre", problem="Nouveau.")
    reader.goto(path)
    assert reader.get_by_role("heading", level=1).inner_text() == "Nouveau titre"
    assert not reader.locator(".kept").is_visible()


def test_the_whole_portal_is_saved_and_searched(reader):
    controlled(reader, "/fr/offline/")
    reader.get_by_role("button", name="Tout enregistrer").click()
    reader.get_by_text("Articles enregistrés\u00a0: 28 sur 28").wait_for()
    unplug(reader)
    reader.goto("/fr/")
    reader.locator("[name=q]").first.fill(CODE.lower())
    reader.locator("[name=q]").first.press("Enter")
    reader.wait_for_url("**/fr/offline/?q=*")
    reader.locator("[data-results] a").first.click()
    reader.get_by_role("heading", level=1, name="Plafond atteint").wait_for()
    assert reader.locator(".kept").is_visible()
    reader.goto("/fr/offline/?q=ECHEC+profil")
    reader.locator("[data-found]", has_text="1 article").wait_for()
    answer, offer = (
        reader.locator(place).bounding_box()["y"] for place in ("[data-results] a", ".offline-save")
    )
    assert answer < offer, "what was searched for comes first"
    reader.goto("/fr/logs/")
    log = {"name": "a.log", "mimeType": "text/plain", "buffer": f"error {CODE}".encode()}
    reader.set_input_files("#log-files", log)
    reader.locator(".log-results .hit-title", has_text="Plafond atteint").wait_for()
