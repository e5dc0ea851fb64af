"""The web server: slow and unfinished requests take no thread from a reader."""

from __future__ import annotations

import gc
import gzip
import os
import runpy
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from http.client import HTTPConnection
from ipaddress import ip_network
from types import SimpleNamespace

import pytest

from kbportal import serving
from scripts import portal_server
from tests.infra.project import ROOT

HALF = (
    b"POST /fr/search/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20000\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\nq=xxxx"
)


APP = """
def app(environ, start):
    start("200 OK", [])
    return [f"{len(environ['wsgi.input'].read())}{environ['wsgi.url_scheme']}".encode()]
"""


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    """A server of one process, which answers without the portal."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "one.py").write_text(APP)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    environment = {**os.environ, "PORT": str(number), "WEB_CONCURRENCY": "1"}
    environment |= {"PYTHONPATH": str(folder), "DATA_DIR": str(folder)}
    environment.pop("ALLOWED_HOSTS", None)
    command = [sys.executable, "-m", "gunicorn", "one:app"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", number)) == 0:
                break
        time.sleep(0.1)
    yield number
    server.send_signal(signal.SIGTERM)
    assert server.wait(30) == 0


def ask(port: int, body: bytes = b"", **headers: str) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("POST", "/", body, headers)
    answer = connection.getresponse().read().decode()
    connection.close()
    return answer


def test_half_a_form_sent_many_times_stops_no_reader(port: int):
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(30)]
    for one in slow:
        one.sendall(HALF)
    assert ask(port, b"x" * 200_000) == "200000http"
    for one in slow:
        one.close()


def test_a_proxy_on_this_machine_says_that_readers_use_https(port: int):
    assert ask(port, **{"X-Forwarded-Proto": "https"}) == "0https"


class Channel:
    """A connection of waitress, as far as it is looked at."""

    will_close = False

    def __init__(self, address: str, size: int = 20_000) -> None:
        self.addr, self.request = (address, 1), SimpleNamespace(content_length=size)


#: What is under way -> the seconds after which it is ended.
SLOW = [
    (Channel("203.0.113.7"), serving.ARRIVAL_OF_TEXT),
    (Channel("203.0.113.7", 0), serving.ARRIVAL_OF_TEXT),
    (Channel("203.0.113.7", 40_000_000), serving.ARRIVAL),
]


def test_any_program_is_served_be_its_settings_others(tmp_path):
    """As the one that ``benchmarks.bench_pages`` measures pages against."""
    (tmp_path / "body").write_bytes(gzip.compress(b"a page"))
    body = {"BARE_BODY": str(tmp_path / "body"), "WEB_CONCURRENCY": "1"}
    with (
        portal_server.serving(tmp_path, "benchmarks.stand.bare", **body) as address,
        urllib.request.urlopen(f"{address}/page/") as answer,
    ):
        assert gzip.decompress(answer.read()) == b"a page"


@pytest.mark.parametrize(("slow", "patience"), SLOW)
def test_a_byte_now_and_then_keeps_no_connection_for_ever(slow, patience: int):
    slow.will_close, since = False, {}
    for now, ended in ((0, False), (patience, False), (patience + 1, True)):
        serving.end_slow_ones({1: slow}, since, now)
        assert slow.will_close is ended


def test_a_connection_that_is_kept_for_the_next_request_is_not_slow():
    one, since = Channel("203.0.113.7"), {}
    for now in (0, 20, 40, 60):
        one.request = None if now % 40 else SimpleNamespace(content_length=0)
        serving.end_slow_ones({1: one}, since, now)
    assert not one.will_close


def test_an_address_has_so_many_under_way_a_proxy_any_number():
    many = {number: Channel("203.0.113.7") for number in range(serving.UNFINISHED_OF_ONE + 5)}
    shared = ["127.0.0.1", "::1", "172.30.0.5"] * 60
    proxy = {1000 + number: Channel(address) for number, address in enumerate(shared)}
    serving.end_slow_ones({**many, **proxy}, {}, 0, [ip_network("172.30.0.0/24")])
    assert sum(one.will_close for one in many.values()) == 5
    assert not any(one.will_close for one in proxy.values())


def test_what_the_first_requests_leave_is_collected_once_and_walked_no_more(monkeypatch):
    conf = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    frozen = []
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(True))
    for _ in range(49):
        conf["post_request"](None, None, None, None)
    assert not frozen
    conf["post_request"](None, None, None, None)
    assert len(frozen) == 1
    for _ in range(600):
        conf["post_request"](None, None, None, None)
    assert len(frozen) == 2
