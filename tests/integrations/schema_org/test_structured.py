"""What pages say in JSON-LD is valid by schema.org's own vocabulary."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.integrations.schema_org.vocabulary import faults, vocabulary
from tests.web.content import BILINGUAL, FRENCH_ONLY
from troubleshooting.representing.web.structured import Crumb, PageData, script_text

SITE = "https://portal.example.org"
STEP = '<li class="step" id="resolution-1-step-1">Do</li>'
STEPS = f'<section id="resolution-1"><ol>{STEP}</ol></section>'


def page(**said: Any) -> PageData:
    """Return an article of which everything is known that may be said."""
    known: dict[str, Any] = {
        "url": f"{SITE}/en/articles/jam/",
        "language": "en",
        "title": "Why does it jam?",
        "description": "It jams.",
        "modified": datetime(2026, 11, 1, 8, tzinfo=UTC),
        "platforms": ["Windows", "iOS"],
        "codes": ["0x80070005"],
        "sections": {"problem": "<p>It jams.</p>", "resolution": STEPS},
        "licence": "https://creativecommons.org/licenses/by/4.0/",
        "picture": f"{SITE}/en/articles/jam/picture.png",
        "crumbs": [Crumb("Articles", f"{SITE}/en/articles/")],
    }
    return PageData(**{**known, **said})


def graph(text: str) -> list[dict[str, Any]]:
    said = json.loads(text)
    assert said["@context"] == "https://schema.org"
    nodes: list[dict[str, Any]] = said["@graph"]
    return nodes


@pytest.mark.parametrize(
    "article",
    [
        page(),
        page(title="Jam", licence="", platforms=[], codes=[], description="", crumbs=[]),
        page(sections={}),
        page(language="fr", sections={"cause": "<p>Le <b>bac</b> &amp; l’eau</p>"}),
    ],
)
def test_whatever_is_known_of_an_article_is_said_validly(article: PageData):
    nodes = graph(script_text(article))
    assert [fault for node in nodes for fault in faults(node)] == []


def test_every_kind_is_said_and_tested():
    assert {node["@type"] for node in graph(script_text(page()))} == {
        "TechArticle",
        "BreadcrumbList",
        "HowTo",
        "FAQPage",
    }


@pytest.mark.parametrize("slug", [BILINGUAL, FRENCH_ONLY])
def test_pages_are_valid_as_they_are_sent(portal, client, slug: str):
    text = client.get(f"/fr/articles/{slug}/").content.decode()
    (said,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert [fault for node in graph(said) for fault in faults(node)] == []


@pytest.mark.parametrize(
    ("node", "fault"),
    [
        ({"@type": "TechnicalArticle"}, "no type"),
        ({"@type": "TechArticle", "title": "x"}, "is no property of TechArticle"),
        ({"@type": "HowTo", "steps": []}, "no such property"),  # superseded
        ({"@type": "HowTo", "headlines": "x"}, "no such property"),
        ({"@type": "Thing", "headline": "x"}, "is no property of Thing"),
        ({"@type": "ListItem", "item": f"{SITE}/"}, "takes no"),  # a thing, not a text
        ({"@type": "TechArticle", "url": "/en/"}, "takes no"),
        ({"@type": "TechArticle", "dateModified": "yesterday"}, "takes no"),
        ({"@type": "TechArticle", "license": "CC BY"}, "takes no"),
        ({"@type": "HowTo", "step": {"@type": "Person"}}, "takes no Person"),
        ({"@type": "FAQPage", "mainEntity": [{"@type": "Nothing"}]}, "no type"),
    ],
)
def test_what_the_vocabulary_does_not_allow_is_noticed(node: dict, fault: str):
    (found,) = faults(node)
    assert fault in found


def test_the_table_is_the_whole_vocabulary():
    types, properties = vocabulary()
    assert len(types) > 900
    assert len(properties) > 1400
    assert types["TechArticle"] == {"TechArticle", "Article", "CreativeWork", "Thing"}
