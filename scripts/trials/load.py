"""What the work of many agents costs, quiet and while editors save; and queries made to hurt.

``python -m scripts.trials.load --articles N --seconds S --hostile M`` fills a portal with
N articles (copies of those of fixtures/), serves it with one process, lets four agents work on it
for S seconds, then again while an editor saves. Figures are ratios to a bare Django view behind the
same server, which is asked before, between and after: what the machine does besides makes less of a
difference. At last M hostile queries are sent. Everything stays on this machine.
"""

from __future__ import annotations

import argparse
import http.client
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

from benchmarks.stand.timed import CLOCK
from scripts import portal_server
from scripts.trials.clients import Answer, ask
from scripts.trials.hostile import queries

AGENTS = 4
#: Hostile queries that are sent again alone.
_AGAIN = 20
#: What agents do on the telephone, of a hundred requests: searches by what callers read out or say,
#: the articles they open, and what the box suggests while they type.
MIX = {"code": 18, "words": 17, "suggestions": 20, "article": 35, "list": 5, "home": 5}
_CODES = ("0x80180014", "0x80180026", "0x87D1041C", "0x80CF0437", "80180018", "-2145910764")
_WORDS = ("enrollment error", "profile not installed", "erreur d’inscription", "device limit",
          "compte déjà inscrit", "certificate expired", "limite d’appareils")  # fmt: skip
_PREFIXES = ("enr", "0x80", "profil", "cert", "compte", "limi")
_FILL = "from benchmarks.bench_admin import fill; fill({articles})"
_NAMES = """
from troubleshooting.models import Article
print(*Article.objects.values_list("slug", flat=True))
"""
_SAVE = """
import time
from troubleshooting.editing import save_translation
from troubleshooting.models import ArticleTranslation, Revision
end, saved = time.monotonic() + {seconds}, 0
while time.monotonic() < end:
    text = ArticleTranslation.objects.select_related("article").order_by("?").first()
    sections = text.texts() | {{"other": f"Change {{time.time_ns()}}."}}
    save_translation(article=text.article, language=text.language, texts=sections, author=None,
                     origin=Revision.Origin.EDITOR)
    saved += 1
    time.sleep(0.2)
print(saved)
"""


class Agents:
    """Readers that work by the mix, and what each kind of request took."""

    def __init__(self, address: str, slugs: Sequence[str], seed: int) -> None:
        self._address, self._slugs, self._seed = address, slugs, seed
        self._lock = threading.Lock()
        self.seconds: defaultdict[str, list[float]] = defaultdict(list)
        self.wrong: Counter[str] = Counter()

    def work(self, seconds: float) -> None:
        """Let all agents work for so long."""
        end = time.monotonic() + seconds
        threads = [threading.Thread(target=self._work, args=(end, n)) for n in range(AGENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _work(self, end: float, number: int) -> None:
        chance = random.Random(self._seed * 100 + number)
        kinds, weights = list(MIX), list(MIX.values())
        while time.monotonic() < end:
            kind = chance.choices(kinds, weights)[0]
            answer = ask(self._address, self._path(kind, chance))
            with self._lock:
                self.seconds[kind].append(answer.seconds)
                if answer.status != 200:
                    self.wrong[f"{kind} {answer.status}"] += 1

    def _path(self, kind: str, chance: random.Random) -> str:
        language = chance.choice(("fr", "en"))
        if kind == "article":
            return f"/{language}/articles/{chance.choice(self._slugs)}/"
        asked = {
            "code": f"search/?q={chance.choice(_CODES)}",
            "words": f"search/?q={quote(chance.choice(_WORDS))}",
            "suggestions": f"search/suggestions/?q={quote(chance.choice(_PREFIXES))}",
            "list": f"articles/?page={chance.randint(1, 5)}",
            "home": "",
        }
        return f"/{language}/{asked[kind]}"

    @property
    def all_seconds(self) -> list[float]:
        """Return the times of all requests."""
        return [one for times in self.seconds.values() for one in times]


def percentiles(seconds: Sequence[float]) -> tuple[float, float, float]:
    """Return p50, p95 and p99 in milliseconds."""
    if len(seconds) < 2:
        return (0.0, 0.0, 0.0)
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    return cuts[49] * 1000, cuts[94] * 1000, cuts[98] * 1000


def clock(address: str) -> float:
    """Return the milliseconds of processor time that the server's process has used."""
    place = urlsplit(address)
    connection = http.client.HTTPConnection(str(place.hostname), place.port, timeout=30)
    connection.request("GET", CLOCK)
    used = int(connection.getresponse().read())
    connection.close()
    return used / 1e6


def bare_cost(address: str, requests: int = 300) -> tuple[float, list[float]]:
    """Return what a bare view costs a request, in milliseconds, and the times of the requests."""
    before = clock(address)
    seconds = [ask(address, "/page/").seconds for _ in range(requests)]
    return (clock(address) - before) / requests, seconds


@contextmanager
def editors(folder: Path, seconds: float) -> Iterator[subprocess.Popen[str]]:
    """Let an editor save while the block runs."""
    command = [sys.executable, "manage.py", "shell", "--no-imports", "--command"]
    process = subprocess.Popen(
        [*command, _SAVE.format(seconds=seconds)],
        cwd=portal_server.ROOT, env=portal_server.environment(folder), stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.wait()


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


def send(address: str, turn: int, query: str) -> Answer:
    """Send one query, in turns by the address and as a form."""
    path, text = f"/{'fr' if turn % 2 else 'en'}/search/", query.encode("utf-8", "replace")
    if turn % 3:
        return ask(address, f"{path}?q={quote(text[:2000])}")
    return ask(address, path, {"q": text.decode()})


def attack(address: str, number: int) -> bool:
    """Send hostile queries; return whether none was answered by a fault or took a second.

    A second of processor time: those that took longest by the clock are sent again for that.
    """
    statuses: Counter[int] = Counter()
    sent: list[tuple[float, int, str]] = []
    for turn, query in enumerate(queries(number, seed=1)):
        answer = send(address, turn, query)
        statuses[answer.status] += 1
        sent = sorted([*sent, (answer.seconds, turn, query)], reverse=True)[:_AGAIN]
    worst, slow_query = 0.0, ""
    for _seconds, turn, query in sent:
        before = clock(address)
        send(address, turn, query)
        used = clock(address) - before
        if used > worst:
            worst, slow_query = used, query
    print(f"\n{number} hostile queries: {dict(statuses)}; processor time of the dearest "
          f"{worst:.0f} ms ({slow_query[:40]!r}, {len(slow_query)} characters)")  # fmt: skip
    return not any(status >= 500 or status == 0 for status in statuses) and worst < 1000


def prepare(folder: Path, articles: int) -> list[str]:
    """Fill a portal; return the addresses of its articles."""
    portal_server.prepare(folder)
    fill = _FILL.format(articles=articles)
    portal_server.manage(folder, "shell", "--no-imports", "--command", fill)
    portal_server.manage(folder, "check_index", "--rebuild")
    return portal_server.manage(folder, "shell", "--no-imports", "--command", _NAMES).split()


def main() -> int:
    """Measure; return 1 where a request was not answered as it should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--hostile", type=int, default=1000)
    options = parser.parse_args()
    one = {"WEB_CONCURRENCY": "1", "RATE_LIMIT_FACTOR": "0"}
    with tempfile.TemporaryDirectory(prefix="portal-load-") as name:
        folder = Path(name)
        slugs = prepare(folder, options.articles)
        with portal_server.serving(folder, "benchmarks.stand.portal", **one) as portal:
            body = folder / "body"
            body.write_bytes(ask(portal, "/fr/").body.encode())
            bare_one = one | {"BARE_BODY": str(body)}
            with portal_server.serving(folder, "benchmarks.stand.bare", **bare_one) as bare:
                is_well = measure(portal, bare, folder, slugs, options.seconds)
            is_well &= attack(portal, options.hostile)
    return int(not is_well)


def measure(portal: str, bare: str, folder: Path, slugs: Sequence[str], seconds: int) -> bool:
    """Measure both phases; return whether every request was answered as it should be."""
    Agents(portal, slugs, 0).work(min(5, seconds))  # what every process does once
    costs, quiet, busy = [bare_cost(bare)[0]], Agents(portal, slugs, 1), Agents(portal, slugs, 2)
    before = clock(portal)
    quiet.work(seconds)
    used = [clock(portal) - before]
    costs.append(bare_cost(bare)[0])
    before = clock(portal)
    with editors(folder, seconds) as editor:
        busy.work(seconds)
    used.append(clock(portal) - before)
    costs.append(bare_cost(bare)[0])
    yardstick = statistics.median(costs)
    print(f"{len(slugs)} articles, {AGENTS} agents, one process; bare view {yardstick:.2f} ms")
    tell("Quiet", quiet, used[0], yardstick)
    saved = editor.stdout.read().strip() if editor.stdout else "0"
    tell(f"While {saved} texts are saved", busy, used[1], yardstick)
    ratio = percentiles(busy.all_seconds)[2] / max(0.001, percentiles(quiet.all_seconds)[2])
    print(f"\np99 while texts are saved: × {ratio:.2f} of the quiet one")
    return not quiet.wrong and not busy.wrong


if __name__ == "__main__":
    sys.exit(main())
