"""``manage.py`` under right and wrong settings: one line and status 2, never a traceback."""

import os
import secrets
import subprocess
import sys

import pytest

from tests.infra.project import ROOT

SOUND = {
    "ALLOWED_HOSTS": "portal.example.org",
    "DATABASE_URL": "sqlite://:memory:",
    "PORTAL_ENV_FILE": "",
    "SECRET_KEY": secrets.token_urlsafe(50),
}


def check(tmp_path, **variables: str) -> subprocess.CompletedProcess:
    """Run ``manage.py check --deploy`` under ``variables`` and nothing else of the caller's."""
    env = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **variables}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)


def test_sound_deployment_has_no_warning(tmp_path):
    done = check(tmp_path, **SOUND)
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("variable", "value"),
    [("SECRET_KEY", ""), ("ALLOWED_HOSTS", "*"), ("DEBUG", "1"), ("HSTS_SECONDS", "0")],
)
def test_insecure_deployment_does_not_start(tmp_path, variable, value):
    done = check(tmp_path, **SOUND | {variable: value})
    assert done.returncode == 2
    assert done.stderr.startswith(f"Configuration error: {variable} ")
    assert done.stderr.count("\n") == 1


def test_web_server_does_not_start_either(tmp_path):
    env = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "SECRET_KEY": "weak"}
    command = [sys.executable, "-m", "gunicorn", "--bind", "127.0.0.1:0", "kbportal.wsgi"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode != 0
    assert "Configuration error: SECRET_KEY is too weak" in done.stderr
    assert "Traceback" not in done.stderr
