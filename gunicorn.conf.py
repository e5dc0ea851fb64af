"""The web server: processes with a few threads each, which get complete requests alone."""

import gc
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from kbportal import env

try:
    env.read_file(Path(__file__).resolve().parent)
except ImproperlyConfigured as error:
    sys.exit(f"Configuration error: {error}")
_host = env.text("HOST", "127.0.0.1")
bind = f"{f'[{_host}]' if ':' in _host else _host}:{env.number('PORT', 8000, minimum=1)}"
worker_class = "kbportal.serving.WaitingWorker"
workers = env.number("WEB_CONCURRENCY", 2, minimum=1)
threads = 4
loglevel = "warning"
control_socket_disable = True
# No header says where the portal is mounted: gunicorn would believe SCRIPT_NAME.
forwarder_headers = ""


def on_starting(server: object) -> None:
    """Stop before any worker starts, with one line, when a setting is wrong."""
    try:
        import kbportal.settings  # noqa: F401 (reads and checks the environment)
    except ImproperlyConfigured as error:
        sys.exit(f"Configuration error: {error}")


def post_worker_init(worker: object) -> None:
    """Keep the collector from walking the program's own objects, again and again, for nothing."""
    gc.collect()
    gc.freeze()
