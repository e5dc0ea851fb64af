"""What the work of many agents costs, quiet and while others write; and queries made to hurt.

``python -m scripts.trials.load --articles N --seconds S --hostile M`` fills a portal with N
articles (made of the documents of ``--corpus``), serves it with one process, lets four agents work
on it for S seconds, then again while an editor saves and documents are imported. Figures are ratios
to a bare Django view behind the same server, which is asked before, between and after: what the
machine does besides makes less of a difference. Then M hostile queries are sent. With ``--soak
MINUTES`` agents, editor and imports go on so long, and the memory of the server is told.
``--postgres`` uses the server of TEST_DATABASE_URL. Everything stays on this machine.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from benchmarks.stand.timed import CLOCK, USED
from scripts import portal_server
from scripts.trials.agents import AGENTS, MIX, Agents, Material, percentiles
from scripts.trials.clients import Answer, ask
from scripts.trials.hostile import queries
from scripts.trials.writers import Writer, writing

#: Milliseconds of processor time that 99 of 100 hostile queries have to take less than; after how
#: many the costs are told meanwhile.
_DEAR, _TOLD = 50.0, 5000
#: Seconds between two saves, while it is measured and while it soaks; seconds that an agent rests
#: while it soaks; seconds between two looks at the memory.
_SAVING, _SOAKING, _RESTING, _LOOKING = 0.2, 2.0, 0.2, 30.0
#: Megabytes that a process may hold more at the end of a soak than after its first third.
_GROWTH = 16.0
_NAMES = """
from troubleshooting.models import Article
published = Article.objects.filter(status="published").order_by("pk")
made = published.filter(slug__startswith="article-").values_list("slug", flat=True)[:2000]
print(*made, *published.exclude(slug__startswith="article-").values_list("slug", flat=True))
"""


@dataclass(frozen=True, slots=True)
class Stand:
    """What is measured: the portal's and a bare view's address, the server's process, the rest."""

    portal: str
    server: int
    bare: str
    folder: Path
    variables: dict[str, str]
    material: Material


def clock(address: str) -> float:
    """Return the milliseconds of processor time that the server's process has used."""
    place = urlsplit(address)
    connection = http.client.HTTPConnection(str(place.hostname), place.port, timeout=30)
    connection.request("GET", CLOCK)
    used = int(connection.getresponse().read())
    connection.close()
    return used / 1e6


def bare_cost(address: str, requests: int = 300) -> float:
    """Return what a bare view costs a request, in milliseconds."""
    before = clock(address)
    for _ in range(requests):
        ask(address, "/page/")
    return (clock(address) - before) / requests


def memory(server: int) -> float:
    """Return the megabytes that the processes below ``server`` hold, shared ones in parts.

    Raise ``OSError``: the server is gone.
    """
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    kilobytes = 0
    for process in children:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                kilobytes += int(line.split()[1])
    return kilobytes / 1024


def tell(words: str, agents: Agents, used: float, bare: float) -> None:
    """Print what a phase cost, as ratios to the bare view."""
    number = len(agents.all_seconds)
    p50, p95, p99 = percentiles(agents.all_seconds)
    cost = used / max(1, number)
    print(f"\n{words}: {number} requests, {sum(agents.wrong.values())} not as they should be; "
          f"p50 {p50:.1f} ms, p95 {p95:.1f}, p99 {p99:.1f}; "
          f"processor time of a request {cost:.2f} ms, × {cost / bare:.1f}")  # fmt: skip
    for kind in MIX:
        p50, p95, p99 = percentiles(agents.seconds[kind])
        print(f"| {kind} | {len(agents.seconds[kind])} | {p50:.1f} | {p95:.1f} | {p99:.1f} |")
    if agents.wrong:
        print(dict(agents.wrong))


def wrote_well(writers: Sequence[Writer]) -> bool:
    """Print what those who write were told that is wrong; return whether there was nothing."""
    for writer in writers:
        if writer.failure:
            print(f"BROKEN a writer failed: {writer.failure}")
    return not any(writer.failure for writer in writers)


#: How many times as long the slowest hundredth may take beside writers as without.
MOST_SLOWER = 2.0


def measure(stand: Stand, seconds: int) -> bool:
    """Measure both phases; return whether all was answered as it should be, and soon enough."""
    Agents(stand.portal, stand.material, 0).work(min(5, seconds))  # what every process does once
    quiet, busy = (Agents(stand.portal, stand.material, seed) for seed in (1, 2))
    costs, before = [bare_cost(stand.bare)], clock(stand.portal)
    quiet.work(seconds)
    used = [clock(stand.portal) - before]
    costs.append(bare_cost(stand.bare))
    before = clock(stand.portal)
    with writing(stand.folder, seconds, _SAVING, stand.variables) as writers:
        busy.work(seconds)
    used.append(clock(stand.portal) - before)
    costs.append(bare_cost(stand.bare))
    bare = statistics.median(costs)
    print(f"{AGENTS} agents, one process; bare view {bare:.2f} ms")
    tell("Quiet", quiet, used[0], bare)
    editor, documents = (writer.done for writer in writers)
    tell(f"While {editor} texts are saved and {documents} documents imported", busy, used[1], bare)
    ratio = percentiles(busy.all_seconds)[2] / max(0.001, percentiles(quiet.all_seconds)[2])
    print(f"\np99 meanwhile: × {ratio:.2f} of the quiet one")
    return wrote_well(writers) and not quiet.wrong and not busy.wrong and ratio <= MOST_SLOWER


def soak(stand: Stand, minutes: float) -> bool:
    """Let all work for so many minutes; return whether all went well and no memory was kept."""
    agents = Agents(stand.portal, stand.material, 3, _RESTING)
    with (
        looking(stand.server) as held,
        writing(stand.folder, minutes * 60, _SOAKING, stand.variables) as writers,
    ):
        agents.work(minutes * 60)
    before, after = held[len(held) // 3], statistics.median(held[-5:])
    p50, p95, p99 = percentiles(agents.all_seconds)
    print(f"\n{minutes:g} minutes: {len(agents.all_seconds)} requests, "
          f"{sum(agents.wrong.values())} not as they should be {dict(agents.wrong)}; "
          f"p50 {p50:.1f} ms, p95 {p95:.1f}, p99 {p99:.1f}; "
          f"{writers[0].done} texts saved, {writers[1].done} documents imported; "
          f"memory {held[0]:.0f} MB, after a third {before:.0f}, at the end {after:.0f}, "
          f"at most {max(held):.0f}")  # fmt: skip
    return wrote_well(writers) and not agents.wrong and after - before < _GROWTH


@contextmanager
def looking(server: int) -> Iterator[list[float]]:
    """Note the memory of the server while the block runs, in megabytes."""
    held, enough = [memory(server)], threading.Event()

    def look() -> None:
        while not enough.wait(_LOOKING):
            held.append(memory(server))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield held
    finally:
        enough.set()
        thread.join()
        held.append(memory(server))


def send(address: str, turn: int, query: str) -> Answer:
    """Send one query, in turns by the address and as a form."""
    path, text = f"/{'fr' if turn % 2 else 'en'}/search/", query.encode("utf-8", "replace")
    if turn % 3:
        return ask(address, f"{path}?q={quote(text[:2000])}")
    return ask(address, path, {"q": text.decode()})


def attack(address: str, number: int) -> bool:
    """Send hostile queries; return whether none was answered by a fault, or was dear.

    The processor time that the server used for each counts: of a hundred one may take more than
    ``_DEAR`` milliseconds, and none a second. How busy the machine is makes no difference.
    """
    statuses: Counter[int] = Counter()
    each: list[float] = []
    worst, slow_query = 0.0, ""
    for turn, query in enumerate(queries(number, seed=1)):
        answer = send(address, turn, query)
        statuses[answer.status] += 1
        each.append(int(answer.headers.get(USED, 0)) / 1e6)
        if each[-1] > worst:
            worst, slow_query = each[-1], query
        if not (turn + 1) % _TOLD:  # a long trial that is stopped has shown what it saw
            told = _costs(each)
            print(f"{turn + 1}: {dict(statuses)}; {told}", file=sys.stderr, flush=True)
    print(f"\n{number} hostile queries: {dict(statuses)}; {_costs(each)}; "
          f"the dearest {slow_query[:40]!r}, {len(slow_query)} characters")  # fmt: skip
    is_cheap = percentiles([one / 1000 for one in each])[2] < _DEAR and worst < 1000
    return not any(status >= 500 or status == 0 for status in statuses) and is_cheap


def _costs(each: Sequence[float]) -> str:
    """Return the percentiles of so many milliseconds of processor time in words."""
    p50, p95, p99 = percentiles([one / 1000 for one in each])
    return (f"processor time p50 {p50:.1f} ms, p95 {p95:.1f}, p99 {p99:.1f}, "
            f"at most {max(each, default=0):.0f}")  # fmt: skip


def prepare(folder: Path, corpus: Path, articles: int, variables: dict[str, str]) -> Material:
    """Fill a portal with the articles of the corpus and of fixtures/; return what to ask for."""
    portal_server.manage(folder, "migrate", "--verbosity", "0", **variables)
    filled = subprocess.run(
        [sys.executable, "-m", "benchmarks.stand.filling", str(corpus), str(articles)],
        cwd=portal_server.ROOT, env=portal_server.environment(folder, **variables), check=True,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    portal_server.prepare(folder, **variables)
    asked = json.loads(filled.stdout)
    names = portal_server.manage(
        folder, "shell", "--no-imports", "--command", _NAMES, **variables
    ).split()
    print(f"{articles} articles of {corpus.name}")
    return Material(names, asked["code"], asked["words"])


def main() -> int:
    """Measure; return 1 where a request was not answered as it should be."""
    options = _options()
    variables = {"DATABASE_URL": os.environ["TEST_DATABASE_URL"]} if options.postgres else {}
    one = {"WEB_CONCURRENCY": "1", "RATE_LIMIT_FACTOR": "0"} | variables
    with tempfile.TemporaryDirectory(prefix="portal-load-") as name:
        folder = Path(name)
        material = prepare(folder, options.corpus.resolve(), options.articles, variables)
        started = portal_server.started(None, folder, "benchmarks.stand.portal", **one)
        with started as (portal, server):
            body = folder / "body"
            body.write_bytes(ask(portal, "/fr/").body.encode())
            bare_one = one | {"BARE_BODY": str(body)}
            with portal_server.serving(folder, "benchmarks.stand.bare", **bare_one) as bare:
                stand = Stand(portal, server, bare, folder, variables, material)
                is_well = measure(stand, options.seconds)
            is_well &= attack(portal, options.hostile)
            if options.soak:
                is_well &= soak(stand, options.soak)
    return int(not is_well)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=20, help="of each phase")
    parser.add_argument("--hostile", type=int, default=1000, help="number of hostile queries")
    parser.add_argument("--soak", type=float, default=0, help="minutes")
    fixtures = portal_server.ROOT / "fixtures"
    parser.add_argument("--corpus", type=Path, default=fixtures)
    parser.add_argument("--postgres", action="store_true", help="on that of TEST_DATABASE_URL")
    options = parser.parse_args()
    if options.postgres and "TEST_DATABASE_URL" not in os.environ:
        parser.error("--postgres needs TEST_DATABASE_URL (scripts/private_postgres.py sets it)")
    return options


if __name__ == "__main__":
    sys.exit(main())
