"""The web server: processes with a few threads each, which get complete requests alone."""

import gc
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from kbportal.environment import env

try:
    env.read_file(Path(__file__).resolve().parent)
except ImproperlyConfigured as error:
    sys.exit(f"Configuration error: {error}")
_host = env.text("HOST", "127.0.0.1")
bind = f"{f'[{_host}]' if ':' in _host else _host}:{env.number('PORT', 8000, minimum=1)}"
worker_class = "kbportal.serving.WaitingWorker"
workers = env.number("WEB_CONCURRENCY", 2, minimum=1)
threads = 4
_answered = itertools.count(1)
#: Requests after which what a process keeps for good is set apart.
_SETTLED_AFTER = (50, 500, 5_000)
loglevel = "warning"
control_socket_disable = True
# Where processes share what they count: set before any of them counts.
_metrics_port = env.number("METRICS_PORT", 0)
if _metrics_port:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="portal-metrics-")
# No header says where the portal is mounted: gunicorn would believe SCRIPT_NAME.
forwarder_headers = ""


def on_starting(server: object) -> None:
    """Stop before any worker starts, with one line, when a setting is wrong."""
    try:
        import kbportal.settings  # noqa: F401 (reads and checks the environment)
    except ImproperlyConfigured as error:
        sys.exit(f"Configuration error: {error}")


def when_ready(server: object) -> None:
    """Start the process that answers Prometheus, beside those that serve."""
    if not _metrics_port:
        return
    host = env.text("METRICS_HOST", "127.0.0.1")
    portal = f"http://{bind.replace('0.0.0.0', '127.0.0.1').replace('[::]', '[::1]')}"
    command = [sys.executable, "-m", "kbportal.metrics.server", portal, host, str(_metrics_port)]
    subprocess.Popen(command, cwd=Path(__file__).resolve().parent)


def child_exit(server: object, worker: object) -> None:
    """Forget what a process that has ended was about to answer."""
    if _metrics_port:
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid)  # type: ignore[attr-defined, no-untyped-call]  # of gunicorn


def on_exit(server: object) -> None:
    """Delete what was shared."""
    if _metrics_port:
        shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)


def post_worker_init(worker: object) -> None:
    """Keep the collector from walking the program's own objects, again and again, for nothing."""
    _settle()


def post_request(worker: object, request: object, environ: object, response: object) -> None:
    """Do the same for what the first requests leave behind for good.

    It is the words of the base, templates, what is known of words: hundreds of thousands of
    objects, and a pasted text makes enough to have them walked.
    """
    if next(_answered) in _SETTLED_AFTER:
        _settle()


def _settle() -> None:
    gc.collect()
    gc.freeze()
