"""Collected static files, as WhiteNoise serves them."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test.client import Client

from tests.deployed import deployed

YEAR = 365 * 24 * 3600
#: Compressed already, or too small to gain by it.
LEFT_AS_THEY_ARE = {".png", ".LICENSE"}


@pytest.fixture
def get(collected: Path) -> Iterator[Callable]:
    """Return a function that asks a portal started now for a path below /static/."""
    with deployed(collected):
        client = Client()
        yield lambda name, accepted: client.get(
            f"{settings.STATIC_URL}{name}", headers={"Accept-Encoding": accepted}
        )


def hashed_names(folder: Path) -> list[str]:
    paths = json.loads((folder / "staticfiles.json").read_text(encoding="utf-8"))["paths"]
    return [name for original, name in paths.items() if original.startswith("portal/")]


@pytest.mark.sqlite
@pytest.mark.django_db
def test_every_file_is_kept_for_a_year_and_compressed_beforehand(collected, get):
    names = hashed_names(collected)
    assert len(names) > 10
    for name in names:
        answers = {accepted: get(name, accepted) for accepted in ("br, gzip", "gzip", "identity")}
        sizes = {accepted: int(one.headers["Content-Length"]) for accepted, one in answers.items()}
        for answer in answers.values():
            kept = re.match(r"max-age=(\d+), public, immutable$", answer.headers["Cache-Control"])
            assert int(kept[1]) >= YEAR, name
            answer.close()
        if sizes["identity"] > 400 and Path(name).suffix not in LEFT_AS_THEY_ARE:
            assert answers["br, gzip"].headers["Content-Encoding"] == "br", name
            assert answers["gzip"].headers["Content-Encoding"] == "gzip", name
            assert sizes["br, gzip"] < sizes["gzip"] < sizes["identity"], name
            assert answers["gzip"].headers["Vary"] == "Accept-Encoding"


def test_modules_import_each_other_by_hashed_names_that_the_worker_keeps(collected):
    names = set(json.loads((collected / "staticfiles.json").read_text("utf-8"))["paths"].values())
    imported = {
        (path.parent / name).resolve().relative_to(collected.resolve()).as_posix()
        for path in (collected / "portal").rglob("*.js")
        if re.search(r"\.[0-9a-f]{12}\.js$", path.name)
        for name in re.findall(r"""(?:from\s*|import\()["'](\.[^"']+)""", path.read_text("utf-8"))
    }
    folders = {name.rpartition("/")[0] for name in imported}
    assert {"portal", "portal/calls", "portal/admin/saving", "vendor/turndown"} <= folders
    assert imported <= names


@pytest.mark.sqlite
@pytest.mark.django_db
def test_a_name_without_a_hash_is_not_kept_for_long(get):
    answer = get("portal/portal.css", "br")
    assert "immutable" not in answer.headers["Cache-Control"]
    answer.close()
