"""Boxes of many programs -> quotations that name their kind, as ``> [!WARNING]`` does."""

from __future__ import annotations

from ...languages import alert_classes
from .reading import Element, classes, text_of

#: The attribute of a quotation that says which alert it is.
KIND = "data-alert"
_BOX = {
    "alert", "admonition", "callout", "notice", "message-box", "confluence-information-macro",
    "infobox", "markdown-alert", "note-box", "hint",
}  # fmt: skip
#: Names of colours of a box, as the style sheets of many programs have them.
_PLAIN = {"primary", "secondary"}
#: Words in names of classes, the strongest first: those of programs, then of each language.
_KINDS = (
    ("CAUTION", {"danger", "error", "caution", "critical", *alert_classes("caution")}),
    ("WARNING", {"warning", "warn", *alert_classes("warning")}),
    ("IMPORTANT", {"important", *alert_classes("important")}),
    ("TIP", {"tip", "hint", "success", *alert_classes("tip")}),
    ("NOTE", {"note", "info", "information", "notice", *alert_classes("note"), *_PLAIN}),
)
#: What Confluence calls them: its red one is the strongest, its yellow one is called a note.
_CONFLUENCE = {"information": "NOTE", "tip": "TIP", "note": "IMPORTANT", "warning": "WARNING"}
_CONFLUENCE_NAME = "confluence-information-macro-"
_TAGS = {"div", "aside", "section", "p", "blockquote"}
#: Classes that say so of a box by themselves.
_NAMES = ("note", "tip", "warning", "caution", "important")
_ALONE = {*_NAMES, *(word for name in _NAMES for word in alert_classes(name))}


def mark_alerts(root: Element) -> None:
    """Turn what is an alert below ``root`` into a quotation with its kind."""
    for element in list(root.iter(*_TAGS)):
        kind = _kind_of(element)
        if not kind or element.getparent() is None:
            continue
        if any(parent.get(KIND) for parent in element.iterancestors()):
            continue
        if text_of(element):
            _to_quotation(element, kind)


def _to_quotation(element: Element, kind: str) -> None:
    for child in list(element):
        if "title" in classes(child) and child.tag == "p":
            child.tag = "strong"
            paragraph = child.makeelement("p")
            child.addprevious(paragraph)
            tail, child.tail = child.tail, None
            paragraph.append(child)
            paragraph.tail = tail
    if element.tag == "p":
        # What is inside is one paragraph.
        inner = element.makeelement("p")
        inner.text, element.text = element.text, None
        inner.extend(list(element))
        element.append(inner)
    element.tag = "blockquote"
    element.set(KIND, kind)


def _kind_of(element: Element) -> str:
    named = classes(element)
    if not named:
        return ""
    for name in named:
        if name.startswith(_CONFLUENCE_NAME) and (kind := _CONFLUENCE.get(name.rsplit("-", 1)[1])):
            return kind
    words = {part for name in named for part in name.replace("_", "-").split("-") if part}
    is_box = bool(named & _BOX) or bool(words & {"alert", "callout", "admonition"})
    alone = element.tag in {"aside", "div"} and bool(named & _ALONE)
    if not is_box and not alone:
        return ""
    return next((kind for kind, kinds in _KINDS if words & kinds), "NOTE" if is_box else "")
