"""What ``deploy/`` and its document say is true of the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

from kbportal import serving
from tests.infra.project import ROOT, first_column, read, section
from troubleshooting.media.limits import MOST_UPLOADED

FILES = sorted((ROOT / "deploy").iterdir())
DOCUMENT = read("docs/deploy.md")
#: Said by the programs around the portal, or of their own.
FOREIGN = {"PORTAL_HOST", "DATABASE_PASSWORD", "POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD",
           "POSTGRES_INITDB_ARGS", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}  # fmt: skip


def settings() -> set[str]:
    return {cell.strip("`") for cell in first_column(section(read("README.md"), "Settings"))}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_setting_is_one_of_the_portal(path: Path):
    text = path.read_text("utf-8")
    named = re.findall(r"(?:^|\s)#?([A-Z][A-Z_]{3,})(?:=|: )", text, flags=re.MULTILINE)
    assert set(named) - FOREIGN <= settings()


def test_every_file_has_its_place_in_the_document():
    assert [path.name for path in FILES if f"deploy/{path.name}" not in DOCUMENT] == []


def test_every_command_exists():
    named = set(re.findall(r"^portal (\w+)", DOCUMENT, flags=re.MULTILINE))
    assert len(named) > 8
    assert named <= set(get_commands())


def test_an_upgrade_derives_again_what_the_new_program_reads_otherwise():
    upgrade = section(DOCUMENT, "Upgrade")
    steps = [
        "portal backup",
        "systemctl stop",
        "portal migrate",
        "rebuild_derived --stale",
        "start",
    ]
    places = [upgrade.index(step) for step in steps]
    assert places == sorted(places)


def test_what_the_portal_takes_passes_the_proxies():
    nginx = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    allowed = int(re.search(r"client_max_body_size (\d+)m;", nginx)[1]) * 1024 * 1024
    assert MOST_UPLOADED < allowed <= serving.OPTIONS["max_request_body_size"]
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in nginx, "set, not appended to"


def test_the_services_start_after_the_database():
    services = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text("utf-8"))["services"]
    assert set(services) == {"portal", "worker", "database", "proxy"}
    assert services["portal"]["depends_on"]["database"] == {"condition": "service_healthy"}
