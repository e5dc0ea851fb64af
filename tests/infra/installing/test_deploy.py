"""What ``deploy/`` and its document say is true of the code."""

from __future__ import annotations

import os
import re
import subprocess
from datetime import datetime
from pathlib import Path

import pytest
import yaml
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import get_commands

from kbportal import serving
from scripts.trials import archive
from scripts.trials.servers import proxy_settings
from tests.infra.project import ROOT, first_column, read, section
from troubleshooting.media.limits import MOST_UPLOADED

FILES = sorted((ROOT / "deploy").iterdir())
DOCUMENT = read("docs/deploy.md")
#: Said by the programs around the portal, or of their own.
FOREIGN = {"PORTAL_HOST", "DATABASE_PASSWORD", "POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD",
           "POSTGRES_INITDB_ARGS", "PORTAL_ADDRESS",
           "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}  # fmt: skip


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
    caddy = (ROOT / "deploy" / "Caddyfile").read_text("utf-8")
    assert f"max_size {allowed // 1024 // 1024}MB" in caddy
    assert "header_up X-Forwarded-For {remote_host}" in caddy
    minutes = int(re.search(r"read_body (\d+)m\n", caddy)[1])
    assert minutes * 60 == serving.ARRIVAL
    buffered = int(re.search(r"request_buffers (\d+)MB", caddy)[1]) * 1024 * 1024
    assert buffered == serving.TEXT_BYTES


def test_the_trial_of_hosts_stands_behind_the_nginx_of_the_document():
    text = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    settings = proxy_settings(text, ["127.0.0.1:1", "127.0.0.1:2"], 3)
    assert settings.count("server 127.0.0.1:") == 2
    assert re.findall(r"listen .*", settings) == ["listen 127.0.0.1:3;"]
    assert "ssl_" not in settings
    assert "proxy_pass http://portal;" in settings
    assert settings.count("{") == settings.count("}") == 3
    with pytest.raises(ValueError, match="upstream"):
        proxy_settings(text.replace("upstream portal", "upstream other"), [], 3)


def test_continuous_copies_are_of_the_portals_own_database():
    """The trial reads the file for PostgreSQL; what Litestream is told is looked at alone."""
    (database,) = yaml.safe_load(read("deploy/litestream.yml"))["dbs"]
    folder = re.search(r"^DATA_DIR=(.+)$", read("deploy/portal.env"), flags=re.MULTILINE)[1]
    assert database["path"] == f"{folder}/db.sqlite3"
    assert database["replicas"]
    told = dict(re.findall(r"^(\w+) = (.+)$", archive.settings(Path("/a b")), flags=re.MULTILINE))
    assert told["archive_mode"] == "on"
    assert told["archive_command"].startswith("'test ! -f /a b/%f && "), "none is written over"
    assert told["archive_command"].endswith(" && mv /a b/%f.part /a b/%f'"), "whole or not at all"
    assert told["restore_command"] == "'cp /a b/%f %p'"
    assert f"install -d -o postgres -m 700 {archive.PLACE}" in DOCUMENT


def services() -> dict:
    return yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text("utf-8"))["services"]


def test_the_services_start_after_the_database():
    assert set(services()) == {"portal", "worker", "daily", "database", "proxy"}
    assert services()["portal"]["depends_on"]["database"] == {"condition": "service_healthy"}


def test_the_services_of_containers_are_set_as_those_of_a_machine():
    """Backups and retention run, the proxy has its file, and nothing is promised for good."""
    pairs = re.findall(r"^(HSTS_\w+)=(\w+)$", read("deploy/portal.env"), flags=re.MULTILINE)
    assert len(pairs) == 2
    for name in ("portal", "worker", "daily"):
        assert dict(pairs).items() <= services()[name]["environment"].items()
    assert "deploy/daily.sh" in str(services()["daily"]["command"])
    assert "deploy/daily.sh" in read("deploy/portal-daily.service")
    assert "./Caddyfile:/etc/caddy/Caddyfile:ro" in services()["proxy"]["volumes"]
    used = set(re.findall(r"\{\$([A-Z_]+):", read("deploy/Caddyfile")))
    assert used == set(services()["proxy"]["environment"])


@pytest.mark.parametrize("is_full", [False, True])
def test_each_day_has_a_backup_and_one_that_fails_takes_none_away(tmp_path: Path, is_full: bool):
    command = tmp_path / "portal"
    command.write_text('echo "$1" >> "$0.done"; [ "$1" = prune ] || echo new > "$2"; exit $FAILS\n')
    folder = tmp_path / "backups"
    folder.mkdir()
    day = folder / f"{datetime.now():%a}.backup"
    day.write_text("old\n")
    asked = ["sh", str(ROOT / "deploy/daily.sh"), str(folder), "sh", str(command)]
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "FAILS": str(int(is_full))}
    assert subprocess.run(asked, env=environment).returncode == int(is_full)
    assert day.read_text() == ("old\n" if is_full else "new\n")
    assert Path(f"{command}.done").read_text().split() == ["backup", "prune"]


def test_the_page_for_data_protection_names_every_table_that_names_people():
    """Those with a key of an account, lists of accounts too, and those with people's comments."""
    table = section(DOCUMENT, "What is kept of people")
    named = set(re.findall(r"`([A-Z]\w+[a-z]\w*)`", table))
    models = {model.__name__: model for model in apps.get_models()}
    personal = {
        name
        for name, model in models.items()
        if any(field.related_model is User for field in model._meta.local_fields)
    }
    lists = {
        field.remote_field.through.__name__
        for model in models.values()
        for field in model._meta.local_many_to_many
        if field.related_model is User
    }
    commented = {
        name
        for name, model in models.items()
        if any(field.name == "comment" for field in model._meta.fields)
    }
    assert len(personal) > 20
    assert lists >= {"PendingRevision_writers"}
    assert commented >= {"ErrorReport", "GapReport", "Outcome"}
    assert personal | lists | commented <= named
    assert named <= {*models, *lists}, "each is a model"
