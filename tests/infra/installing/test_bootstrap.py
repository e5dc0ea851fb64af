"""`make run`: what stands in its way gets one line that says what, where and what to do."""

import ast
import errno
import os
import socket
import subprocess
import sys

import pytest

from kbportal import catalogues
from kbportal.environment import terminal
from scripts import bootstrap
from tests.infra.project import ROOT

FRENCH = ROOT / "troubleshooting" / "locale" / "fr" / "LC_MESSAGES" / "django.po"


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Let the terminal be an English one."""
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Return an empty checkout that the script takes for its own."""
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "VENV_PYTHON", tmp_path / ".venv" / "bin" / "python")
    return tmp_path


def make_venv() -> None:
    """Make what the script takes for a complete virtual environment."""
    bootstrap.VENV_PYTHON.parent.mkdir(parents=True)
    bootstrap.VENV_PYTHON.touch()
    bootstrap.VENV_PYTHON.with_name("pip").touch()


def one_line(capsys) -> str:
    """Return what was written to standard error, which must be a single line."""
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    return lines[0]


def test_taken_port(capsys, monkeypatch):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        monkeypatch.setenv("HOST", "127.0.0.1")
        monkeypatch.setenv("PORT", str(port))
        assert bootstrap.main("run") == 1
    line = one_line(capsys)
    assert f"Port {port} of 127.0.0.1 is taken" in line
    assert f"make run PORT={port + 1}" in line


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1", "8000x"])
def test_no_port(capsys, monkeypatch, port):
    monkeypatch.setenv("PORT", port)
    assert bootstrap.main("run") == 1
    assert f"PORT={port} is no port" in one_line(capsys)


def test_host_of_another_machine(capsys, monkeypatch):
    monkeypatch.setenv("HOST", "192.0.2.1")  # reserved for documentation (RFC 5737)
    monkeypatch.setenv("PORT", "8000")
    assert bootstrap.main("run") == 1
    assert "Cannot listen on port 8000 of 192.0.2.1" in one_line(capsys)


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LC_ALL": "fr_FR.UTF-8", "LANG": "en_US.UTF-8"}, "fr"),
        ({"LC_MESSAGES": "en_GB", "LANG": "fr_FR.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "fr"}, "fr"),
        ({"LANG": "fr_CA@euro"}, "fr"),
        ({"LC_ALL": "C", "LANG": "en_US.UTF-8"}, "other"),
        ({"LANG": "C.UTF-8"}, "other"),
        ({"LANG": "de_DE.UTF-8"}, "other"),
        ({"LANG": "pt_BR.UTF-8"}, "pt-br"),
        ({}, "other"),
    ],
)
def test_the_terminal_says_the_language(variables, language):
    assert terminal.language_of(variables, ["fr", "en", "pt-br"], "other") == language


def test_texts_are_read_as_the_catalogue_has_them():
    plain = [one for one in catalogues.read(FRENCH) if isinstance(one.id, str) and not one.context]
    texts = {one.id: one.string for one in plain if one.id}
    assert len(texts) > 3000
    assert terminal.texts_of(FRENCH) == texts
    assert terminal.texts_of(FRENCH.with_name("none.po")) == {}


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"LC_ALL": "fr_FR.UTF-8"}, "PORT=x n’est pas un port\u00a0:"),
        ({"LC_ALL": "C"}, "PORT=x n’est pas un port\u00a0:"),
        ({"LC_ALL": "C", "DEFAULT_LANGUAGE": "en"}, "PORT=x is no port:"),
        ({"LC_ALL": "en_GB.UTF-8", "DEFAULT_LANGUAGE": "fr"}, "PORT=x is no port:"),
    ],
)
def test_what_is_in_the_way_is_said_in_the_language_of_the_terminal(
    capsys, monkeypatch, variables, said
):
    monkeypatch.delenv("DEFAULT_LANGUAGE", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PORT", "x")
    assert bootstrap.main("run") == 1
    assert one_line(capsys).startswith(said)


def test_every_line_for_the_terminal_is_in_the_catalogue():
    """Whatever is printed or raised goes through ``gettext``, but names, causes and their joins."""
    tree = ast.parse((ROOT / "scripts" / "bootstrap.py").read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    told = [
        node.args[0]
        for node in calls
        if isinstance(node.func, ast.Name) and node.func.id in ("print", "ObstacleError")
    ]
    assert len(told) > 10
    plain = [
        ast.unparse(one)
        for one in told
        for piece in ast.walk(one)
        if isinstance(piece, ast.Constant)
        and any(letter.isalpha() for letter in str(piece.value))
        and not any(piece in ast.walk(call) for call in ast.walk(one) if is_translated(call))
    ]
    assert plain == []


def is_translated(node: ast.AST) -> bool:
    """Return whether ``node`` is a call of ``gettext``."""
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "_"


def test_missing_venv_module(capsys, monkeypatch, project):
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda name: None)
    assert bootstrap.main("install") == 1
    assert "apt-get install python3-venv" in one_line(capsys)
    assert not bootstrap.VENV.exists()


def test_venv_that_cannot_be_made_leaves_nothing_behind(capsys, monkeypatch, project):
    def fail(command, **_options):
        bootstrap.VENV.mkdir()
        return subprocess.CompletedProcess(command, 1, "ensurepip is not\navailable.\n", "")

    monkeypatch.setattr(bootstrap.subprocess, "run", fail)
    assert bootstrap.main("install") == 1
    assert "ensurepip is not available. On Debian" in one_line(capsys)
    assert not bootstrap.VENV.exists()


def test_folder_that_cannot_be_written(capsys, monkeypatch, project):
    def refuse(*_arguments, **_options):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(bootstrap.tempfile, "TemporaryFile", refuse)
    assert bootstrap.main("install") == 1
    assert one_line(capsys).startswith(f"Cannot write to {project} (Permission denied)")


def test_packages_are_installed_once_for_each_lock_file(monkeypatch, project):
    calls = []
    monkeypatch.setattr(bootstrap.subprocess, "run", lambda command, **_: calls.append(command))
    make_venv()
    lock = project / "requirements.txt"
    for content in ("a==1", "a==1", "a==2"):
        lock.write_text(content)
        assert bootstrap.main("install") == 0
    assert len(calls) == 2
    assert all("--require-hashes" in command for command in calls)


def test_interrupted_installation_is_taken_up_again(monkeypatch, project):
    def fail(command, **_options):
        raise subprocess.CalledProcessError(3, command)

    make_venv()
    (project / "requirements.txt").write_text("a==1")
    monkeypatch.setattr(bootstrap.subprocess, "run", fail)
    assert bootstrap.main("install") == 3
    assert not list(bootstrap.VENV.glob("*.installed"))


def test_static_files_are_collected_when_one_changed(monkeypatch, project):
    calls = []
    monkeypatch.setattr(bootstrap, "manage", lambda *arguments: calls.append(arguments))
    for name in ("static/a.css", "kbportal/settings.py", "requirements.txt"):
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text("1")
    stamp = project / "stamp"
    bootstrap.collect_static(stamp)
    bootstrap.collect_static(stamp)
    assert len(calls) == 1
    (project / "static" / "a.css").write_text("2")
    bootstrap.collect_static(stamp)
    assert len(calls) == 2


def test_old_python_is_told_so():
    code = (
        "import runpy, sys; sys.version_info = (3, 9, 18);"
        "runpy.run_path('scripts/bootstrap.py', run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("Python 3.9 is too old: the portal needs 3.11 or newer.")
    assert done.stderr.count("\n") == 1
