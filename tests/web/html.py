"""Reads a page as a test wants to: elements, attributes, visible text."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
#: Everywhere else any run of white space shows as one space; no-break spaces are none.
LITERAL = {"code", "pre", "script", "style", "textarea"}
SPACE = re.compile(r"[ \t\n\r\f]+")


@dataclass
class Element:
    """A start tag with its attributes and the text directly and indirectly inside."""

    tag: str
    attributes: dict[str, str]
    text: str = ""

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")


@dataclass
class Page(HTMLParser):
    """All elements of ``html`` in order; a tag that is not closed properly raises ValueError."""

    html: str
    elements: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[Element] = []
        self.feed(self.html)
        self.close()
        if self._open:
            raise ValueError(f"<{self._open[-1].tag}> is never closed")
        for element in self.elements:
            if element.tag not in LITERAL:
                element.text = SPACE.sub(" ", element.text).strip(" ")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1].tag != tag:
            raise ValueError(f"</{tag}> at line {self.getpos()[0]} closes nothing")
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """The elements of that name with these attributes (``class_`` for class)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self.elements
            if element.tag == tag and wanted.items() <= element.attributes.items()
        ]

    def one(self, tag: str, **attributes: str) -> Element:
        """The only such element; ValueError where there is none or more than one."""
        (element,) = self.all(tag, **attributes)
        return element

    @property
    def words(self) -> str:
        """The visible text on one line (no-break spaces kept)."""
        return " ".join(part for part in self.one("body").text.split(" ") if part.strip())
