"""The apps for ticket systems, against what their formats ask for.

Zendesk: developer.zendesk.com, "Manifest reference". Zammad: community.zammad.org, "Packages".
"""

from __future__ import annotations

import base64
import json
from pathlib import Path

from PIL import Image

from scripts.publishing.logos import logo
from scripts.publishing.zammad_package import package

ZENDESK = Path("clients/zendesk")


def test_the_manifest_of_zendesk():
    said = json.loads((ZENDESK / "manifest.json").read_text("utf-8"))
    required = {"name", "author", "defaultLocale", "location", "frameworkVersion"}
    known = {*required, "private", "version", "domainWhitelist", "parameters"}
    assert required <= set(said) <= known
    assert set(said["author"]) == {"name", "email", "url"}
    assert said["frameworkVersion"] == "2.0"
    place = said["location"]["support"]["ticket_sidebar"]
    assert (ZENDESK / place["url"]).is_file()
    for one in said["parameters"]:
        assert {"name", "type"} <= set(one) <= {"name", "type", "required", "secure", "default"}
    for language in ("en", "fr"):
        words = json.loads((ZENDESK / f"translations/{language}.json").read_text("utf-8"))["app"]
        assert {"name", "short_description"} <= set(words)
        assert set(words["parameters"]) == {one["name"] for one in said["parameters"]}
    scripts = (ZENDESK / place["url"]).read_text("utf-8")
    assert 'src="sidebar.js"' in scripts
    assert "<script>" not in scripts


def test_the_logos_that_zendesk_asks_for_are_the_icon_of_the_portal():
    for name, pixels in {"logo.png": 320, "logo-small.png": 128}.items():
        kept = Image.open(ZENDESK / "assets" / name)
        assert (kept.format, kept.size) == ("PNG", (pixels, pixels))
        assert kept.convert("RGBA").tobytes() == logo(pixels).tobytes()
        sent = kept.convert("RGBA").resize((32, 32))
        assert sent.getpixel((4, 16)) == (12, 110, 107, 255)
        assert sent.getpixel((0, 0))[3] < 128


def test_the_package_for_zammad():
    said = package()
    assert {"name", "version", "vendor", "license", "url", "files"} == set(said)
    assert said["files"]
    for file in said["files"]:
        assert set(file) == {"location", "permission", "encode", "content"}
        source = base64.b64decode(file["content"]).decode()
        assert "'TicketZoomSidebar'" in source
