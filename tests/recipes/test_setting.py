"""A setting that the portal does not have, added as CONTRIBUTING says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.infra.installing.test_documents import variables_read
from tests.recipes.project_copy import ProjectCopy

SETTINGS = "kbportal/settings.py"
BESIDE = 'TRASH_DAYS = env.number("TRASH_DAYS", default=30)\n'
NEW = 'OPENING_DAYS = env.number("OPENING_DAYS", default=5, minimum=1)\n'
SHOW = ("shell", "--no-imports", "--command",
        "from django.conf import settings; print(settings.OPENING_DAYS)")  # fmt: skip


def portal(folder: Path, **environment: str) -> ProjectCopy:
    copy = ProjectCopy(folder, PORTAL_ENV_FILE="", **environment)
    copy.replace(SETTINGS, (BESIDE, BESIDE + NEW))
    return copy


@pytest.mark.sqlite
def test_a_setting_is_read_from_the_environment(tmp_path: Path):
    (shown,) = portal(tmp_path, OPENING_DAYS="6").manage_all(SHOW)
    assert int(shown) == 6
    # By this the table of the README, and what tests take from the environment, are compared.
    assert "OPENING_DAYS" in variables_read(tmp_path / SETTINGS)


@pytest.mark.sqlite
def test_a_value_that_is_none_stops_the_portal_and_names_the_variable(tmp_path: Path):
    with pytest.raises(AssertionError, match="Configuration error: OPENING_DAYS is 'seven'"):
        portal(tmp_path, OPENING_DAYS="seven").manage_all(SHOW)
