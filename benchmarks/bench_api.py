"""What a search by the API costs, beside the same search by ``manage.py search``.

    python -m benchmarks.bench_api

Both run in this process on the documents of ``fixtures/``, each query in turn by one and the other;
what counts is processor time, from the arguments or the request to the JSON. The start of Python,
which a command pays as well, is not in it.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
QUERIES = (
    "0x8007064C", "8007064C", "machine already enrolled", "certificate missing android",
    "erreur profil", "authority not defined", "nombre maximal d'appareils", "setup 0x80CF3005",
)  # fmt: skip
#: The aim: the API takes at most so many times as long.
MOST = 1.2


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args(arguments).rounds
    with tempfile.TemporaryDirectory() as name:
        os.environ.update(DATA_DIR=name, PORTAL_ENV_FILE="")
        os.environ.update(RATE_LIMIT_FACTOR="0", DJANGO_SETTINGS_MODULE="tests.settings")
        django.setup()
        _fill()
        command, api = _by_command(), _by_api()
        ratio, shown = _measure(command, api, rounds)
    print(json.dumps({**shown, "ratio": round(ratio, 2), "aim": MOST}, indent=2))


def _fill() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    files = sorted(map(str, (ROOT / "fixtures").glob("*.md")))
    call_command("import_docs", *files, verbosity=0)


def _by_command() -> Callable[[str], object]:
    from django.core.management import call_command

    def ask(query: str) -> object:
        out = io.StringIO()
        with contextlib.suppress(SystemExit):
            call_command("search", query, "--language", "fr", "--format", "json", stdout=out)
        return json.loads(out.getvalue())

    return ask


def _by_api() -> Callable[[str], object]:
    from django.test import Client

    client = Client(SERVER_NAME="localhost")

    def ask(query: str) -> object:
        answer = client.get("/api/v1/search/", {"q": query, "language": "fr"})
        return json.loads(answer.content)

    return ask


def _measure(
    command: Callable[[str], object], api: Callable[[str], object], rounds: int
) -> tuple[float, dict[str, float]]:
    """Return the median of the ratios, and both medians in milliseconds."""
    spent: dict[str, list[float]] = {"command_ms": [], "api_ms": []}
    for number in range(rounds + 1):
        for query in QUERIES:
            for name, ask in (("command_ms", command), ("api_ms", api)):
                start = time.process_time()
                ask(query)
                if number:  # the first round fills what is remembered
                    spent[name].append((time.process_time() - start) * 1000)
    ratios = [b / a for a, b in zip(spent["command_ms"], spent["api_ms"], strict=True)]
    shown = {name: round(statistics.median(values), 2) for name, values in spent.items()}
    return statistics.median(ratios), shown


if __name__ == "__main__":
    main()
