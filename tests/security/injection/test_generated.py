"""Each hostile markup in each place of Markdown, more than ten thousand texts, without a browser.

What a browser would run is looked for in what readers get: elements and attributes that run or
load something, addresses of a scheme that does. ``test_scripts`` lets a browser decide of fewer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice, product

import lxml.html

from tests.security.injection.payloads import PAYLOADS, PLACES
from troubleshooting.texts.linking import Surroundings, resolver
from troubleshooting.texts.markup import IntricateTextError
from troubleshooting.texts.rendering import Link, RenderingContext, decorating, inner_html, render

ELEMENTS = re.compile(
    "applet|audio|base|button|canvas|dialog|embed|form|frame|iframe|image|input|link|math|meta"
    "|noscript|object|script|select|source|style|svg|template|textarea|title|video|xmp"
)
ATTRIBUTES = re.compile(r"on\w+|srcdoc|srcset|style|action|formaction|background|data|poster|ping")
SCRIPTS = re.compile(r"(?:javascript|vbscript|data):", re.IGNORECASE)
PASSED_OVER = re.compile(r"[\x00-\x20]")

#: Addresses that are joined with that of the document, by the ways that paths are written.
SCHEMES = ("javascript:fired(1)", "JavaScript:fired(1)", "java\tscript:fired(1)",
           "&#106;avascript:fired(1)", "javascript&colon;fired(1)", "data:text/html,x",
           "vbscript:fired(1)", "&#1;javascript:fired(1)")  # fmt: skip
PATHS = ("", "~/", "./", "../", "/", "//", "a/../", "?", "\\")
FORMS = ("[x]({a})", "[x](<{a}>)", "[x][r]\n\n[r]: {a}", '<a href="{a}">x</a>', "![x]({a})",
         "[`0x80070005`]({a} 'x')")  # fmt: skip
AROUND = Surroundings("fr", "https://docs.example.org/a/b.md", lambda name, anchor: None)


#: As the portal resolves targets; and one that takes an address for a path, as a fault once did.
RESOLVED = RenderingContext(resolver(AROUND), lambda source: None if "//" in source else source)
BARE = RenderingContext(
    lambda href: Link(re.sub(r"^(?:~|\.+)?/", "", href), external=True),
    lambda source: re.sub(r"^(?:~|\.+)?/", "", source),
)


def payloads() -> Iterator[str]:
    for payload, frame in product(PAYLOADS, PLACES.values()):
        yield frame.replace("{x}", payload.markup)


def addresses() -> Iterator[str]:
    for form, path, scheme in product(FORMS, PATHS, SCHEMES):
        yield form.replace("{a}", path + scheme)


def harm(html: str) -> Iterator[str]:
    """What would run or load something, as a browser reads ``html``."""
    for element in lxml.html.fragment_fromstring(html, create_parent="div").iter():
        if not isinstance(element.tag, str):
            continue
        if ELEMENTS.fullmatch(element.tag):
            yield element.tag
        for name, value in element.attrib.items():
            address = PASSED_OVER.sub("", value)
            is_foreign = name == "src" and re.match(r"\w+:|//", address)
            if ATTRIBUTES.fullmatch(name) or SCRIPTS.match(address) or is_foreign:
                yield f"{element.tag} {name}={value}"


def harmful(texts: Iterable[str], context: RenderingContext = RESOLVED) -> list[str]:
    """Those of the texts that do harm, with what does."""
    found = []
    for text in texts:
        with suppress(IntricateTextError):
            done = list(harm(inner_html(render(text, context))))
            found += [f"{text!r}: {done[0]}"] if done else []
    return found


def test_no_payload_in_any_place_reaches_a_reader():
    texts = [*payloads(), *addresses()]
    assert len(texts) > 10_000
    assert harmful(texts)[:5] == []


def test_no_address_that_runs_is_written_whatever_it_was_resolved_to():
    assert harmful(addresses(), BARE)[:5] == []


def test_without_the_sanitiser_they_do(monkeypatch):
    monkeypatch.setattr(decorating, "sanitise", lambda html: html)
    few = list(islice(payloads(), 0, None, 20))
    assert len(harmful(few)) > len(few) / 3


def test_without_the_look_at_what_is_written_addresses_do(monkeypatch):
    def write(element, attribute: str, address: str) -> bool:
        element.set(attribute, address)
        return True

    monkeypatch.setattr(decorating, "set_address", write)
    assert len(harmful(addresses(), BARE)) > 50
