"""How long the browser takes to read a log, and how long the page stands still meanwhile.

    python -m benchmarks.bench_log_reader --size 50

The log is made with a fixed seed: words, times and numbers as logs have them, in one line of 5,000
a code of the base, in one of 7,001 a message. Chromium reads it on the portal's own page, served by
gunicorn. Needs Chromium.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from scripts import portal_server
from scripts.browsing.screenshots import BROWSER_NAMES

WORDS = re.findall(
    r"\w+",
    "the device service policy update install package manager handler thread worker session token "
    "request response server client user profile company portal begin end ok info debug trace",
)
WATCH = """() => {
  window.still = 0;
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    window.still = Math.max(window.still, now - last);
    last = now;
  }, 10);
  const status = document.querySelector("[data-status]");
  const told = () => { if (/found/.test(status.textContent)) window.done ??= performance.now(); };
  new MutationObserver(told).observe(status, { childList: true });
  const input = document.querySelector("#log-files");
  input.addEventListener("change", () => { window.begun = performance.now(); }, true);
}"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark and print a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=50, help="of the log, in MB")
    options = parser.parse_args(arguments)
    if not (chromium := next(filter(None, map(shutil.which, BROWSER_NAMES)), None)):
        sys.exit("Chromium is missing. Install it (Debian: apt-get install chromium).")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        portal_server.prepare(folder)
        log = folder / "made.log"
        with log.open("w") as file:
            file.writelines(lines(options.size * 2**20))
        with portal_server.serving(folder) as portal, sync_playwright() as play:
            browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            taken, still = read(browser.new_page(), f"{portal}/en/logs/", log)
            browser.close()
    print(f"{options.size} MB: {taken / 1000:.2f} s, the page stood still {still:.0f} ms at most")


def read(page: Page, address: str, log: Path) -> tuple[float, float]:
    """Let the page at ``address`` read ``log``; give milliseconds in all and the longest pause."""
    page.goto(address)
    page.evaluate(WATCH)
    page.set_input_files("#log-files", log)
    for _ in range(600):
        page.wait_for_timeout(100)
        if page.evaluate("window.done ?? 0"):
            break
    taken, still = page.evaluate("[window.done - window.begun, window.still]")
    return float(taken), float(still)


def lines(size: int) -> Iterator[str]:
    """Yield lines of ``size`` characters in all."""
    chance = random.Random(1)
    for number in count(1):
        time = f"2024-05-31 10:{number // 60 % 60:02}:{number % 60:02}.{number % 1000:03}"
        line = f"{time} INFO {' '.join(chance.choices(WORDS, k=chance.randrange(4, 24)))}"
        line += f" 0x{chance.randrange(2**32):08x} id={chance.randrange(10**6)}\n"
        if number % 5000 == 0:
            line = f"{time} ERROR enrollment failed with hr=0x8007064C\n"
        elif number % 7001 == 0:
            line = f"{time} ERROR Company Portal Temporarily Unavailable\n"
        yield line
        size -= len(line)
        if size <= 0:
            return


if __name__ == "__main__":
    main()
