"""What rules are given and what they answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from lxml.html import HtmlElement as Element

from ..access import Reader
from ..texts.bounded import UnrenderableText, hidden_parts
from ..texts.codes import Code
from ..texts.markup.backslashes import ShortenedPath
from ..texts.markup.refused import RefusedTag
from ..texts.rendering import Link, to_tree
from ..texts.rendering.targets import links_in
from ..texts.sections import MARKDOWN_TEXTS
from ..texts.structure import StructuredArticle


@dataclass(frozen=True)
class WrittenText:
    """A text as it is written: all that rules need to know which are asked of every article.

    ``texts`` are canonical.
    """

    texts: Mapping[str, str]
    language: str
    kind: str = field(default="problem", kw_only=True)

    @cached_property
    def hidden(self) -> dict[str, tuple[list[RefusedTag], list[ShortenedPath]]]:
        """Return the tags and the paths that readers do not see as written, by section.

        Nothing where reading takes too much time: who renders the text says so.
        """
        texts = {name: text for name, text in self.texts.items() if name in MARKDOWN_TEXTS}
        try:
            return hidden_parts(texts)
        except UnrenderableText:
            return {}

    def section_of_link(self, href: str) -> str:
        """Return the first section that links to ``href``; "" where none is known."""
        return self._sections_of_links.get(href) or self.section_with(href)

    @cached_property
    def _sections_of_links(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, text in self.texts.items():
            for href in links_in(text):
                found.setdefault(href, name)
        return found

    def section_with(self, quote: str) -> str:
        """Return the first section in which ``quote`` stands as it is written.

        "" where none has it.
        """
        return next((name for name, text in self.texts.items() if quote in text), "")


@dataclass(frozen=True)
class CheckedText(WrittenText):
    """A text and what it holds.

    ``links`` maps targets as written to where they lead (None: nowhere), ``article`` is the key of
    the article (None: a new one), ``platforms`` are keys (none: all). What ``reader`` may not see
    is not spoken of. ``own_hosts`` are the names that the portal itself answers to, with their
    ports. ``typed`` are the texts before they became canonical.
    """

    structured: StructuredArticle
    links: Mapping[str, Link | None]
    reader: Reader
    article: int | None = None
    platforms: frozenset[int] = frozenset()
    own_hosts: frozenset[str] = frozenset()
    typed: Mapping[str, str] = field(default_factory=dict)

    def trees_with(self, class_name: str) -> Iterator[tuple[str, Element]]:
        """Yield the rendered sections that may hold such an element, the note included."""
        for name, html in self.structured.html.items():
            if class_name in html:
                yield name, self._tree(name)

    def _tree(self, name: str) -> Element:
        if name not in self._trees:
            self._trees[name] = to_tree(self.structured.html[name])
        return self._trees[name]

    @cached_property
    def _trees(self) -> dict[str, Element]:
        return {}

    @cached_property
    def codes(self) -> dict[str, Code]:
        """Return the codes cited, by canonical spelling."""
        return {item.code.canonical: item.code for item in self.structured.codes}


@dataclass(frozen=True, slots=True)
class Reference:
    """Another article, as a finding names it; ``language`` is that of the title."""

    article: int
    title: str
    language: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: the ``rule`` that found it, and a sentence for the editor.

    ``is_hint``: often meant as it is. ``section`` and ``quote`` say where it stands, if anywhere;
    ``articles`` are others that it is about.
    """

    rule: str
    text: str
    is_hint: bool = False
    section: str = ""
    quote: str = ""
    articles: tuple[Reference, ...] = ()


class BaseFinding(NamedTuple):
    """Something worth a second look: the article and text in question, and what it is.

    ``others`` are articles that it is about too.
    """

    rule: str
    article: int
    language: str
    text: str
    others: tuple[int, ...] = ()
