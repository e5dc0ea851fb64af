"""Static files as a deployment serves them: collected once for all workers, in eight seconds."""

import fcntl
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings


def deployed(folder: Path) -> override_settings:
    """Return the settings of a deployment whose static files are in ``folder``."""
    storage = {"BACKEND": "kbportal.static_files.HashedFiles"}
    return override_settings(
        STATIC_ROOT=folder,
        STORAGES=settings.STORAGES | {"staticfiles": storage},
        WHITENOISE_USE_FINDERS=False,
        WHITENOISE_AUTOREFRESH=False,
    )


def collect(factory: pytest.TempPathFactory) -> Path:
    """Return a folder of all collected files; the first worker that asks collects them."""
    own = factory.getbasetemp()
    common = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder = common / "collected"
    with (common / "collected.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            begun = common / "collecting"
            with deployed(begun):
                call_command("collectstatic", interactive=False, verbosity=0)
            begun.rename(folder)
    return folder
