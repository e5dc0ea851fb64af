"""A browser after somebody has signed out, with and without a network: nothing hidden is left."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Error as PlaywrightError

from tests.browser.reading.test_offline import controlled, unplug
from tests.people import person
from tests.security.test_headers import KNOWN, routes
from tests.web.content import BILINGUAL, DRAFT, write

WORD = "zyxsecret"
CODE = "0x8A7B0009"
DRAFT_PAGES = (
    f"/fr/articles/{DRAFT}/",
    f"/fr/articles/{DRAFT}/feedback/",
    f"/fr/articles/{DRAFT}/error/",
    f"/fr/articles/{DRAFT}/steps.json",
    f"/fr/codes/{CODE}/",
    "/fr/codes/",
    "/fr/articles/",
    "/fr/messages/",
    f"/fr/search/?q={WORD}",
    f"/fr/search/suggestions/?q={WORD}",
    "/fr/",
)
#: Asks for addresses as a navigation or a script would, in the service worker and by its own rules:
#: no page is drawn. Answers with the texts that a reader would have got.
WALK = """async (addresses) => {
  const texts = [];
  for (const address of addresses) {
    const later = [];
    const event = { waitUntil: (promise) => later.push(promise) };
    const request = new Request(address, { redirect: "manual" });
    const { pathname } = new URL(request.url);
    const way = /^\\/media\\/|\\.json$/.test(pathname) ? data : page;
    const answer = await way(event, request).catch(() => null);
    texts.push(answer ? await answer.text() : "");
    await Promise.all(later);
  }
  return texts;
}"""


@pytest.fixture
def reader(browser, live_server, portal):
    """Return a tab in which an editor has signed in and the service worker keeps pages."""
    texts = {"problem": f"Le message « {WORD} » et {CODE}."}
    texts |= {"resolution": f"1. Ouvrez {WORD}.\n2. {WORD}."}
    write(portal.articles[DRAFT], "fr", f"Titre {WORD}", **texts)
    person("author")
    context = browser.new_context(base_url=live_server.url, locale="fr-FR")
    page = context.new_page()
    controlled(page, f"/fr/articles/{BILINGUAL}/")
    page.goto("/fr/sign-in/")
    page.fill("[name=username]", "author")
    page.fill("[name=password]", "author-password")
    page.click("main button[type=submit]")
    page.locator("form.signed-in").wait_for()
    yield page
    context.close()


def visit(page) -> None:
    """Open all that shows the draft, as pages and as what scripts fetch."""
    for address in DRAFT_PAGES:
        assert page.goto(address).status == 200
        assert WORD in page.content() or address in ("/fr/articles/", "/fr/")
    page.goto("/fr/")
    page.evaluate(
        "(addresses) => Promise.all(addresses.map((one) => fetch(one)))", list(DRAFT_PAGES)
    )


def kept(page) -> str:
    """Return all that the browser keeps for the portal's scripts, as one text."""
    return page.evaluate(
        """async () => {
          const texts = [localStorage, sessionStorage].map((one) => JSON.stringify({ ...one }));
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const key of await cache.keys()) {
              texts.push(key.url, await (await cache.match(key)).text());
            }
          }
          return texts.join(" ");
        }"""
    )


def sign_out(page) -> None:
    page.locator("form.signed-in button").click()
    page.get_by_role("link", name="Se connecter").wait_for()


def test_while_signed_in_nothing_hidden_is_kept_either(reader):
    visit(reader)
    text = kept(reader)
    assert "Plafond atteint" in text  # the page from before
    assert WORD not in text
    assert "author" not in text


def test_without_a_network_nothing_hidden_is_shown(reader):
    visit(reader)
    sign_out(reader)
    controlled(reader, "/fr/")
    unplug(reader)
    for address in (*DRAFT_PAGES, "/fr/articles/?page=3"):
        # Where there is nothing to show the browser shows a page of its own.
        with suppress(PlaywrightError):
            reader.goto(address)
        shown = reader.content().replace(f"q={WORD}", "").replace(f'value="{WORD}"', "")
        assert WORD not in shown, address


def every_address(monkeypatch) -> list[str]:
    """Return an address for each route, of the draft and its code where it names one.

    Those of the administration are left out: the worker keeps none, whoever asks.
    """
    monkeypatch.setitem(KNOWN, "slug", DRAFT)
    monkeypatch.setitem(KNOWN, "canonical", CODE)
    return [one for one in dict.fromkeys(routes()) if not re.search("/admin/|unknown/", one)]


def test_no_route_leaves_anything_hidden(reader, monkeypatch):
    addresses = every_address(monkeypatch)
    assert len(addresses) > 60
    (worker,) = reader.context.service_workers
    seen = worker.evaluate(WALK, addresses)
    assert sum(WORD in one for one in seen) > 8, "who is signed in sees the draft"
    assert WORD not in kept(reader)
    sign_out(reader)
    unplug(reader)
    offline = dict(zip(addresses, worker.evaluate(WALK, addresses), strict=True))
    assert [one for one, text in offline.items() if WORD in text] == []
    assert "data-missed" in offline[f"/fr/articles/{DRAFT}/"]


def test_the_way_back_shows_nothing_hidden(reader):
    visit(reader)
    reader.goto(f"/fr/articles/{DRAFT}/")
    sign_out(reader)
    for _ in DRAFT_PAGES[:3]:
        reader.go_back()
        shown = reader.locator("body").inner_text()
        assert WORD not in shown, reader.url


def test_who_signs_out_without_a_network_is_told_to_be_signed_in_still(reader):
    visit(reader)
    controlled(reader, f"/fr/articles/{BILINGUAL}/")
    unplug(reader)
    reader.locator("form.signed-in button").click()
    reader.locator(".still-signed-in").wait_for()
    assert not reader.locator(".missed").is_visible()
    assert WORD not in kept(reader)
    for address in DRAFT_PAGES[:5]:
        with suppress(PlaywrightError):
            reader.goto(address)
        assert WORD not in reader.locator("body").inner_text(), address
    reader.goto(f"/fr/articles/{BILINGUAL}/")
    assert reader.get_by_role("heading", level=1).inner_text() == "Plafond atteint"
    reader.context.set_offline(False)
    reader.goto("/fr/")
    sign_out(reader)
    assert "Plafond atteint" not in kept(reader)


def test_signing_out_erases_ticks_and_searches(reader):
    reader.evaluate(f"localStorage.setItem('call:{WORD}', '{{}}')")
    reader.evaluate(f"localStorage.setItem('searches', '[\"{WORD}\"]')")
    reader.evaluate(f"sessionStorage.setItem('any', '{WORD}')")
    assert WORD in kept(reader)
    reader.goto("/fr/admin/")
    reader.locator(".shell-account summary").click()
    reader.locator("#logout-form button").click()
    reader.get_by_role("link", name="Se connecter").wait_for()
    assert WORD not in kept(reader)


def test_the_colours_and_the_choice_of_keys_stay(reader):
    reader.evaluate("localStorage.setItem('theme', 'dark')")
    reader.evaluate("localStorage.setItem('keys', 'off')")
    reader.goto(f"/fr/articles/{DRAFT}/")
    sign_out(reader)
    assert reader.evaluate("localStorage.getItem('theme')") == "dark"
    assert reader.evaluate("document.documentElement.dataset.theme") == "dark"
    assert reader.evaluate("localStorage.getItem('keys')") == "off"
    assert not {"theme=", "keys="} & set(reader.evaluate("document.cookie.match(/\\w+=/g) ?? []"))
