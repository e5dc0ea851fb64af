"""A language that the project does not ship, set up as CONTRIBUTING says: a folder, a catalogue.

The portal runs in a copy of the project and in processes of its own, as it would for the person
who adds a language; the language is Spanish.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.infra.project import ROOT
from tests.web.html import Page

DATA = Path(__file__).with_name("spanish")
NOT_PROGRAM = shutil.ignore_patterns("__pycache__", "*.pyc")


class Portal:
    """A copy of the project with one more language, on a database of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for part in ("kbportal", "troubleshooting", "templates", "static"):
            shutil.copytree(ROOT / part, folder / part, ignore=NOT_PROGRAM)
        for name in ("manage.py", "pyproject.toml"):
            shutil.copy(ROOT / name, folder)
        self._add_spanish()
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self._env = kept | {
            "PORTAL_LANGUAGES": "es,fr,en",
            "DATA_DIR": str(folder / "data"),
            "DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3",
            "DEBUG": "true",
        }

    def _add_spanish(self) -> None:
        app = self.folder / "troubleshooting"
        shutil.copytree(DATA / "es", app / "texts" / "languages" / "es")
        catalogue = app / "locale" / "es" / "LC_MESSAGES"
        catalogue.mkdir(parents=True)
        shutil.copy(DATA / "django.po", catalogue)

    def manage(self, *arguments: str, stdin: str = "") -> str:
        """Run ``manage.py`` and return what it prints; fail with its errors when it fails."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=self.folder, env=self._env, text=True, input=stdin, capture_output=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    made = Portal(tmp_path_factory.mktemp("spanish"))
    (made.folder / "data").mkdir()
    made.manage("compile_catalogues")
    made.manage("migrate", "--verbosity", "0")
    made.manage("import_docs", str(DATA / "guia.es.md"))
    return made


@pytest.mark.slow
@pytest.mark.sqlite
def test_a_language_is_one_folder_and_a_catalogue(portal: Portal):
    script = (DATA / "read_portal.py").read_text("utf-8")
    said = json.loads(portal.manage("shell", "--no-imports", "--command", script).splitlines()[-1])
    facts, pages = said["facts"], {name: Page(html) for name, html in said["pages"].items()}
    assert (facts["title"], facts["language"]) == (
        "Los dispositivos no se inscriben en la empresa",
        "es",
    )
    assert (facts["counts"]["steps"], facts["counts"]["causes"]) == (2, 1)
    for name in ("search", "code"):
        titles = [title.text for title in pages[name].all("h2", class_="hit-title")]
        assert titles[:1] == [facts["title"]], name
    assert pages["article"].one("html").get("lang") == "es"
    assert "Falta el perfil de la empresa" in pages["article"].words
    assert "Artículos" in pages["home"].one("nav", class_="site-nav").text
