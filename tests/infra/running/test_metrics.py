"""Figures for Prometheus: of views, never of people or of what they typed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from prometheus_client import REGISTRY, generate_latest

from kbportal.metrics import counting
from kbportal.metrics.counting import EARLY, NOWHERE, MetricsMiddleware, view_of
from kbportal.metrics.server import Processes, Readiness
from tests.infra.project import ROOT

SECRETS = "secret-of-a-reader"


@pytest.mark.django_db
def test_nothing_that_was_typed_is_a_label(client: Client, settings):
    settings.MIDDLEWARE = ["kbportal.metrics.counting.MetricsMiddleware", *settings.MIDDLEWARE]
    client = Client(HTTP_USER_AGENT=SECRETS, REMOTE_ADDR="203.0.113.77")
    client.get(f"/fr/search/?q={SECRETS}")
    client.get(f"/fr/{SECRETS}")
    client.get(f"/fr/articles/{SECRETS}/")
    client.post("/fr/sign-in/", {"username": SECRETS, "password": SECRETS})
    client.generic(SECRETS.upper(), "/fr/")
    told = generate_latest(REGISTRY).decode()
    assert 'portal_requests_total{method="GET",status="200",view="troubleshooting:search"}' in told
    assert SECRETS not in told.lower()
    assert "203.0.113" not in told


@pytest.mark.parametrize(("status", "view"), [(200, EARLY), (304, EARLY), (404, NOWHERE)])
def test_what_has_no_view_has_a_name_too(status: int, view: str):
    request = RequestFactory().get("/fr/")
    assert view_of(request, HttpResponse(status=status)) == view


def test_what_is_under_way_ends_with_a_failure():
    def fail(_request) -> HttpResponse:
        raise KeyError

    with pytest.raises(KeyError):
        MetricsMiddleware(fail)(RequestFactory().get("/"))
    assert counting.UNDER_WAY._value.get() == 0


def samples(collector) -> dict[str, float]:
    return {
        f"{one.name}{''.join(one.labels.values())}": one.value
        for family in collector.collect()
        for one in family.samples
    }


#: What the portal answers at /readyz -> what is told.
READY = {
    "all well": ({"database": "ok"}, True, {"portal_up": 1, "portal_readydatabase": 1}),
    "no disk": ({"disk": "failed"}, True, {"portal_up": 1, "portal_readydisk": 0}),
    "no answer": ({}, False, {"portal_up": 0}),
}


@pytest.mark.parametrize(("said", "is_up", "told"), READY.values(), ids=READY)
def test_readiness(monkeypatch, said: dict, is_up: bool, told: dict):
    collector = Readiness("http://127.0.0.1:9")
    if is_up:
        monkeypatch.setattr(collector, "_ask", lambda: (said, is_up))
    assert samples(collector) == told


def test_what_processes_use():
    command = [sys.executable, "-c", "print(flush=True); input()"]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    child.stdout.readline()  # it runs
    used = samples(Processes(os.getpid()))
    child.communicate(b"\n")
    if Path("/proc/self/task").exists():
        assert used["portal_processes"] >= 1
        assert used["portal_process_resident_memory_bytes"] > 1_000_000
    assert samples(Processes(0)) == {}


def test_counts_of_processes_are_added_up(tmp_path):
    count = (
        "from django.conf import settings; settings.configure()\n"
        "from kbportal.metrics.counting import REQUESTS\n"
        "REQUESTS.labels('home', 'GET', '200').inc(2)"
    )
    told = (
        "from kbportal.metrics.server import registry\n"
        "from prometheus_client import generate_latest\n"
        "print(generate_latest(registry('http://127.0.0.1:9', 0)).decode())"
    )
    environment = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    for script in (count, count):
        subprocess.run([sys.executable, "-c", script], env=environment, cwd=ROOT, check=True)
    done = subprocess.run(
        [sys.executable, "-c", told], env=environment, cwd=ROOT, check=True, capture_output=True
    )
    line = b'portal_requests_total{method="GET",status="200",view="home"} 4.0'
    assert line in done.stdout
