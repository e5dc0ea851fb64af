#!/usr/bin/env python3
"""Take the pictures in docs/screenshots/ of a portal that is running.

    python scripts/browsing/screenshots.py [--address http://127.0.0.1:8000]
        [--folder docs/screenshots] [--user reviewer --password WORD]

Needs Playwright and Chromium, as the browser tests do, and the articles of fixtures/. The pages of
editors are taken when a user is named (`manage.py seed_demo_users`); they need the suggested
templates and one snippet.
"""

import argparse
import shutil
import sys
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome")
DESKTOP: ViewportSize = {"width": 1280, "height": 860}
WIDE: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}


#: What an agent might paste: the codes stand among lines that say nothing.
LOG = "\n".join(
    [
        *(f"2024-03-01 10:00:{second:02} [INFO] service heartbeat" for second in range(12)),
        "2024-03-01 10:01:07 [ERROR] Enrollment failed: DeviceCapReached",
        "2024-03-01 10:01:09 [ERROR] retry failed hr=0x8007064C",
        *(f"2024-03-01 10:02:{second:02} [INFO] service heartbeat" for second in range(12)),
    ]
)


ADMIN = "admin/troubleshooting"


class Picture(NamedTuple):
    """One file: ``path`` is below the language's prefix; ``pasted`` is then put into the box."""

    name: str
    path: str
    languages: tuple[str, ...] = ("fr", "en")
    phone: bool = False
    dark: bool = False
    pasted: str = ""
    editor: bool = False


PICTURES = (
    Picture("home", ""),
    Picture("list", "articles/?platform=ios"),
    Picture("search", "search/?q=-2147023284"),
    Picture("search-log", "", pasted=LOG),
    Picture("search-nothing", "search/?q=0x80180014", ("fr",)),
    Picture("search-phone", "search/?q=DeviceCapReached", ("fr",), phone=True),
    Picture("article", "articles/mdm-authority-not-defined/"),
    Picture("document", "documents/device-enrollment/", ("fr",)),
    Picture("code", "codes/0x8007064C/", ("fr",)),
    Picture("codes", "codes/", ("en",)),
    Picture("messages", "messages/", ("fr",)),
    Picture("article-dark", "articles/mdm-authority-not-defined/", ("fr",), dark=True),
    Picture("article-phone", "articles/mdm-authority-not-defined/", ("en",), phone=True),
    Picture("admin", "admin/", editor=True),
    Picture("admin-article", f"{ADMIN}/article/3/change/?language=fr", ("fr",), editor=True),
    Picture("admin-article", f"{ADMIN}/article/3/change/?language=en", ("en",), editor=True),
    Picture(
        "admin-article-dark",
        f"{ADMIN}/article/3/change/?language=en",
        ("en",),
        dark=True,
        editor=True,
    ),
    Picture("admin-template", f"{ADMIN}/articletemplate/1/change/", editor=True),
    Picture("admin-snippet", f"{ADMIN}/snippet/1/change/", editor=True),
    Picture("admin-translate", f"{ADMIN}/article/3/translate/en/", ("fr",), editor=True),
)


def take(page: Page, address: str, target: Path, pasted: str = "") -> None:
    """Open ``address``, search there for ``pasted``, and write what is seen to ``target``.

    Raise ``SystemExit``: the portal does not answer there with a page.
    """
    response = page.goto(address)
    if response is None or not response.ok:
        sys.exit(f"{address}: status {response.status if response else 'unknown'}")
    if pasted:
        page.locator("form.search-box textarea").fill(pasted)
        page.locator("form.search-box button").click()
    page.wait_for_load_state("networkidle")
    # 256 colours are enough for an interface, and a third of the size.
    picture = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    picture.quantize(256, dither=Image.Dither.NONE).save(target, optimize=True)


def sign_in(page: Page, address: str, user: str, password: str) -> None:
    """Sign in to the administration."""
    page.goto(f"{address}/fr/admin/login/")
    page.fill("[name=username]", user)
    page.fill("[name=password]", password)
    page.click("[type=submit]")
    page.wait_for_url("**/fr/admin/")


def take_all(browser: Browser, address: str, folder: Path, editor: tuple[str, str]) -> None:
    """Write every picture of ``PICTURES`` to ``folder``; those of editors if one is named."""
    for picture in PICTURES:
        if picture.editor and not editor[0]:
            continue
        context = browser.new_context(
            viewport=PHONE if picture.phone else WIDE if picture.editor else DESKTOP,
            color_scheme="dark" if picture.dark else "light",
            is_mobile=picture.phone,
            has_touch=picture.phone,
            # Without scripts the box takes several lines from the start.
            java_script_enabled=not picture.pasted,
        )
        page = context.new_page()
        if picture.editor:
            sign_in(page, address, *editor)
        for language in picture.languages:
            target = folder / f"{picture.name}-{language}.png"
            take(page, f"{address}/{language}/{picture.path}", target, picture.pasted)
            print(f"{target} ({target.stat().st_size // 1024} KB)")
        context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--address", default="http://127.0.0.1:8000", help="of the portal")
    parser.add_argument("--folder", type=Path, default=ROOT / "docs" / "screenshots")
    parser.add_argument("--user", default="", help="an editor")
    parser.add_argument("--password", default="")
    options = parser.parse_args()
    program = next(filter(None, map(shutil.which, BROWSER_NAMES)), None)
    if program is None:
        sys.exit("Chromium is missing. Install it (Debian: apt-get install chromium).")
    options.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
        )
        editor = (options.user, options.password)
        take_all(browser, options.address.rstrip("/"), options.folder, editor)
        browser.close()


if __name__ == "__main__":
    main()
