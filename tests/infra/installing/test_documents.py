"""README and docs/ say what the code does: settings, commands, addresses, targets, packages."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from django.core import management
from django.core.management import BaseCommand, find_commands, load_command_class
from django.urls.resolvers import LocalePrefixPattern

from kbportal import urls as site_urls
from tests import settings as test_settings
from tests.infra.project import ROOT, first_column, read, section
from troubleshooting import urls as portal_urls

READERS = {"text", "flag", "number", "words", "choice", "folder"}
#: Read from the environment, but no settings of the portal.
FOREIGN = {
    "PROMETHEUS_MULTIPROC_DIR",
    "DJANGO_SETTINGS_MODULE",
    "DJANGO_ALLOW_ASYNC_UNSAFE",
    "PATH",
    "HOME",
    "LANG",
    # By these one script tells another which fault to plant.
    "PLANTED",
    "PLANTED_ALL",
}


def sources() -> list[Path]:
    """Return the Python files that may read the environment."""
    folders = ("kbportal", "scripts", "troubleshooting")
    nested = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return [
        *ROOT.glob("*.py"),
        ROOT / "tests" / "conftest.py",
        ROOT / "tests" / "settings.py",
        *nested,
    ]


def variables_read(path: Path) -> set[str]:
    """Return the names of the variables that the code in ``path`` reads."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="env"), attr=reader),
                args=[ast.Constant(value=str(name)), *_],
            ) if reader in READERS:
                names.add(name)
            case ast.Call(
                func=ast.Attribute(value=ast.Attribute(attr="environ"), attr="get"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                names.add(name)
            case ast.Subscript(
                value=ast.Attribute(attr="environ"), slice=ast.Constant(value=str(name))
            ):
                names.add(name)
    return names


def documented() -> list[str]:
    """Return the variables of the README's table."""
    return [cell.strip("`") for cell in first_column(section(read("README.md"), "Settings"))]


def test_settings_table_names_every_variable_and_no_other():
    found = {name for path in sources() for name in variables_read(path)} - FOREIGN
    assert sorted(documented()) == sorted(found)


def test_tests_are_untouched_by_the_environment_of_who_runs_them():
    of_the_server = {"HOST", "METRICS_HOST", "PORT", "WEB_CONCURRENCY"}
    of_the_tests = {"CI", "TEST_DATABASE_URL"}
    replaced = {"DATA_DIR", "DATABASE_URL", "PORTAL_ENV_FILE"}
    assert set(test_settings.REMOVED) == set(documented()) - of_the_server - of_the_tests - replaced


def test_readme_names_every_target_of_make():
    targets = set(re.findall(r"^([a-z-]+):.*## ", read("Makefile"), flags=re.MULTILINE))
    rows = first_column(section(read("README.md"), "Two commands"))
    assert {row.strip("`").split()[1] for row in rows} == targets


def test_readme_names_every_management_command():
    folder = ROOT / "troubleshooting" / "management" / "commands"
    commands = {path.stem for path in folder.glob("[!_]*.py")}
    rows = first_column(section(read("README.md"), "Commands of the portal"))
    assert {row.strip("`").split()[0] for row in rows} == commands


def own_options(name: str) -> set[str]:
    """Return the long options that a command has beside those of every command, and of Django's."""
    is_djangos = name in find_commands(management.__path__[0])
    plain = load_command_class("django.core", name) if is_djangos else BaseCommand()
    of_every = plain.create_parser("manage.py", name)
    parsers = [load_command_class("troubleshooting", name).create_parser("manage.py", name)]
    for action in parsers[0]._actions:
        parsers += action.choices.values() if isinstance(action.choices, dict) else []
    found = {option for parser in parsers for option in parser._option_string_actions}
    return {option for option in found if option.startswith("--")} - set(
        of_every._option_string_actions
    )


def test_readme_names_every_option_of_a_command():
    lines = read("README.md").splitlines()
    rows = {line.split("`")[1].split()[0]: line for line in lines if line.startswith("| `")}
    folder = ROOT / "troubleshooting" / "management" / "commands"
    commands = [path.stem for path in folder.glob("[!_]*.py")]
    unsaid = {
        name: sorted(o for o in own_options(name) if o not in rows[name]) for name in commands
    }
    assert {name: options for name, options in unsaid.items() if options} == {}


def addresses_of(patterns: list[Any], before: str) -> set[str]:
    """Return the addresses of routes, with capitals for what stands in their parts."""
    found = set()
    for one in patterns:
        address = re.sub(r"<(?:\w+:)?(\w+)>", lambda part: part[1].upper(), str(one.pattern))
        if not address.startswith("^"):  # what answers for addresses that are none
            found.add(before + address.replace("UIDB64", "USER"))
    return found


def test_addresses_are_documented():
    site = [
        one for one in site_urls.urlpatterns if not isinstance(one.pattern, LocalePrefixPattern)
    ]
    wanted = {
        *addresses_of(site, "/"),
        *addresses_of(portal_urls.urlpatterns, "/en/"),
        "/en/admin/",
    }
    text = read("docs/addresses.md")
    parts = [section(text, name) for name in ("In a language", "For programs, in no language")]
    said = [cell.strip("`") for part in parts for cell in first_column(part)]
    assert sorted(said) == sorted(wanted)


def wanted_packages(name: str) -> set[str]:
    """Return the packages that a ``.in`` file asks for, in the spelling of lock files."""
    lines = [line for line in read(name).splitlines() if re.match(r"[A-Za-z]", line)]
    return {re.match(r"[\w-]+", line)[0].lower() for line in lines}


#: The lists of packages, without suffix.
OPTIONAL = ("-postgres", "-sso", "-saml", "-semantic", "-s3")
LOCKED = [f"requirements{kind}" for kind in ("", *OPTIONAL, "-dev")]


def locked_versions(name: str) -> dict[str, set[str]]:
    """Return the versions that a lock file holds of each package."""
    versions: dict[str, set[str]] = {}
    for package, version in re.findall(r"^([\w-]+)==([\w.]+)", read(name), flags=re.MULTILINE):
        versions.setdefault(package, set()).add(version)
    return versions


def explained_packages() -> dict[str, list[str]]:
    """Return the cells of each package's row in docs/dependencies.md, by its name."""
    lines = read("docs/dependencies.md").splitlines()
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if "|" in line]
    return {row[0].lower(): row for row in rows if len(row) >= 6}


@pytest.mark.parametrize("stem", LOCKED)
def test_dependencies_are_explained_with_their_locked_versions(stem):
    explained, locked = explained_packages(), locked_versions(f"{stem}.txt")
    for package in wanted_packages(f"{stem}.in"):
        _name, version, licence, released, _brings, reason = explained[package][:6]
        assert set(re.findall(r"\b\d[\d.]*\d\b", version)) >= locked[package]
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", released)
        assert licence
        assert reason


def imported_modules() -> set[str]:
    """Return the top-level modules that the running portal imports."""
    names = set()
    for path in [*(ROOT / "kbportal").rglob("*.py"), *(ROOT / "troubleshooting").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Import(names=aliases):
                    names |= {alias.name.split(".")[0] for alias in aliases}
                case ast.ImportFrom(module=str(module), level=0):
                    names.add(module.split(".")[0])
    return names


def test_every_package_the_portal_imports_is_asked_for():
    providers = packages_distributions()
    imported = imported_modules() - sys.stdlib_module_names - {"kbportal", "troubleshooting"}
    packages = {name.lower().replace("_", "-") for module in imported for name in providers[module]}
    asked = [wanted_packages(f"requirements{kind}.in") for kind in ("", *OPTIONAL)]
    assert packages <= set().union(*asked)


@pytest.mark.parametrize("stem", LOCKED)
def test_lock_files_hold_hashes_and_no_address(stem):
    text = read(f"{stem}.txt")
    entries = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]
    assert entries
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text


def test_lock_files_agree():
    common = locked_versions("requirements.txt").items()
    developers = locked_versions("requirements-dev.txt")
    assert all(developers[package] == versions for package, versions in common)


def test_every_file_of_a_language_is_named_where_one_is_added():
    recipe = section(read("CONTRIBUTING.md"), "Add a language")
    folders = (ROOT / "troubleshooting" / "texts" / "languages").glob("*/")
    names = {file.name for folder in folders for file in folder.glob("*.t*")}
    assert {name for name in names if f"`{name}`" not in recipe} == set()


#: What a newcomer looks for first. Three look-ups: the README, the first lines of CONTRIBUTING,
#: and the section, which names the place.
PLACES = {
    "a label": "troubleshooting/texts/languages/",
    "a language": "troubleshooting/texts/languages/es/",
    "a family of error codes": "families/__init__.py",
    "a facet": "troubleshooting/search/facets/declared.py",
    "a page": "troubleshooting/views/",
}


@pytest.mark.parametrize("what", PLACES)
def test_a_newcomer_finds_where_to_add(what: str):
    readme, contributing = " ".join(read("README.md").split()), read("CONTRIBUTING.md")
    assert what.removeprefix("a ") in readme.partition("[Contributing](CONTRIBUTING.md)")[2]
    index = " ".join(contributing.split("\n## ", 1)[0].split())
    anchor = f"#add-{what.replace(' ', '-')}"
    assert f"[{what}]({anchor})" in index
    assert f"`{PLACES[what]}" in section(contributing, f"Add {what}")


def test_documents_link_to_files_that_exist():
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


#: Documents that explain the code by its names.
EXPLAINING = ("docs/architecture.md", "docs/how-it-works.md", "CONTRIBUTING.md")
PATH = re.compile(r"[a-z_]+(?:/[a-z_]+)+(?:\.py)?|[a-z_]+\.py")
NAME = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*(?:\(.*\))?")


def names_that_exist() -> tuple[set[str], set[str]]:
    """Return the paths of all modules and folders, without ".py", and every word of their text."""
    paths, words = set(), set()
    for folder in ("troubleshooting", "kbportal", "scripts", "benchmarks", "tests"):
        for path in (ROOT / folder).rglob("*"):
            paths.add(path.relative_to(ROOT).as_posix().removesuffix(".py"))
            if path.suffix == ".py":
                words.update(re.findall(r"\w+", path.read_text(encoding="utf-8")))
    for path in [*(ROOT / "static/portal").rglob("*.js"), *(ROOT / "templates").rglob("*.html")]:
        words.update(re.findall(r"\w+", path.read_text(encoding="utf-8")))
    return paths, words | {part for path in paths for part in path.split("/")}


@pytest.mark.parametrize("document", EXPLAINING)
def test_documents_call_modules_and_functions_as_they_are_called_today(document):
    paths, words = names_that_exist()
    unknown = []
    text = re.sub(r"```.*?```", "", (ROOT / document).read_text(encoding="utf-8"), flags=re.S)
    for name in re.findall(r"`([^`\n]+)`", text):
        path = name.removesuffix(".py")
        if PATH.fullmatch(name):
            if not any(f"/{one}".endswith(f"/{path}") for one in paths):
                unknown.append(name)
        elif NAME.fullmatch(name) and set(re.findall(r"\w+", name.split("(")[0])) - words:
            unknown.append(name)
    assert unknown == []
