"""A reader who does everything that a payload may wait for, in a real browser."""

from __future__ import annotations

import re

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from tests.security.injection.payloads import BEACON

#: Every element, those in shadow trees too.
_DEEP = """
  const deep = (root) => [...root.querySelectorAll("*")].flatMap((one) =>
    [one, ...(one.shadowRoot ? deep(one.shadowRoot) : [])]);
"""
#: Brings about the event of every handler that markup can hold, and follows every address that
#: leads nowhere an ordinary link leads. Ends when the browser has drawn twice since: what loads,
#: fails, opens or takes the focus by itself has done so before.
_DO_EVERYTHING = """async () => {
  const drawn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const ordinary = /^(https?|mailto|tel):/;
  @DEEP@
  const all = deep(document);
  for (const element of all) {
    for (const { name } of element.attributes) {
      if (name.startsWith("on")) element.dispatchEvent(new Event(name.slice(2), { bubbles: true }));
    }
  }
  const address = (link) => String(link.href?.baseVal ?? link.href ?? "");
  for (const link of all.filter((one) => /^(a|area)$/i.test(one.localName))) {
    if (!address(link) || ordinary.test(new URL(address(link), location.href).href)) continue;
    link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  }
  await drawn();
  for (const form of all.filter((one) => one.localName === "form")) {
    const sender = form.querySelector("button, [type=submit], [type=image]");
    const own = sender?.hasAttribute("formaction") ? sender.formAction : "";
    const target = own || form.getAttribute("action") || "";
    if (new URL(target, location.href).host === location.host) continue;
    form.requestSubmit(sender);
    await drawn();
  }
  await drawn();
  await drawn();
}"""
_FOREIGN = """([part, own]) => {
  @DEEP@
  return deep(document).filter((one) => one.matches(part)).flatMap((element) => [
  ...(own.includes(element.localName) ? [] : [element.outerHTML]),
  ...[...element.attributes].filter(({ name }) => /^(on|style$|srcdoc$|formaction$)/.test(name))
    .map(({ name }) => `${name} in ${element.outerHTML}`),
  ...[...element.attributes].filter(({ name, value }) => /^(href|src|action)$/.test(name)
    && !/^(https?|mailto|tel):$/.test(new URL(value, location.href).protocol))
    .map(({ value }) => value),
  ]);
}"""
_PROSE = "[...document.querySelectorAll('.prose')].map((part) => part.textContent).join(' ')"
#: Whatever the portal's own pages are made of below their header.
OWN_ELEMENTS = [
    *("a", "abbr", "article", "aside", "b", "bdi", "blockquote", "br", "button", "caption"),
    *("code", "col"),
    *("colgroup", "dd", "del", "details", "dialog", "div", "dl", "dt", "em", "fieldset", "form"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "input", "ins", "kbd"),
    *("label", "legend", "li", "main", "mark", "nav", "ol", "option", "p", "pre", "progress"),
    *("q", "s", "samp", "section", "select", "small", "span", "strong", "sub", "summary", "sup"),
    *("svg", "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "time"),
    *("tr", "u", "ul", "use", "var", "wbr"),
]


class Reader:
    """One browser window.

    ``fired`` holds the numbers of the payloads that ran or asked for something,
    ``seen`` those whose place in a text was on a page, ``faults`` what stood on the console.
    """

    def __init__(self, browser: Browser, address: str, answers: bool = True) -> None:
        """``answers``: requests that leave the browser are answered and count, not those stopped.

        Without, whatever is asked for counts, and the browser keeps scripts from page to page.
        """
        self.fired: set[int] = set()
        self.seen: set[int] = set()
        self.faults: list[str] = []
        self.address = address
        self.context: BrowserContext = browser.new_context(
            base_url=address, locale="fr-FR", service_workers="block"
        )
        self.context.expose_binding("fired", lambda _source, number: self._note(str(number)))
        if answers:
            self.context.route(f"{BEACON}**", self._beacon)
        else:
            self.context.on("request", self._request)
        self.page: Page = self.context.new_page()
        self.page.on("dialog", self._dialog)
        self.page.on("console", self._console)

    def read(self, path: str) -> None:
        """Open a page of the portal and do everything there."""
        self.page.goto(path)
        self.do_everything()

    def do_everything(self) -> None:
        """Bring about every event on the page as it is."""
        self.page.evaluate(_DO_EVERYTHING.replace("@DEEP@", _DEEP))
        words = self.page.evaluate(_PROSE)
        self.seen.update(int(number) for number in re.findall(r"Repère(\d+)\.", words))

    def sign_in(self, client: Client) -> None:
        """Go on with the session of ``client``."""
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": self.address}
        self.context.add_cookies([cookie])

    def foreign(self) -> list[str]:
        """What in the page's content no template of the portal and no sanitised text holds.

        In the administration, where an editor's script draws its own, only texts are looked at.
        """
        part = ".prose *" if "/admin/" in self.page.url else "main *:not(script[src])"
        return self.page.evaluate(_FOREIGN.replace("@DEEP@", _DEEP), [part, OWN_ELEMENTS])

    def close(self) -> None:
        self.context.close()

    def _note(self, text: str) -> None:
        self.fired.update(int(number) for number in re.findall(r"\d+", text))

    def _request(self, request) -> None:
        if request.url.startswith(BEACON):
            self._note(request.url.removeprefix(BEACON))

    def _beacon(self, route) -> None:
        self._request(route.request)
        route.fulfill(status=204)

    def _dialog(self, dialog) -> None:
        self._note(dialog.message or "0")
        dialog.dismiss()

    def _console(self, message) -> None:
        address = message.location.get("url", "")
        # The browser asks for this one by itself where a page, such as JSON, names no icon.
        if message.type == "error" and not address.endswith("/favicon.ico"):
            self.faults.append(f"{message.text} ({address})")
