"""Let Lighthouse judge the portal as a telephone or a desk sees it: `make lighthouse`.

    python -m scripts.browsing.lighthouse [--runs 3] [--profile phone|desktop]

Needs Node with npm (Lighthouse is installed by it into var/) and Chromium. The portal is served as
in production, with the articles of fixtures/, from a folder that is thrown away. Of several runs
the median counts. The exit status tells whether every score of every page is 100.

https cannot be judged here: Lighthouse takes a loopback address for safe.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from scripts import portal_server

#: What Lighthouse says of a page, as it came in JSON.
Report = dict[str, Any]
VERSION = "12.8.2"  # 13 needs a newer Node than Debian's
FOLDER = portal_server.ROOT / "var" / "lighthouse"
BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic"
PAGES = {
    "home": "/fr/",
    "results": "/fr/search/?q=DeviceCapReached",
    "article": "/fr/articles/mdm-authority-not-defined/",
    "code": "/fr/codes/0x8007064C/",
}
#: What Lighthouse is told to be, with the network and the processor of such a machine.
PROFILES = {"phone": "--form-factor=mobile", "desktop": "--preset=desktop"}
SCORES = ("performance", "accessibility", "best-practices", "seo")
#: Heading, audit, divisor and decimals of each figure beside the scores.
FIGURES = (
    ("CLS", "cumulative-layout-shift", 1, 3),
    ("LCP ms", "largest-contentful-paint", 1, 0),
    ("TBT ms", "total-blocking-time", 1, 0),
    ("KB", "total-byte-weight", 1000, 1),
)
#: A run that the browser spoils (Lighthouse calls it a runtime error) is made again.
ATTEMPTS = 3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="of which the median counts")
    parser.add_argument("--profile", choices=PROFILES, default="phone")
    options = parser.parse_args()
    node, npm, chromium = _programs()
    install(npm)
    with tempfile.TemporaryDirectory() as folder:
        portal_server.prepare(Path(folder))
        with portal_server.serving(Path(folder)) as address:
            reports = {
                name: [
                    judge(node, chromium, address + path, PROFILES[options.profile])
                    for _ in range(options.runs)
                ]
                for name, path in PAGES.items()
            }
    print(table(reports))
    weak = weaknesses(reports)
    print("\n".join(weak) or "Every score is 100.")
    return 1 if weak else 0


def _programs() -> tuple[str, str, str]:
    """Return the paths of Node, npm and Chromium; end the script where one of them is missing."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        sys.exit("Node.js with npm is missing. Install it (Debian: apt-get install nodejs npm).")
    chromium = next(filter(None, map(shutil.which, BROWSER_NAMES)), None)
    if chromium is None:
        sys.exit("Chromium is missing. Install it (Debian: apt-get install chromium).")
    return node, npm, chromium


def install(npm: str) -> None:
    """Bring Lighthouse into ``FOLDER`` unless this version is there."""
    package = FOLDER / "node_modules" / "lighthouse" / "package.json"
    if package.exists() and json.loads(package.read_text())["version"] == VERSION:
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    options = ["--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel", "error"]
    subprocess.run(
        [npm, "install", "--prefix", FOLDER, *options, f"lighthouse@{VERSION}"], check=True
    )


def judge(node: str, chromium: str, address: str, profile: str) -> Report:
    """Return Lighthouse's report about ``address``; ``profile`` is an option that names one.

    Raise ``SystemExit``: it fails again and again, or there is no such page.
    """
    program = FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js"
    options = ["--output=json", "--quiet", profile, "--no-enable-error-reporting"]
    for _ in range(ATTEMPTS):
        done = subprocess.run(
            [node, program, address, *options, f"--chrome-flags={CHROMIUM_FLAGS}"],
            env=os.environ | {"CHROME_PATH": chromium},
            capture_output=True,
            text=True,
        )
        if done.returncode == 0 and "runtimeError" not in (report := json.loads(done.stdout)):
            judged: Report = report
            return judged
    sys.exit(f"{address}: Lighthouse failed {ATTEMPTS} times.\n{done.stderr[-2000:]}")


def score(reports: list[Report], name: str) -> int:
    """Return the median of one score, 0 to 100."""
    return round(statistics.median(r["categories"][name]["score"] or 0 for r in reports) * 100)


def figure(reports: list[Report], audit: str) -> float:
    """Return the median of one figure, in the unit of the audit."""
    return statistics.median(float(one["audits"][audit]["numericValue"]) for one in reports)


def table(reports: dict[str, list[Report]]) -> str:
    """Return scores and figures of every page as Markdown."""
    headings = ["page", *SCORES, *(heading for heading, *_rest in FIGURES)]
    lines = [f"| {' | '.join(headings)} |", f"|---|{'---:|' * (len(headings) - 1)}"]
    for page, runs in reports.items():
        cells = [str(score(runs, name)) for name in SCORES]
        cells += [f"{figure(runs, audit) / unit:.{n}f}" for _, audit, unit, n in FIGURES]
        lines.append(f"| {page} | {' | '.join(cells)} |")
    return "\n".join(lines)


def weaknesses(reports: dict[str, list[Report]]) -> list[str]:
    """Return a line for each audit that kept a score below 100."""
    lines = []
    for page, runs in reports.items():
        for name in SCORES:
            if score(runs, name) == 100:
                continue
            audits = runs[-1]["audits"]
            weighed = [r["id"] for r in runs[-1]["categories"][name]["auditRefs"] if r["weight"]]
            failed = [one for one in weighed if (audits[one]["score"] or 0) < 1]
            lines.append(f"{page}: {name} {score(runs, name)} ({', '.join(failed)})")
    return lines


if __name__ == "__main__":
    sys.exit(main())
