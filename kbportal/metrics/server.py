"""Answers Prometheus: a process beside those of the web server, whose figures it adds up.

``python -m kbportal.metrics.server PORTAL HOST PORT`` is started by ``gunicorn.conf.py`` and ends
with its parent. ``PORTAL`` is the portal's own address, whose ``/readyz`` is asked at every scrape.
"""

from __future__ import annotations

import json
import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

_TICKS, _PAGE = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
#: Seconds after which the portal's own answer is no longer waited for.
_PATIENCE = 5


class Readiness(Collector):
    """Tells what ``/readyz`` says."""

    def __init__(self, portal: str) -> None:
        self._address = f"{portal}/readyz"

    def collect(self) -> Iterator[Metric]:
        """Yield 1 or 0 for each check, and for the portal itself."""
        checks, is_up = self._ask()
        yield GaugeMetricFamily("portal_up", "Whether the portal answers.", value=is_up)
        family = GaugeMetricFamily("portal_ready", "What serving needs.", labels=["check"])
        for name, state in checks.items():
            family.add_metric([name], state == "ok")
        yield family

    def _ask(self) -> tuple[dict[str, str], bool]:
        try:
            with urllib.request.urlopen(self._address, timeout=_PATIENCE) as answer:
                return json.load(answer), True
        except urllib.error.HTTPError as error:
            return json.load(error), True
        except (OSError, ValueError):
            return {}, False


class Processes(Collector):
    """Tells what the processes of the web server use; without /proc, nothing."""

    def __init__(self, parent: int) -> None:
        self._parent = parent

    def collect(self) -> Iterator[Metric]:
        """Yield how many processes serve; their processor time (s) and memory (bytes), added up."""
        children = Path(f"/proc/{self._parent}/task/{self._parent}/children")
        if not children.exists():
            return
        names = [name for name in children.read_text().split() if int(name) != os.getpid()]
        used = [one for one in map(_used, names) if one]
        yield GaugeMetricFamily("portal_processes", "Processes that serve.", value=len(used))
        seconds = sum(one[0] for one in used)
        words = "Processor time of the processes that serve now."
        yield CounterMetricFamily("portal_process_cpu_seconds", words, value=seconds)
        memory = sum(one[1] for one in used)
        words = "Memory of the processes that serve."
        yield GaugeMetricFamily("portal_process_resident_memory_bytes", words, value=memory)


def _used(process: str) -> tuple[float, int] | None:
    """Return seconds of processor time and bytes of memory; None for one that has ended."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / _TICKS, int(fields[21]) * _PAGE


def registry(portal: str, parent: int) -> CollectorRegistry:
    """Return all that is told."""
    found = CollectorRegistry()
    MultiProcessCollector(found)  # type: ignore[no-untyped-call]  # no types there
    found.register(Readiness(portal))
    found.register(Processes(parent))
    return found


def main(portal: str, host: str, port: str) -> None:
    """Answer until the parent is gone."""
    parent = os.getppid()
    start_http_server(int(port), host, registry(portal, parent))
    while os.getppid() == parent:
        time.sleep(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
