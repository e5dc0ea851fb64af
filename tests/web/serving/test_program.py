"""A page kept by a browser is asked for anew when the program or any of its settings changed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings as current

from troubleshooting.caching.program import of_settings, program

ROOT = Path(__file__).parents[3]
#: Settings that name folders and files, which no page shows.
PLACES = {"BASE_DIR", "DATA_DIR", "MEDIA_ROOT", "STATIC_ROOT", "STATICFILES_DIRS", "COUNTERS_FILE"}


def _read_by_the_portal() -> list[str]:
    sources = (path.read_text("utf-8") for path in (ROOT / "troubleshooting").rglob("*.py"))
    named = {name for text in sources for name in re.findall(r"\bsettings\.([A-Z_]+)\b", text)}
    return sorted(name for name in named - PLACES - {"DATABASES"} if hasattr(current, name))


@pytest.mark.parametrize("name", _read_by_the_portal())
def test_every_setting_that_the_portal_reads_is_part_of_it(settings, name):
    before = of_settings()
    setattr(settings, name, "another")
    assert of_settings() != before


@pytest.mark.parametrize(
    "path", ["troubleshooting/words.toml", "templates/page.html", "kbportal/middleware.py"]
)
def test_a_file_of_the_program_is_part_of_it(settings, tmp_path, path):
    told = []
    settings.BASE_DIR = tmp_path
    file = tmp_path / path
    file.parent.mkdir()
    for words in ("oui", "non"):
        file.write_text(words)
        program.cache_clear()
        told.append(program())
    program.cache_clear()
    assert told[0] != told[1]


def test_settings_cannot_be_guessed_from_it(settings):
    before = of_settings()
    settings.SECRET_KEY = f"{settings.SECRET_KEY}-"
    assert of_settings() != before
