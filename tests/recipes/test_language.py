"""A language that the project does not ship, set up as CONTRIBUTING says: a folder, a catalogue."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.recipes.project_copy import ProjectCopy
from tests.web.html import Page

DATA = Path(__file__).with_name("spanish")


@pytest.fixture
def portal(migrated: Path) -> ProjectCopy:
    copy = ProjectCopy(migrated, PORTAL_LANGUAGES="es,fr,en")
    app = copy.folder / "troubleshooting"
    shutil.copytree(DATA / "es", app / "texts" / "languages" / "es")
    catalogue = app / "locale" / "es" / "LC_MESSAGES"
    catalogue.mkdir(parents=True)
    shutil.copy(DATA / "django.po", catalogue)
    copy.compile()
    return copy


@pytest.mark.slow
@pytest.mark.sqlite
def test_a_language_is_one_folder_and_a_catalogue(portal: ProjectCopy):
    script = (DATA / "read_portal.py").read_text("utf-8")
    read = ("shell", "--no-imports", "--command", script)
    _, read_there = portal.prepare(("import_docs", str(DATA / "guia.es.md")), read)
    said = json.loads(read_there.splitlines()[-1])
    facts, pages = said["facts"], {name: Page(html) for name, html in said["pages"].items()}
    assert (facts["title"], facts["language"]) == (
        "Los dispositivos no se inscriben en la empresa",
        "es",
    )
    assert (facts["counts"]["steps"], facts["counts"]["causes"]) == (2, 1)
    places = {"search": ("h2", "hit-title"), "code": ("strong", "code-answer-title")}
    for name, (tag, class_name) in places.items():
        titles = [title.text for title in pages[name].all(tag, class_=class_name)]
        assert titles[:1] == [facts["title"]], name
    assert pages["article"].one("html").get("lang") == "es"
    assert "Falta el perfil de la empresa" in pages["article"].words
    assert "Artículos" in pages["home"].one("nav", class_="site-nav").text
