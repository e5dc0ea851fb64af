"""The style sheets, scripts and icons: contrast, size, completeness."""

import gzip
import re
from itertools import product
from pathlib import Path

import pytest
from django.contrib import admin as django_admin

from tests.infra.project import ROOT

STATIC = ROOT / "static" / "portal"
SHEETS = sorted(STATIC.rglob("*.css"))
PAIR = re.compile(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);")
COLOURS = {name: pair for name, *pair in PAIR.findall((STATIC / "tokens.css").read_text())}
SURFACES = ("surface-0", "surface-1", "surface-2")
TEXTS = [
    *product(("text", "text-muted", "accent", "accent-strong"), SURFACES),
    *(
        (tone, surface)
        for tone in ("note", "warning", "danger", "solved")
        for surface in (f"{tone}-soft", "surface-1")
    ),
    *(
        ("text", soft)
        for soft in (
            "note-soft",
            "warning-soft",
            "danger-soft",
            "solved-soft",
            "accent-soft",
            "mark",
        )
    ),
    ("accent-strong", "accent-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
]
CONTROLS = [*product(("line-control", "accent"), SURFACES)]


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Contrast ratio, WCAG 2.2: 1 to 21."""
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("front", "back", "least"),
    [(*pair, 4.5) for pair in TEXTS] + [(*pair, 3.0) for pair in CONTROLS],
)
def test_contrast(mode, front, back, least):
    assert contrast(COLOURS[front][mode], COLOURS[back][mode]) >= least


def test_sizes():
    apart = (STATIC / "admin", STATIC / "logs")
    sheets = (path for path in SHEETS if not set(apart) & set(path.parents))
    assert sum(map(compressed, sheets)) < 20_000
    assert (
        sum(map(compressed, scripts_of("base.html", "troubleshooting/articles/article.html")))
        < 20_000
    )


def compressed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes()))


def scripts_of(*templates: str) -> set[Path]:
    """Return the scripts that the templates name, and those that these import at once."""
    texts = "".join((ROOT / "templates" / name).read_text() for name in templates)
    left = {STATIC / name for name in re.findall(r"static 'portal/([\w/-]+\.js)'", texts)}
    found: set[Path] = set()
    while left:
        path = left.pop()
        found.add(path)
        imported = re.findall(
            r'^(?:import|export) [^;]*?"(\.[\w./-]+\.js)"', path.read_text(), re.M
        )
        left |= {(path.parent / name).resolve() for name in imported} - found
    return found


def test_every_icon_named_in_a_template_is_in_the_sprite():
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons" / "icons.svg").read_text()))
    named = {
        name
        for path in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r'(?:{% icon |\bicon=)"([\w-]+)"', path.read_text())
    }
    assert named <= sprite


def test_every_variable_used_is_defined():
    sheets = "".join(path.read_text() for path in SHEETS)
    assert set(re.findall(r"var\(--([\w-]+)", sheets)) <= set(re.findall(r"--([\w-]+):", sheets))


def test_every_class_of_the_templates_is_styled_or_a_hook():
    sheets = "".join(path.read_text() for path in SHEETS)
    styled = set(re.findall(r"\.([a-z][\w-]+)", sheets))
    hooks = {"brand-mark", "article-body", "article-aside", "results"}
    for path in [
        ROOT / "templates" / "base.html",
        *(ROOT / "templates/troubleshooting").rglob("*.html"),
    ]:
        text = re.sub(r"{[{%].*?[%}]}", "", path.read_text())
        for names in re.findall(r'class="([^"]*)"', text):
            assert {name for name in names.split() if not name.endswith("-")} <= styled | hooks, (
                path
            )


def rules_of(sheet: Path) -> list[tuple[str, list[str]]]:
    """Return the innermost blocks of a sheet: selector, declarations."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    blocks = re.findall(r"([^{};]*)\{([^{}]*)\}", text)
    return [(selector.strip(), re.split(r";\s*", body.strip())) for selector, body in blocks]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: str(path.relative_to(STATIC)))
def test_no_block_declares_a_property_twice(sheet):
    """But ``content``, where browsers that know no alternative text take the first one."""
    for selector, declarations in rules_of(sheet):
        names = [one.partition(":")[0] for one in declarations if ":" in one]
        twice = {name for name in names if names.count(name) > 1} - {"content"}
        assert not twice, (selector, twice)


def test_every_class_that_is_styled_is_used():
    """By the portal, or by what it builds on: Django's administration, the editor of texts."""
    admin = Path(django_admin.__file__).parent
    paths = [
        *(path for name in ("*.html", "*.js") for path in (ROOT / "templates").rglob(name)),
        *(ROOT / "troubleshooting").rglob("*.py"),
        *(path for name in ("*.html", "*.py", "*.js") for path in admin.rglob(name)),
        *(ROOT / "static").rglob("*.js"),
    ]
    text = "".join(path.read_text("utf-8") for path in paths)
    written = set(re.findall(r"[\w-]+", text))
    # Such as ``outcome-{{ row.outcome }}`` and f"field-{name}".
    composed = tuple({*re.findall(r"([a-z][\w-]*-)[\"'`]?\s*(?:\{|\$|\+)", text)})
    selectors = " ".join(
        re.sub(r'"[^"]*"', "", selector)
        for sheet in SHEETS
        for selector, _declarations in rules_of(sheet)
    )
    styled = set(re.findall(r"\.([a-z][\w-]*)", selectors))
    assert len(styled) > 500
    assert sorted(name for name in styled - written if not name.startswith(composed)) == []
