"""The portal's addresses and one that shows texts as they came: the worst template there can be."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from kbportal.urls import *  # noqa: F403 (the whole portal, its error pages included)
from kbportal.urls import urlpatterns as portal
from tests.security.injection.payloads import CLOSER, PAYLOADS
from troubleshooting.texts.markup import canonical
from troubleshooting.texts.rendering import to_html

#: Payloads on one bare page.
SIZE = 55
_TEMPLATE = """<!doctype html><html><head><title>x</title></head><body><main>
{% for raw, html in texts %}<div>{{ raw|safe }}</div>{{ closer|safe }}
<div>{{ html|safe }}</div>{{ closer|safe }}{% endfor %}</main></body></html>"""


def bare(request: HttpRequest, number: int) -> HttpResponse:
    """Some of the payloads, as they are and as Markdown, neither escaped nor sanitised."""
    some = PAYLOADS[number * SIZE : (number + 1) * SIZE]
    texts = [(payload.text, to_html(canonical(payload.text))) for payload in some]
    template = engines["django"].from_string(_TEMPLATE)
    return HttpResponse(template.render({"texts": texts, "closer": CLOSER}, request))


urlpatterns = [path("bare/<int:number>/", bare), *portal]
BARE_PAGES = [f"/bare/{number}/" for number in range(-(-len(PAYLOADS) // SIZE))]
