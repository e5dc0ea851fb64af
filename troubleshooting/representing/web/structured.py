"""What a page says to search engines: schema.org in JSON-LD, as a block of data.

A block of data is not executed, so the Content-Security-Policy of scripts does not apply to it
(HTML, "data block"). Its text cannot end the element: ``<``, ``>`` and ``&`` are escaped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from ...texts.rendering import plain_text, to_tree

CONTEXT = "https://schema.org"
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
#: Steps of a resolution, and characters of one, that are said.
_MOST_STEPS = 60
_LONGEST_STEP = 500
_QUESTION = re.compile(r"\?\s*$")


@dataclass(frozen=True, slots=True)
class Crumb:
    """A page above the one that is shown."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class PageData:
    """What of an article is said; ``sections`` are rendered HTML by their names."""

    url: str
    language: str
    title: str
    description: str
    modified: datetime
    platforms: Sequence[str]
    codes: Sequence[str]
    sections: dict[str, str]
    licence: str = ""
    picture: str = ""
    crumbs: list[Crumb] = field(default_factory=list)


def script_text(page: PageData) -> str:
    """Return the JSON of the page's data, which can stand inside a ``script`` element."""
    graph = [_article(page), _crumbs(page), *_how_tos(page), *_questions(page)]
    text = json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False)
    return text.translate(_ESCAPES)


def _article(page: PageData) -> dict[str, Any]:
    said = {
        "@type": "TechArticle",
        "@id": f"{page.url}#article",
        "headline": page.title,
        "description": page.description,
        "inLanguage": page.language,
        "url": page.url,
        "mainEntityOfPage": page.url,
        "dateModified": page.modified.isoformat(timespec="seconds"),
        "about": [{"@type": "Thing", "name": name} for name in page.platforms],
        "keywords": list(page.codes),
        "license": page.licence,
        "image": page.picture,
    }
    return {name: value for name, value in said.items() if value}


def _crumbs(page: PageData) -> dict[str, Any]:
    crumbs = [*page.crumbs, Crumb(page.title, page.url)]
    items = [
        {"@type": "ListItem", "position": place, "name": one.name, "item": {"@id": one.url}}
        for place, one in enumerate(crumbs, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _how_tos(page: PageData) -> Iterable[dict[str, Any]]:
    """Yield a ``HowTo`` for each resolution that has steps."""
    html = page.sections.get("resolution", "")
    for anchor, steps in _resolutions(html) if 'class="step"' in html else ():
        yield {
            "@type": "HowTo",
            "@id": f"{page.url}#{anchor}",
            "name": page.title,
            "inLanguage": page.language,
            "step": [
                {"@type": "HowToStep", "position": n, "text": text, "url": f"{page.url}#{place}"}
                for n, (place, text) in enumerate(steps, start=1)
            ],
        }


@lru_cache(maxsize=256)  # as many as the pieces of pages that are kept
def _resolutions(html: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the anchors of the resolutions with steps, each step with its anchor and words."""
    found = []
    for number, part in enumerate(to_tree(html).iter("section"), start=1):
        steps = [item for item in part.iter("li") if item.get("class") == "step"][:_MOST_STEPS]
        said = [(item.get("id", ""), plain_text(item)[:_LONGEST_STEP]) for item in steps]
        if said:
            found.append((part.get("id", f"resolution-{number}"), said))
    return found


def _questions(page: PageData) -> Iterable[dict[str, Any]]:
    """Yield a ``FAQPage`` where the title asks a question that the text answers."""
    answer = next(
        (html for name in ("resolution", "cause", "problem") if (html := page.sections.get(name))),
        "",
    )
    if _QUESTION.search(page.title) and answer:
        text = plain_text(to_tree(answer))
        entity = {
            "@type": "Question",
            "name": page.title,
            "acceptedAnswer": {"@type": "Answer", "text": text},
        }
        yield {"@type": "FAQPage", "@id": f"{page.url}#faq", "mainEntity": [entity]}
