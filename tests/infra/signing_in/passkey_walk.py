"""Walks through a passkey in Chromium, which plays the device that holds it; prints what came.

A process of its own, as ``mfa_walk`` is. Its words are the folder of the data, Chromium's path and
how the device is reached: ``internal`` for the one that shows the page, ``usb`` for a key that one
carries along.
"""

from __future__ import annotations

import json
import os
import sys
from threading import Thread
from typing import Any

from playwright.sync_api import BrowserContext, Page, sync_playwright
from playwright.sync_api import TimeoutError as TimedOutError

from tests.browsing import CHROMIUM_ARGUMENTS, watch
from tests.infra.signing_in.mfa_walk import PASSWORD, known, set_up

#: A device that asks for a fingerprint and is given it.
DEVICE = {
    "protocol": "ctap2", "hasResidentKey": True,
    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def serve() -> str:
    """Serve the portal on a thread; return its address."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    server = ThreadedWSGIServer(("localhost", 0), WSGIRequestHandler)
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    Thread(target=server.serve_forever, daemon=True).start()
    return f"http://localhost:{server.server_port}"


def sign_in(page: Page, address: str) -> None:
    """Type the password on the page for signing in."""
    page.goto(f"{address}/en/sign-in/?next=/en/codes/")
    page.get_by_label("User name").fill("ada")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def name_on(page: Page, leads_to: str) -> str:
    """Return who is signed in, on the page that signing in leads to.

    Raises: AssertionError: it led elsewhere; it says what the page there shows.
    """
    try:
        page.wait_for_url(leads_to)
        return page.locator(".signed-in span").inner_text()
    except TimedOutError:
        shown = page.locator("body").inner_text()
        raise AssertionError(f"{page.url} instead of {leads_to}: {shown[:1000]}") from None


def walk(context: BrowserContext, address: str, transport: str) -> dict[str, Any]:
    """Add a passkey, name it, sign in with it, and remove it."""
    page = context.new_page()
    faults = watch(page, address.removeprefix("http://"))
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {**DEVICE, "transport": transport}
    made = device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    found: dict[str, Any] = {}
    sign_in(page, address)
    page.goto(f"{address}/en/second-factor/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name").fill("Phone <b>")
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url("**/recovery-codes/")
    found["recovery codes"] = page.locator("ul.factor-codes li").count()
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_role("link", name="Rename Phone <b>").click()
    page.get_by_label("Name").fill("Old phone")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Old phone", exact=True).wait_for()
    found["name"] = page.locator(".factor-keys strong").all_inner_texts()
    context.clear_cookies()
    page.goto(f"{address}/en/sign-in/?next=/en/codes/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    found["passkey alone"] = name_on(page, f"{address}/en/codes/")
    context.clear_cookies()
    sign_in(page, address)
    page.wait_for_url("**/sign-in/code/")
    page.get_by_role("button", name="Use a passkey").click()
    found["passkey after the password"] = name_on(page, f"{address}/en/codes/")
    context.clear_cookies()
    device.send("WebAuthn.setUserVerified", {**made, "isUserVerified": False})
    page.goto(f"{address}/en/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("gave no passkey").wait_for()
    found["another finger"] = page.locator(".signed-in").count()
    device.send("WebAuthn.setUserVerified", {**made, "isUserVerified": True})
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{address}/en/")
    page.goto(f"{address}/en/second-factor/")
    page.get_by_role("link", name="Remove Old phone").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Remove").click()
    page.wait_for_url("**/second-factor/")
    found["removed"] = page.locator(".factor-keys, #recovery").count()
    found["faults"] = faults
    return found


if __name__ == "__main__":
    set_up(sys.argv[1])
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    known("ada")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=sys.argv[2] or None, args=CHROMIUM_ARGUMENTS
        )
        # Without a worker, that answers by a kept page where the portal is slow to.
        context = browser.new_context(service_workers="block")
        print(json.dumps(walk(context, serve(), sys.argv[3])))
