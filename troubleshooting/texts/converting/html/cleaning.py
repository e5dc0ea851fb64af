"""What of a page nobody reads: scripts, what is hidden, what a site has on every page."""

from __future__ import annotations

import re

from ...docfx.model import Oddity
from .reading import Element, body_of, drop, text_of, words

_NEVER = (
    "script", "style", "template", "head", "link", "meta", "title", "base", "x-raw", "annotation",
)  # fmt: skip
#: What has words, but not where they could be shown.
_DRAWN = ("svg", "canvas", "noscript")
_EMBEDDED = ("iframe", "object", "embed", "video", "audio")
_FIELDS = ("button", "select", "textarea", "datalist", "option")
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])|mso-hide\s*:\s*all",
    re.IGNORECASE,
)
_AROUND = ("nav", "header", "footer")
#: Characters of what was left out that a note repeats.
_EXCERPT = 60


def clean(tree: Element, notes: list[Oddity]) -> Element:
    """Return the part of a page that is its text; ``notes`` gets what else there was to read."""
    body = body_of(tree)
    for element in list(body.iter()):
        if isinstance(element.tag, str):
            element.tag = element.tag.lower()
    drop(body.iter(*_NEVER))
    note(notes, "left_hidden", drop(e for e in body.iter() if _is_hidden(e)))
    note(notes, "left_hidden", drop(body.iter(*_DRAWN)))
    for element in list(body.iter(*_EMBEDDED)):
        _link_to(element)
    note(notes, "left_fields", drop(body.iter(*_FIELDS)))
    return _main_part(body, notes)


def note(notes: list[Oddity], code: str, text: str) -> None:
    """Tell of ``text`` that was left out, if it has words."""
    if count := len(words(text)):
        shown = text if len(text) <= _EXCERPT else f"{text[:_EXCERPT].rstrip()}…"
        notes.append(Oddity(code, 0, f"{count} – {shown}"))


def _is_hidden(element: Element) -> bool:
    if not isinstance(element.tag, str) or element.tag == "body":
        return False
    hidden = "hidden" in element.attrib and element.get("hidden") != "until-found"
    return hidden or bool(_HIDDEN.search(element.get("style") or ""))


def _link_to(element: Element) -> None:
    """Put a link in the place of something that plays, so that it is not lost."""
    source = element.get("src") or element.get("data") or ""
    source = source or next((s.get("src") or "" for s in element.iter("source")), "")
    words_of = text_of(element) or element.get("title") or source
    for child in list(element):
        element.remove(child)
    for name in list(element.attrib):
        del element.attrib[name]
    if source.startswith("//"):
        source = f"https:{source}"
    element.tag, element.text = "a", words_of
    if source:
        element.set("href", source)


def _main_part(body: Element, notes: list[Oddity]) -> Element:
    """Return ``<main>``, or the only ``<article>``, or the body without what stands around."""
    mains = list(body.iter("main")) or list(body.xpath(".//*[@role='main']"))
    found = mains or list(body.iter("article"))
    if len(found) == 1 and words(text_of(found[0])):
        main = found[0]
        inside = {*main.iterancestors(), *main.iter()}
        tops = [e for e in body.iter() if e not in inside and e.getparent() in inside]
        note(notes, "left_around", drop(tops) + " " + _loose_text(main))
        body = main
    around = [
        e
        for e in body.iter(*_AROUND)
        if e.tag == "nav" or not any(True for _ in e.iter("h1", "article", "main"))
    ]
    tops = [e for e in around if not any(parent in around for parent in e.iterancestors())]
    note(notes, "left_around", drop(tops))
    return body


def _loose_text(main: Element) -> str:
    """Return text of the page that stands in no element of its own beside ``main``."""
    parts = [main.tail or ""]
    for parent in main.iterancestors():
        parts += [parent.text or "", *((child.tail or "") for child in parent)]
    return " ".join(" ".join(parts).split())
