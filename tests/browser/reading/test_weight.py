"""What the first view of an article weighs on the network, files as a deployment serves them."""

import threading
import urllib.request
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.template.autoreload import reset_loaders

from scripts.browsing import lighthouse
from tests.browsing import watch
from tests.deployed import deployed
from tests.infra.project import ROOT
from troubleshooting.models import RenderedTranslation

SHEETS, SCRIPTS, ALL = 20_000, 20_000, 60_000


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, format, *args) -> None:
        pass


@pytest.fixture
def production(transactional_db, collected):
    """Return the address of the portal: collected files, the French articles of fixtures/."""
    call_command("import_docs", *(ROOT / "fixtures").glob("*.fr.md"), verbosity=0)
    with deployed(collected):
        cache.clear()
        reset_loaders()
        server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
        server.set_app(get_wsgi_application())
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        server.server_close()
        thread.join()
    cache.clear()
    reset_loaders()


def longest_article() -> str:
    """The path of the article with the longest text."""
    texts = RenderedTranslation.objects.select_related("translation__article")
    longest = max(texts, key=lambda one: len(one.problem + one.cause + one.resolution + one.other))
    translation = longest.translation
    return f"/{translation.language}/articles/{translation.article.slug}/"


def loaded(tab, address: str) -> list[dict]:
    """What the page asks for until it is complete: path, kind, status, bytes and headers."""
    found: dict[str, dict] = {}
    network = tab.context.new_cdp_session(tab)
    network.send("Network.enable")

    def answered(event) -> None:
        answer = event["response"]
        found[event["requestId"]] = {
            "path": urlsplit(answer["url"]).path,
            "kind": event["type"],
            "headers": {name.lower(): value for name, value in answer["headers"].items()},
        }

    def finished(event) -> None:
        if event["requestId"] in found:
            found[event["requestId"]]["bytes"] = event["encodedDataLength"]

    network.on("Network.responseReceived", answered)
    network.on("Network.loadingFinished", finished)
    tab.goto(address, wait_until="networkidle")
    return [one for one in found.values() if "bytes" in one]


def test_first_view_of_the_longest_article_and_the_pages_that_lighthouse_judges(
    browser, production
):
    for name, address in lighthouse.PAGES.items():
        with urllib.request.urlopen(production + address) as answer:
            assert answer.status == 200, name
    path = longest_article()
    context = browser.new_context(base_url=production, service_workers="block")
    tab = context.new_page()
    faults = watch(tab, urlsplit(production).netloc)
    seen = loaded(tab, path)
    context.close()
    assert not faults

    def weight(kind: str) -> int:
        return sum(one["bytes"] for one in seen if one["kind"] == kind)

    assert weight("Document") > 1000
    assert 0 < weight("Stylesheet") < SHEETS
    assert 0 < weight("Script") < SCRIPTS
    assert sum(one["bytes"] for one in seen) < ALL
    for one in seen:
        if one["kind"] in ("Stylesheet", "Script"):
            assert one["headers"]["content-encoding"] == "br", one
            assert "immutable" in one["headers"]["cache-control"], one
        if one["kind"] == "Document":
            assert one["headers"]["content-encoding"] == "gzip"
            assert one["headers"]["cache-control"] == "no-cache"
