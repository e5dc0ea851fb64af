"""How long an editor's save takes while documents are imported, beside a quiet portal.

    python -m benchmarks.bench_saves [--documents 400] [--saves 150]
    python scripts/private_postgres.py .venv/bin/python -m benchmarks.bench_saves

An import of plain documents runs in a process of its own; this one saves a text again and again, as
the form does, with a short pause. What is aimed at: the 99th percentile at most three times that of
the quiet portal. The database is PostgreSQL where TEST_DATABASE_URL names one, else SQLite.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.bench_import import write
from scripts import portal_server

#: How many times slower a save may be.
AIM = 3.0


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=400)
    parser.add_argument("--saves", type=int, default=150)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = os.environ.get("TEST_DATABASE_URL", "")
        os.environ.update(portal_server.environment(folder, DATABASE_URL=url))
        os.environ["DJANGO_SETTINGS_MODULE"] = "kbportal.settings"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        tree = folder / "tree"
        tree.mkdir()
        write(tree, "plain", range(options.documents))
        measure(tree, options.saves)


def measure(tree: Path, count: int) -> None:
    """Print the times of saves on the quiet portal and during the import of ``tree``."""
    save = _saver()
    for _ in range(10):
        save()
    quiet = _times(save, lambda made: made >= count)
    command = [sys.executable, "manage.py", "import_docs", str(tree), "--verbosity", "0"]
    importing = subprocess.Popen(command, cwd=portal_server.ROOT)
    try:
        busy = _times(save, lambda _made: importing.poll() is not None)
    finally:
        importing.wait()
    if importing.returncode:
        sys.exit("The import failed.")
    print("milliseconds      p50    p95    p99    max  saves")
    for name, times in (("quiet", quiet), ("importing", busy)):
        shares = (0.5, 0.95, 0.99, 1.0)
        figures = " ".join(f"{_share(times, share) * 1000:6.0f}" for share in shares)
        print(f"{name:14} {figures}  {len(times):5}")
    ratio = _share(busy, 0.99) / _share(quiet, 0.99)
    print(f"p99 {ratio:.1f} times the quiet one; aim: {AIM}")


def _saver() -> Callable[[], None]:
    from troubleshooting.editing import save_translation
    from troubleshooting.models import Article

    article = Article.objects.create(slug="saved-again-and-again")
    numbers = iter(range(1_000_000))

    def save() -> None:
        words = f"Ring the desk and name the number {next(numbers)}."
        save_translation(
            article=article, language="en", author=None, origin="editor",
            texts={"title": "The door is shut", "problem": "**Door shut**", "resolution": words},
        )  # fmt: skip

    return save


def _times(save: Callable[[], None], is_over: Callable[[int], bool]) -> list[float]:
    times: list[float] = []
    while not is_over(len(times)):
        began = time.perf_counter()
        save()
        times.append(time.perf_counter() - began)
        time.sleep(0.05)
    return times


def _share(times: list[float], share: float) -> float:
    return sorted(times)[min(int(len(times) * share), len(times) - 1)]


if __name__ == "__main__":
    main()
