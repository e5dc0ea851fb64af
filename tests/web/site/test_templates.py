"""Templates can be read: the formatter keeps them so, and what it cannot break has a bound."""

import re
import tomllib
from pathlib import Path

import pytest
from django.template import TemplateDoesNotExist
from django.template.base import Template
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode, IncludeNode

from kbportal.templates import without_indentation

ROOT = Path(__file__).resolve().parents[3]
LONGEST = 120
#: Tags without a blank between them stay on one line, for a new line would show as a blank.
LONGEST_UNBROKEN = 320
TAG = re.compile(r"{[%{#].*?[#}%]}")
VALUE = re.compile(r"=\"[^\"]*\"|='[^']*'")


def formatted_templates() -> list[Path]:
    """Return the templates that the formatter does not leave out."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    excluded = project["tool"]["djangofmt"]["extend-exclude"]
    return [
        path for path in sorted((ROOT / "templates").rglob("*.html")) if path.name not in excluded
    ]


def can_be_broken(line: str) -> bool:
    """Return whether a blank of ``line`` stands outside of tags and attributes' values."""
    return " " in VALUE.sub("=x", TAG.sub("x", line.strip()))


def test_where_a_line_can_be_broken():
    assert can_be_broken('<p class="a b">')
    assert not can_be_broken('<p{% if a b %}>{% translate "a b" %}{{ a }}')
    assert not can_be_broken('title="a b"')


def test_lines_are_short():
    paths = formatted_templates()
    assert len(paths) > 80
    long = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > LONGEST_UNBROKEN or (len(line) > LONGEST and can_be_broken(line))
    ]
    assert long == []


def named_by(template: Template) -> set[str]:
    """Return the names of the templates that one includes or extends, where it says them itself."""
    nodes = template.nodelist
    named = [node.template for node in nodes.get_nodes_by_type(IncludeNode)]
    named += [node.parent_name for node in nodes.get_nodes_by_type(ExtendsNode)]
    return {one.var for one in named if isinstance(one.var, str)}


def test_every_template_that_is_named_is_there():
    """By another template, whatever has to be shown for it to be asked for, or by the program."""
    folder = ROOT / "templates"
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*.*")}
    used = set().union(*(named_by(get_template(name).template) for name in names))
    said = re.compile(r"""["']((?:\w+/)+\w+\.(?:html|txt))["']""")
    for path in (ROOT / "troubleshooting").rglob("*.py"):
        used.update(said.findall(path.read_text("utf-8")))
    assert len(used) > 100
    missing = []
    for name in sorted(used):
        try:
            get_template(name)
        except TemplateDoesNotExist:
            missing.append(name)
    assert missing == []


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("<ul>\n  <li>a</li>\n\n\t<li>b</li>\n</ul>", "<ul>\n<li>a</li>\n\n<li>b</li>\n</ul>"),
        ("<p>a  b</p>", "<p>a  b</p>"),
        ("<a\n  href='x'\n>a</a>", "<a\nhref='x'\n>a</a>"),
        ("  <pre>\n  a\n    b</pre>\n  c", "  <pre>\n  a\n    b</pre>\nc"),
        ("<textarea rows='2'>\n  a</textarea>", "<textarea rows='2'>\n  a</textarea>"),
        (
            "{% blocktranslate %}\n  a\n{% endblocktranslate %}\n  b",
            "{% blocktranslate %}\n  a\n{% endblocktranslate %}\nb",
        ),
    ],
)
def test_indentation_is_for_who_writes_templates(written, sent):
    assert without_indentation(written) == sent
    assert sent.count("\n") == written.count("\n")  # an error names the line of the file


def test_pages_are_sent_without_indentation():
    assert "\n " not in get_template("base.html").template.source
    assert "\n  " in (ROOT / "templates" / "base.html").read_text(encoding="utf-8")
