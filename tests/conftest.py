"""What every test may ask for, and the rule that a CI run skips nothing."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import settings as settings_of_properties

from tests.browsing import CHROMIUM_ARGUMENTS, watch
from tests.deployed import collect
from tests.kept import copy_new, keep_new
from troubleshooting.texts import bounded
from troubleshooting.texts.bounded.jobs import JOBS
from troubleshooting.texts.bounded.limits import Limits

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
NO_SHARED = "needs the supplied documents in ../shared"
NO_CHROMIUM = "needs Chromium (Debian: apt-get install chromium-headless-shell)"
NO_POSTGRES = (
    "needs PostgreSQL: `make test` starts one of its own "
    "when it is installed (Debian: apt-get install postgresql)"
)


def pytest_configure() -> None:
    """Let properties take their time."""
    # A busy machine is no fault of a function.
    settings_of_properties.register_profile("patient", settings_of_properties(), deadline=None)
    settings_of_properties.load_profile("patient")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark browser tests by their fixtures, before ``-m`` chooses; units use no database."""
    fixtures = getattr(item, "fixturenames", ())
    if "chromium_path" in fixtures:
        item.add_marker(pytest.mark.browser)
    if _is_unit(item) and (item.get_closest_marker("django_db") or "db" in fixtures):
        raise pytest.UsageError(f"{item.nodeid} uses a database, and belongs beside tests/unit")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup) -> None:
    """Keep the new database too, before any test has written to it."""
    keep_new()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests into a row; those that are alike in this stay in random order."""
    items.sort(key=_place)


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what lives to the end: all modules and tests."""
    gc.collect()
    gc.freeze()


def _place(item: pytest.Item) -> tuple[int, bool]:
    """Units first, browsers last; among them the slow first."""
    return _stage(item), item.get_closest_marker("slow") is None


def _stage(item: pytest.Item) -> int:
    if item.get_closest_marker("browser"):
        return 2
    return 0 if _is_unit(item) else 1


def _is_unit(item: pytest.Item) -> bool:
    return (ROOT / "tests" / "unit") in item.path.parents


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs an engine that is not there, naming it."""
    if item.get_closest_marker("postgres") and not os.environ.get("TEST_DATABASE_URL"):
        pytest.skip(NO_POSTGRES)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    """In CI a skipped test is a failed one; only ``../shared`` may be absent there."""
    report = yield
    return _no_skip_in_ci(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector):
    """The same for whole modules that skip themselves."""
    report = yield
    return _no_skip_in_ci(report)


def _no_skip_in_ci(report):
    if not (os.environ.get("CI") and report.skipped) or hasattr(report, "wasxfail"):
        return report
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    if "../shared" not in reason:
        report.outcome = "failed"
        report.longrepr = f"Nothing is skipped in CI, but this was: {reason}"
    return report


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """Return the folder of the supplied documents; skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(NO_SHARED)
    return SHARED


class _SameProcess:
    """Stands for the child processes that read texts: does what they do, without bounds."""

    def __init__(self, answers: Mapping[str, Callable[[str], Any]] | None = None) -> None:
        self.answers = answers or {}

    def call(self, job: str, *arguments: Any, limits: Limits, answers=None) -> Any:
        return JOBS[job](_SameProcess(answers), *arguments)

    def ask(self, question: str, argument: str) -> Any:
        return self.answers[question](argument)

    def begin(self, field: str) -> None:
        pass


@pytest.fixture(autouse=True)
def _first_language() -> None:
    """Begin in the portal's first language, whatever page the test before asked for last."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    """Let no test be limited by what another did."""
    if settings.COUNTERS_FILE.exists():
        settings.COUNTERS_FILE.unlink()


@pytest.fixture
def migrated(django_db_setup, tmp_path: Path) -> Path:
    """Return a folder with ``portal.sqlite3``, the database of a new portal (SQLite only)."""
    copy_new(tmp_path / "portal.sqlite3")
    return tmp_path


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of all static files, as a deployment serves them."""
    return collect(tmp_path_factory)


@pytest.fixture
def same_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read texts in this process, so that a part that a test replaces is the one that runs."""
    monkeypatch.setattr(bounded.texts, "pool", _SameProcess())


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Return the path of the system's Chromium; skip where there is none.

    Its headless shell renders by the same engine, but has no windows, tabs and menus to draw:
    a new page takes it 0.3 seconds of the processor, the whole browser 1.05.
    """
    for name in ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    pytest.skip(NO_CHROMIUM)


@pytest.fixture(scope="session")
def browser(chromium_path: str):
    """Return a headless Chromium (Playwright's synchronous interface), one a worker."""
    from playwright.sync_api import sync_playwright

    # Playwright runs an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=chromium_path, args=CHROMIUM_ARGUMENTS
        )
        yield chromium
        chromium.close()


@pytest.fixture
def service_workers() -> str:
    """Let no page install the service worker, which fetches all files of the portal at once.

    A fresh browser does so at its first page, whatever the test is about. Tests about it ask for
    it: ``parametrize("service_workers", ["allow"])``.
    """
    return "block"


@pytest.fixture
def page(browser, live_server, service_workers: str) -> Iterator:
    """Return a fresh page on the running portal (``page.goto("/fr/")``).

    The test fails at its end when the page wrote an error to the console (which is where
    Chromium reports a breach of the Content-Security-Policy), raised an exception, or asked
    any other host for anything.
    """
    context = browser.new_context(
        base_url=live_server.url, locale="fr-FR", service_workers=service_workers
    )
    tab = context.new_page()
    faults = watch(tab, urlsplit(live_server.url).netloc)
    yield tab
    context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def english() -> Iterator[None]:
    """Let the portal speak English, in which a test reads its messages."""
    with translation.override("en"):
        yield
