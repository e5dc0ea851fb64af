"""What people see of programs: the widget in a page of another host, tokens, the page of the API.

The page fixture fails where the console tells of a breach of the Content-Security-Policy.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.editing.test_editing import sign_in
from tests.browser.wcag import axe, violations
from tests.people import person
from tests.web.content import CODE

__all__ = ["axe"]
DESK = Path("clients/widget").resolve()
PORTAL = "http://127.0.0.1:8000"
#: Letters, words, lines and paragraphs as far apart as WCAG 2.2, 1.4.12, asks for.
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
#: Elements with words that are cut off.
CUT = """() => [...document.querySelectorAll("main *")].filter((one) => {
  const style = getComputedStyle(one);
  const hides = style.overflowX === "hidden" || style.overflowY === "hidden";
  const isShown = one.clientWidth > 1 && one.clientHeight > 1;
  return hides && isShown && style.textOverflow !== "ellipsis" &&
    (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
}).map((one) => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.usefixtures("portal")
def test_pages_about_programs(page, live_server, settings, axe, language):
    settings.WIDGET_ORIGINS = ["https://desk.example.org"]
    sign_in(page.context, live_server, person("reviewer"))
    page.add_init_script(axe)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    for path in (f"/{language}/tokens/", f"/{language}/widget/", "/api/v1/docs/"):
        page.set_viewport_size({"width": 1280, "height": 800})
        page.emulate_media(color_scheme="light")
        page.goto(path)
        if path.endswith("tokens/"):
            page.fill("[name=name]", "Zammad")
            page.locator("[name=scopes]").first.check()
            page.locator("main form button[type=submit]").first.click()
            page.get_by_text("kbp_").first.wait_for()
        assert violations(page, axe) == [], path
        page.emulate_media(color_scheme="dark")
        assert violations(page, axe, colours=True) == [], (path, "dark")
        page.evaluate(SPACED)
        assert page.evaluate(CUT) == [], path
        page.set_viewport_size({"width": 320, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


class _Desk(SimpleHTTPRequestHandler):
    """The demo page as its ticket system sends it, with the address of the portal of the test."""

    def __init__(self, *arguments: object, portal: str, **options: object) -> None:
        self.portal = portal
        super().__init__(*arguments, directory=str(DESK), **options)

    def do_GET(self) -> None:
        if not self.path.endswith(".html"):
            super().do_GET()
            return
        text = (DESK / "demo.html").read_text("utf-8").replace(PORTAL, self.portal).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        policy = f"default-src 'none'; script-src 'self' {self.portal}; frame-src {self.portal}"
        self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def desk(live_server) -> Iterator[str]:
    """Yield the origin of a ticket system on another host than the portal's."""
    assert "localhost" in live_server.url
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Desk, portal=live_server.url))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.usefixtures("portal")
def test_the_widget_in_a_page_of_another_host(browser, desk, live_server, settings):
    settings.WIDGET_ORIGINS = [desk]
    context = browser.new_context()
    tab = context.new_page()
    faults: list[str] = []
    tab.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.goto(f"{desk}/demo.html")
    tab.click("#match")
    frame = tab.frame_locator("#portal iframe")
    frame.get_by_text("mary.miller@example.org").first.wait_for()
    marked = ["Mary Miller", "mary.miller@example.org"]
    assert frame.locator("[data-marked] mark").all_inner_texts() == marked
    frame.get_by_role("button", name="Find articles").click()
    frame.locator(".hit").first.wait_for()
    frame.locator("[data-fill]").first.click()
    expect(tab.locator("#reply")).to_have_value(re.compile("Limit reached"))
    reply = tab.input_value("#reply")
    assert "/en/articles/" in reply
    assert CODE.lower() in tab.inner_text("#ticket").lower()
    assert faults == []
    settings.WIDGET_ORIGINS = ["https://desk.example.org"]
    tab.goto(f"{desk}/demo.html")
    tab.wait_for_load_state("networkidle")
    assert any("frame-ancestors" in one for one in faults)
    context.close()
