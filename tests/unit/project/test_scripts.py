"""What the scripts compute: the tests in tests/scripts, and what scripts and portal share."""

import json
import os
import re
import subprocess
import sys

from tests.infra.project import ROOT
from troubleshooting.search.reading.query import LOG_CHARACTERS
from troubleshooting.search.suggest import _LONGEST as LONGEST_SUGGESTED
from troubleshooting.texts.anchors import resolution_anchor, step_anchor
from troubleshooting.texts.sections import SECTIONS
from troubleshooting.views.searching.results import LONGEST_ADDRESS

STATIC = ROOT / "static" / "portal"
#: Scripts that run before the first paint, which a module would come after.
CLASSIC = {"theme.js", "searching/recent.js"}


def scripts_that_hold(text: str) -> set[str]:
    """Return the paths of the scripts in which ``text`` stands, below ``static/portal``."""
    paths = STATIC.rglob("*.js")
    return {path.relative_to(STATIC).as_posix() for path in paths if text in path.read_text()}


def test_scripts_compute_what_their_tests_expect(tmp_path):
    options = ["--no-remote", "--no-npm", "--allow-read=templates/sw.js"]
    command = [sys.executable, "-m", "deno", "test", *options, "tests/scripts"]
    env = os.environ | {"DENO_DIR": str(tmp_path), "DENO_NO_UPDATE_CHECK": "1", "NO_COLOR": "1"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) > 50


def test_the_search_box_has_the_limits_of_the_portal():
    limits = dict(
        re.findall(r"^  (\w+): (\d+),", (STATIC / "searching" / "queries.js").read_text(), re.M)
    )
    assert int(limits["typed"]) == LOG_CHARACTERS
    assert int(limits["address"]) == LONGEST_ADDRESS
    assert int(limits["longest"]) == LONGEST_SUGGESTED


def test_scripts_read_anchors_in_one_module():
    """What it computes is tested in ``tests/scripts``."""
    assert scripts_that_hold("resolution-") | scripts_that_hold("-step-") == {"calls/ticket.js"}
    written = re.search(r"/\^(resolution-.+?)/", (STATIC / "calls" / "ticket.js").read_text())[1]
    assert re.match(written, step_anchor(resolution_anchor(2), 3)).groups() == ("2", "3")


def test_scripts_list_the_texts_of_an_article_as_the_portal_does():
    script = (STATIC / "admin" / "editing" / "texts.js").read_text()
    listed = re.search(r"const TEXTS = (\[.*\]);", script)[1]
    assert json.loads(listed) == ["title", *SECTIONS, "internal"]


def test_scripts_that_cannot_import_name_the_same_keys():
    keys = dict(re.findall(r'(\w+): "([^"]+)"', (STATIC / "storage.js").read_text()))
    assert f'getItem("{keys["theme"]}")' in (STATIC / "theme.js").read_text()
    settings = f"({keys['theme']}|{keys['keys']}|{keys['letters']})="
    assert settings in (STATIC / "theme.js").read_text()
    recent = (STATIC / "searching" / "recent.js").read_text()
    assert f'const KEY = "{keys["searches"]}";' in recent
    assert f'const ARTICLES = "{keys["articles"]}";' in recent


def test_only_one_module_touches_what_the_browser_keeps():
    assert scripts_that_hold("localStorage") == CLASSIC | {"storage.js"}


def test_every_script_is_a_module_but_those_that_run_before_the_first_paint():
    found = {
        (name, "module" if 'type="module"' in rest else "classic")
        for path in (ROOT / "templates").rglob("*.html")
        for name, rest in re.findall(
            r"""<script src="{% static ['"]portal/([\w/-]+\.js)['"] %}"([^>]*)>""", path.read_text()
        )
    }
    assert len(found) > 10
    assert {name for name, kind in found if kind == "classic"} == CLASSIC
