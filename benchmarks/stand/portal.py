"""The portal under the clock of ``bench_pages``; it can forget the articles that it has shown."""

from collections.abc import Iterable
from functools import cache
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.template import Template, engines
from django.template.backends.django import DjangoTemplates
from django.template.loaders.cached import Loader

from benchmarks.stand.timed import timed
from kbportal import wsgi
from troubleshooting.representing.web import structured
from troubleshooting.templatetags.furniture import FurnitureNode
from troubleshooting.views.articles import feedback, page


def forgetful(application: WSGIApplication) -> WSGIApplication:
    """Return ``application``; a request with ``X-Forget`` finds no part of its page kept.

    So it is for the first reader of an article in a process.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if "HTTP_X_FORGET" in environ:
            for known in (feedback._options, page._structured, structured._resolutions):
                known.cache_clear()
            for part in _parts():
                part.kept.clear()
        return application(environ, start_response)

    return answer


@cache
def _parts() -> list[FurnitureNode]:
    """Return those kept by values, in the templates loaded so far."""
    backend = engines["django"]
    assert isinstance(backend, DjangoTemplates)
    loaded = [
        template
        for loader in backend.engine.template_loaders
        if isinstance(loader, Loader)
        for template in loader.get_template_cache.values()
        if isinstance(template, Template)
    ]
    nodes = [node for each in loaded for node in each.nodelist.get_nodes_by_type(FurnitureNode)]
    return [node for node in nodes if isinstance(node, FurnitureNode) and node.values]


application = timed(forgetful(wsgi.application))
