"""A field that the API does not answer, added to one record as CONTRIBUTING says."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.infra.project import ROOT
from tests.recipes.project_copy import ProjectCopy

RECORD = "troubleshooting/representing/decoding.py"
TYPES = "clients/python/kbportal_client/types.py"
CODE = "0x80070005"
READ = f"""
import json
from django.test import Client
client = Client(SERVER_NAME="localhost")
api = client.get("/api/v1/codes/decode/?code={CODE}&language=en").json()
from scripts.publishing import client_types
client_types.main()
print(json.dumps(api))
"""


@pytest.fixture
def portal(migrated: Path) -> ProjectCopy:
    copy = ProjectCopy(migrated)
    for part in ("scripts", "clients"):
        shutil.copytree(ROOT / part, copy.folder / part)
    copy.replace(
        RECORD,
        ("    note: str\n    parts: list", "    note: str\n    digits: int\n    parts: list"),
        ("        parts=[Part(", "        digits=len(code.canonical) - 2,\n        parts=[Part("),
    )
    return copy


@pytest.mark.slow
@pytest.mark.sqlite
def test_a_field_is_answered_wherever_its_record_is(portal: ProjectCopy):
    command = ("decode", CODE, "--language", "en", "--format", "json")
    *_, printed, read = portal.prepare(command, ("shell", "--no-imports", "--command", READ))
    api = json.loads(read.splitlines()[-1])
    assert api["meanings"][0]["digits"] == 8
    assert json.loads(printed)[0]["meanings"][0]["digits"] == 8
    described = (portal.folder / TYPES).read_text("utf-8").partition("class Meaning(")[2]
    assert "    digits: int\n" in described.partition("\nclass ")[0]
