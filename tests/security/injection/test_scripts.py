"""Script payloads on every page of the portal, in a real browser.

Two defences stop them, each alone: the sanitiser with the escaping of the templates, and the
Content-Security-Policy. A payload counts only if it runs where neither is there.
"""

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache

from tests.security.injection import hostile
from tests.security.injection.pages import addresses, converse
from tests.security.injection.payloads import PAYLOADS
from tests.security.injection.urls import BARE_PAGES
from troubleshooting.models import Article
from troubleshooting.texts.rendering import decorating

pytestmark = [
    pytest.mark.slow,
    pytest.mark.urls("tests.security.injection.urls"),
    pytest.mark.usefixtures("transactional_db"),
]

#: A policy knows no rule for it; it runs no script.
BEYOND_POLICY = {payload.number for payload in PAYLOADS if payload.vector == "redirect"}


def named(numbers: set[int]) -> list[str]:
    """The payloads of these numbers, for a message."""
    return [f"{p.number} {p.classes} {p.text!r}" for p in PAYLOADS if p.number in numbers]


@pytest.fixture
def no_sanitiser(monkeypatch, same_process) -> None:
    monkeypatch.setattr(decorating, "sanitise", lambda html: html)


@pytest.mark.usefixtures("without_policy")
def test_payloads_run_where_nothing_stops_them(open_reader):
    reader = open_reader()
    for path in BARE_PAGES:
        reader.read(path)
    ran = [payload for payload in PAYLOADS if payload.number in reader.fired]
    live = [payload for payload in PAYLOADS if payload.is_live]
    assert len(ran) >= 500
    assert len([payload for payload in ran if payload.is_live]) >= 0.97 * len(live)
    for names in zip(*(payload.classes for payload in live), strict=True):
        running = {name for payload in ran for name in payload.classes}
        assert set(names) <= running


def test_the_policy_alone_stops_them(open_reader):
    reader = open_reader()
    for path in BARE_PAGES:
        reader.read(path)
    assert not named(reader.fired - BEYOND_POLICY)
    assert reader.faults


@pytest.mark.usefixtures("no_sanitiser")
def test_the_policy_alone_stops_them_in_articles(open_reader, settings):
    hostile.write_articles()
    paths = [f"/fr/articles/{article.slug}/" for article in Article.objects.all()]
    with_policy = open_reader()
    for path in paths:
        with_policy.read(path)
    assert not named(with_policy.fired - BEYOND_POLICY)
    settings.CONTENT_SECURITY_POLICY = None
    cache.clear()  # pages are kept with their headers
    without = open_reader()
    for path in paths:
        without.read(path)
    # Markdown escapes code, and links keep their own list of schemes: not every one gets here.
    assert len(without.fired) > 100


def test_nothing_runs_and_nothing_has_to_be_stopped(open_reader, settings, client, tmp_path):
    hostile.fill(tmp_path)
    client.force_login(User.objects.create_superuser("chief"))
    # The policy stops nothing, but the console tells whatever it would have stopped.
    policy = settings.CONTENT_SECURITY_POLICY
    settings.CONTENT_SECURITY_POLICY = None
    settings.CONTENT_SECURITY_POLICY_REPORT_ONLY = policy
    reader = open_reader(answers=False)
    reader.sign_in(client)
    for path in addresses():
        reader.read(path)
        assert not reader.foreign(), path
    converse(reader)
    settings.CONTENT_SECURITY_POLICY = policy
    del settings.CONTENT_SECURITY_POLICY_REPORT_ONLY
    for path in ["/fr/", "/fr/articles/texte-0/", "/fr/documents/hostile/"]:
        reader.read(path)
    assert not named(reader.fired)
    assert not reader.faults
    assert len(reader.seen) > 0.95 * len(PAYLOADS)
