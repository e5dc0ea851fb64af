"""A new version of the portal while pages are open and kept: the service worker changes too."""

import json
import shutil
import threading
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.template.autoreload import reset_loaders

from tests.browser.reading.test_offline import controlled, unplug
from tests.browser.reading.test_weight import Quiet
from tests.deployed import deployed
from tests.web.content import BILINGUAL
from troubleshooting.views import offline

ARTICLE = f"/fr/articles/{BILINGUAL}/"
TICK = "#resolution-1-step-1 > .step-tick"
#: What only this version says.
MARK = "\n// The next version.\n"


def next_version(folder: Path, target: Path) -> Path:
    """Copy collected files to ``target``; the notes have another hash there, the old are gone."""
    shutil.copytree(folder, target)
    manifest = target / "staticfiles.json"
    names = json.loads(manifest.read_text())
    old = names["paths"]["portal/calls/notes.js"]
    new = "portal/calls/notes.0123456789ab.js"
    text = (target / old).read_text() + MARK
    for path in (target / "portal" / "calls").glob("notes.*"):
        path.unlink()
    (target / new).write_text(text)
    (target / "portal" / "calls" / "notes.js").write_text(text)
    names["paths"]["portal/calls/notes.js"] = new
    manifest.write_text(json.dumps(names))
    return target


@pytest.fixture
def upgraded(portal, transactional_db, collected, tmp_path):
    """Return the address of a portal, and a function that upgrades it while it answers."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    settings = []

    def serve(folder: Path) -> None:
        if settings:
            settings.pop().disable()
        settings.append(deployed(folder))
        settings[-1].enable()
        cache.clear()
        reset_loaders()
        offline._files.cache_clear()
        server.set_app(get_wsgi_application())

    serve(collected)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    yield address, lambda: serve(next_version(collected, tmp_path / "next"))
    server.shutdown()
    server.server_close()
    thread.join()
    settings.pop().disable()
    cache.clear()
    reset_loaders()


def kept_by_version(page) -> dict[str, int]:
    """Return how many files are kept in each cache of a version."""
    return page.evaluate(
        """async () => Object.fromEntries(await Promise.all(
          (await caches.keys()).filter((name) => name.startsWith("shell-")).map(async (name) =>
            [name, (await (await caches.open(name)).keys()).length])))"""
    )


def test_an_open_call_goes_on_and_what_was_kept_is_read_after_an_upgrade(browser, upgraded):
    address, upgrade = upgraded
    context = browser.new_context(
        base_url=address, locale="fr-FR", permissions=["clipboard-read", "clipboard-write"]
    )
    page = context.new_page()
    controlled(page, ARTICLE)
    page.locator(TICK).click()
    assert len(kept_by_version(page)) == 1

    upgrade()
    other = context.new_page()
    other.goto("/fr/")
    other.evaluate(
        """async () => {
          const worker = await navigator.serviceWorker.ready;
          await worker.update();
          const shells = async () => (await caches.keys()).filter((name) => /^shell-/.test(name));
          while (worker.installing || worker.waiting || worker.active.state !== "activated"
            || (await shells()).length < 2) await new Promise((again) => setTimeout(again, 50));
        }"""
    )
    before, now = kept_by_version(other).values()
    assert 0 < before < now, "pages of the version before are gone, its files are there"

    # The note's script is asked for now, by the name it had: the portal has it no longer.
    page.get_by_role("button", name="Copier pour le ticket").click()
    page.locator("[data-said]", has_text="Copi").wait_for(state="attached")
    assert page.evaluate("navigator.clipboard.readText()").startswith("Plafond atteint")
    assert page.locator(TICK).get_attribute("aria-pressed") == "true"

    page.reload()
    assert page.locator(TICK).get_attribute("aria-pressed") == "true"
    unplug(page)
    page.reload()
    assert page.locator(".kept").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.call-bar')).display") == "none"
    assert page.locator("h1").inner_text() == "Plafond atteint"
    context.close()
