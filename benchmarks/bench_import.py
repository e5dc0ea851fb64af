"""How fast documents are imported, and what of it is spent on what was there already.

    python -m benchmarks.bench_import [--documents 200] [--kind plain rich] [--jobs 1] [--json]

The documents are made up: plain ones have one problem with a cause and six steps; rich ones a table
of ten codes, four problems with two methods each, links to the documents around them and alerts.
Each kind is imported into an empty base in a folder that is thrown away, then once more unchanged,
then with one document in ten changed. Time is by the clock, and by processors (this process and
those that read texts); memory is the most that the process ever held.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scripts import portal_server

#: Documents a second of one processor's time that are aimed at.
AIMS = {"plain": 40, "rich": 12}
_STEPS = (
    "Open **Settings** and choose **Accounts**.",
    "Select the account {n} and choose **Info**.",
    "Choose **Disconnect**, then confirm with `gpupdate /force`.",
    "Restart the device and wait {n} minutes.",
    "Sign in again with the account that the office gave you.",
    "If the message comes back, note the number {n} and call the desk.",
)


def plain(number: int, edition: int = 0) -> str:
    """Return a support article about one problem."""
    steps = "\n".join(f"{n}. {step.format(n=number)}" for n, step in enumerate(_STEPS, 1))
    code = f"0x8{number % 0x1000000:07X}"
    return (
        f"---\ntitle: Kiosk {number} does not enrol\nms.assetid: plain-{number}\n---\n"
        f"# Kiosk {number} does not enrol\n\n## Symptoms\n\n"
        f"Kiosk {number} shows the error **{code}: the account is unknown**.\n\n## Cause\n\n"
        f"The account of kiosk {number} was moved to another office (edition {edition}).\n\n"
        f"## Resolution\n\n{steps}\n"
    )


def rich(number: int, edition: int = 0) -> str:
    """Return a guide with a table, several problems, methods, alerts and links."""
    rows = "\n".join(
        f"| 0x80{number % 4096:03X}{row:03X} | The counter {row} of office {number} is closed. | "
        f"Open it in **Counters**, then run `counter --open {row}`. |"
        for row in range(10)
    )
    steps = "\n".join(f"{n}. {step.format(n=number)}" for n, step in enumerate(_STEPS, 1))
    near = number + 1
    problems = "\n\n".join(
        f'## <a name="problem-{p}"></a>Printer {p} of office {number} is silent\n'
        f"**Issue:** The printer shows **Queue {p} of office {number} is full**.\n\n"
        f"**Cause:** Too many tickets wait (edition {edition}).\n\n"
        f"### Method 1\n\n{steps}\n\n> [!NOTE]\n> This takes {p} minutes.\n\n"
        f"### Method 2\n\nSee [the next office](office-{near}.md#problem-{p}) or "
        f"[the table](#codes).\n\n{steps}"
        for p in range(4)
    )
    return (
        f"---\ntitle: Office {number}\nms.assetid: rich-{number}\n---\n# Office {number}\n\n"
        f"What happens in office {number}, and what to do.\n\n"
        f'## <a name="codes"></a>Error codes\n\n| Error code | Problem | Resolution |\n'
        f"| --- | --- | --- |\n{rows}\n\n{problems}\n"
    )


KINDS = {"plain": ("kiosk", plain), "rich": ("office", rich)}


def write(folder: Path, kind: str, numbers: Sequence[int], edition: int = 0) -> None:
    """Write a document of ``kind`` for each of ``numbers`` to ``folder``.

    Another ``edition`` changes their words.
    """
    name, make = KINDS[kind]
    for number in numbers:
        (folder / f"{name}-{number}.md").write_text(make(number, edition), "utf-8")


def measure(folder: Path, documents: int, jobs: int) -> dict[str, Any]:
    """Import ``folder`` and return what it took."""
    from troubleshooting.importing import import_paths
    from troubleshooting.texts.bounded.texts import pool

    before, began = _processor(), time.perf_counter()
    report = import_paths([str(folder)], jobs=jobs)
    seconds = time.perf_counter() - began
    pool.close()
    spent = _processor() - before
    if report.failed:
        sys.exit(report.documents[0].said[0])
    return {
        "seconds": round(seconds, 2),
        "processor": round(spent, 2),
        "documents a second": round(documents / seconds, 1),
        "documents a second of a processor": round(documents / spent, 1),
        "memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _processor() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark and print its table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--kind", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--profile", metavar="FILE", help="profile of the first import")
    options = parser.parse_args(arguments)
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(portal_server.environment(Path(folder)))
        os.environ["DJANGO_SETTINGS_MODULE"] = "kbportal.settings"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        for kind in options.kind:
            found[kind] = _kind(Path(folder) / kind, kind, options.documents, options)
    if options.json:
        print(json.dumps(found, indent=2))
        return
    for kind, phases in found.items():
        print(f"{kind}, {options.documents} documents; aim: {AIMS[kind]} a second of a processor")
        for phase, figures in phases.items():
            said = ", ".join(f"{name} {value}" for name, value in figures.items())
            print(f"  {phase:12} {said}")


def _kind(folder: Path, kind: str, count: int, options: argparse.Namespace) -> dict[str, Any]:
    folder.mkdir()
    write(folder, kind, range(count))
    if options.profile:
        import cProfile

        with cProfile.Profile() as profiler:
            new = measure(folder, count, options.jobs)
        profiler.dump_stats(options.profile)
    else:
        new = measure(folder, count, options.jobs)
    same = measure(folder, count, options.jobs)
    write(folder, kind, range(0, count, 10), edition=1)
    return {"new": new, "unchanged": same, "a tenth changed": measure(folder, count, options.jobs)}


if __name__ == "__main__":
    main()
