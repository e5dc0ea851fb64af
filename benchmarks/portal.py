"""The portal under the clock of ``bench_pages``; it can forget the articles that it has shown."""

from collections.abc import Callable, Iterable
from functools import cache

from django.template import Template, engines

from benchmarks.timed import timed
from kbportal import wsgi
from troubleshooting.templatetags.furniture import FurnitureNode
from troubleshooting.views.articles import feedback


def forgetful(application: Callable) -> Callable:
    """``application``; a request with ``X-Forget`` finds no part of its page kept.

    So it is for the first reader of an article in a process.
    """

    def answer(environ: dict, start_response: Callable) -> Iterable[bytes]:
        if "HTTP_X_FORGET" in environ:
            feedback._options.cache_clear()
            for part in _parts():
                part.kept.clear()
        return application(environ, start_response)

    return answer


@cache
def _parts() -> list[FurnitureNode]:
    """Those kept by values, in the templates loaded so far."""
    loaded = [
        template
        for loader in engines["django"].engine.template_loaders
        for template in loader.get_template_cache.values()
        if isinstance(template, Template)
    ]
    nodes = [node for each in loaded for node in each.nodelist.get_nodes_by_type(FurnitureNode)]
    return [node for node in nodes if node.values]


application = timed(forgetful(wsgi.application))
