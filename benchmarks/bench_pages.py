"""What an article page costs the server, beside a bare Django view that returns the same bytes.

    python -m benchmarks.bench_pages

Both are served by gunicorn with the portal's own configuration and one process. What counts is
the processor time of that process for a request, the web server's share included, each request on
a connection of its own, as behind a proxy. Blocks of requests take turns; of each the median.
"""

from __future__ import annotations

import argparse
import http.client
import json
import sqlite3
import statistics
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.stand.timed import CLOCK
from scripts import portal_server

#: Figures as they go into JSON.
Report = dict[str, Any]
ARTICLE = "/fr/articles/mdm-authority-not-defined/"
CODES = "/fr/codes/"
HEADERS = {"Accept-Encoding": "gzip"}
BARE = "bare view"
#: What any change of the content does; nothing of who reads changes.
_CHANGE = "UPDATE troubleshooting_contentversion SET token = hex(randomblob(16)) WHERE id = 1"
#: The cookie that goes with the secret of forms; any value of this length will do.
_FORMS = "a" * 32


@dataclass(frozen=True, slots=True)
class Case:
    """Requests of one kind; ``before`` is done ahead of each; ``most`` is the aim, a ratio."""

    name: str
    address: str
    headers: dict[str, str]
    status: int = 200
    most: float | None = None
    before: Callable[[], object] | None = None


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark and print its table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--requests", type=int, default=40, help="in a round, of each kind")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        portal_server.prepare(folder)
        report = measure(folder, options.rounds, options.requests)
    print(json.dumps(report, indent=1) if options.json else table(report))


def measure(folder: Path, rounds: int, requests: int) -> Report:
    """Return milliseconds of processor time by kind of request, and the ratio to the bare view."""
    one = {"WEB_CONCURRENCY": "1"}
    with (
        portal_server.serving(folder, "benchmarks.stand.portal", **one) as portal,
        portal_server.serving(
            folder, "benchmarks.stand.portal", SIGN_IN_REQUIRED="true", **one
        ) as closed,
    ):
        first, body = get(portal + ARTICLE, HEADERS)
        bytes_of_page = folder / "body"
        bytes_of_page.write_bytes(body)
        with (
            portal_server.serving(
                folder, "benchmarks.stand.bare", BARE_BODY=str(bytes_of_page), **one
            ) as bare,
            closing(sqlite3.connect(folder / "db.sqlite3", isolation_level=None)) as database,
        ):
            staff = portal_server.sign_in_staff(folder)
            cases = [
                *_cases(portal, bare, first.headers["ETag"], database),
                *_staff_cases(portal, staff, database),
                *_closed_cases(closed, staff),
            ]
            times = _take_turns(cases, rounds, requests)
    medians = {name: statistics.median(values) for name, values in times.items()}
    return {
        "bytes": len(body),
        "cases": {
            case.name: {
                "ms": round(medians[case.name], 2),
                "ratio": round(medians[case.name] / medians[BARE], 2),
                "most": case.most,
            }
            for case in cases
        },
    }


def _cases(portal: str, bare: str, etag: str, database: sqlite3.Connection) -> list[Case]:
    def change() -> None:
        database.execute(_CHANGE)

    rewrite = _rewriting(database)
    page = portal + ARTICLE
    first = {**HEADERS, "X-Forget": "1"}
    return [
        Case(BARE, f"{bare}/page/", HEADERS),
        Case("repeated", page, HEADERS, most=1.5),
        Case("304", page, {**HEADERS, "If-None-Match": etag}, status=304, most=2),
        Case("rendered anew, after a change elsewhere", page, HEADERS, most=5, before=change),
        Case("rendered anew, after a change of its text", page, HEADERS, most=5, before=rewrite),
        Case("rendered anew, first reader of the article", page, first, most=5, before=change),
    ]


def _staff_cases(portal: str, session: str, database: sqlite3.Connection) -> list[Case]:
    """Return what a reader of the staff asks for.

    The same for everyone stands beside it where it is not above.
    """

    def change() -> None:
        database.execute(_CHANGE)

    page, codes = portal + ARTICLE, portal + CODES
    staff = _signed_in(session)
    return [
        Case("repeated, staff", page, staff),
        Case("with a query, everyone", f"{codes}?kind=hex", HEADERS),
        Case("with a query, staff", f"{codes}?kind=hex", staff),
        Case("rendered anew, staff, after a change elsewhere", page, staff, before=change),
        Case("index of codes, repeated", codes, HEADERS),
        Case("index of codes, repeated, staff", codes, staff),
        Case("index of codes, rendered anew", codes, HEADERS, before=change),
        Case("index of codes, rendered anew, staff", codes, staff, before=change),
    ]


def _closed_cases(portal: str, session: str) -> list[Case]:
    """Return the same where everyone has to sign in."""
    staff = _signed_in(session)
    return [
        Case("repeated, staff, sign-in required", portal + ARTICLE, staff),
        Case("index of codes, repeated, staff, sign-in required", portal + CODES, staff),
    ]


def _signed_in(session: str) -> dict[str, str]:
    return {**HEADERS, "Cookie": f"sessionid={session}; csrftoken={_FORMS}"}


def _rewriting(database: sqlite3.Connection) -> Callable[[], None]:
    """Change all that a save of the article's text does: each time to what it never was before."""
    slug, language = ARTICLE.strip("/").split("/")[-1], ARTICLE.split("/")[1]
    key, html = database.execute(
        "SELECT text.id, rendered.resolution FROM troubleshooting_articletranslation AS text"
        " JOIN troubleshooting_renderedtranslation AS rendered ON translation_id = text.id"
        " JOIN troubleshooting_article AS article ON article.id = text.article_id"
        " WHERE article.slug = ? AND text.language = ?",
        (slug, language),
    ).fetchone()
    numbers = count(1)

    def rewrite() -> None:
        word = f"Autorité {next(numbers)}"
        database.execute("BEGIN IMMEDIATE")
        database.execute(
            "UPDATE troubleshooting_articletranslation SET title = ?, modified = datetime(),"
            " revision_number = revision_number + 1 WHERE id = ?",
            (word, key),
        )
        database.execute(
            "UPDATE troubleshooting_renderedtranslation SET problem = ?, summary = ?,"
            " resolution = ? WHERE translation_id = ?",
            (f"<p>{word}</p>", word, f"{html}<p>{word}</p>", key),
        )
        database.execute(
            "UPDATE troubleshooting_symptom SET text = ? WHERE translation_id = ?", (word, key)
        )
        database.execute("COMMIT")

    return rewrite


def _take_turns(cases: list[Case], rounds: int, requests: int) -> dict[str, list[float]]:
    """Return the times of each case, one value a round.

    What is changed is changed last in a round.
    """
    times: dict[str, list[float]] = {case.name: [] for case in cases}
    for place in range(rounds + 1):
        for case in cases:
            value = _block(case, requests)
            if place:  # the first round warms up
                times[case.name].append(value)
    return times


def _block(case: Case, requests: int) -> float:
    """Return milliseconds of the server's processor time for one of ``requests``."""
    headers = dict(case.headers)
    if "If-None-Match" in headers:  # as a browser that has seen the page of just now
        headers["If-None-Match"] = get(case.address, HEADERS)[0].headers["ETag"]
    started = _clock(case.address)
    for _ in range(requests):
        if case.before:
            case.before()
        response, _body = get(case.address, headers)
        if response.status != case.status:
            raise RuntimeError(f"{case.name}: status {response.status}")
    return (_clock(case.address) - started) / requests / 1e6


def _clock(address: str) -> int:
    parts = urlsplit(address)
    return int(get(f"{parts.scheme}://{parts.netloc}{CLOCK}", {})[1])


def get(address: str, headers: dict[str, str]) -> tuple[http.client.HTTPResponse, bytes]:
    """Return the answer to one request on a connection of its own, and its body as it was sent."""
    parts = urlsplit(address)
    with closing(http.client.HTTPConnection(parts.netloc, timeout=30)) as connection:
        address = f"{parts.path}?{parts.query}" if parts.query else parts.path
        connection.request("GET", address, headers=headers)
        response = connection.getresponse()
        return response, response.read()


def table(report: Report) -> str:
    """Return the figures as Markdown."""
    lines = [
        f"Article page, {report['bytes']} bytes compressed; processor time of one request",
        "",
        "| | ms | × bare view | at most |",
        "|---|---:|---:|---:|",
    ]
    for name, case in report["cases"].items():
        lines.append(f"| {name} | {case['ms']:.2f} | {case['ratio']:.2f} | {case['most'] or ''} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
