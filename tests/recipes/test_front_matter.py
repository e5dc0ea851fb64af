"""A field of a document's header that the project does not show, shown as CONTRIBUTING says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.recipes.project_copy import ProjectCopy
from tests.web.html import Page

SOURCE = "templates/troubleshooting/parts/articles/source.html"
DATE = "  {% if document.date %}\n"
FIELD = """  {% with author=document.front_matter|field:"ms.author" %}{% if author %}
    <div><dt>{% translate "Author" %}</dt><dd>{{ author }}</dd></div>
  {% endif %}{% endwith %}
"""
DOCUMENT = """---
title: Lifts
ms.author:
- A. Otis
- B. <b>Otis</b>
---

# Lifts

## The lift does not move

**Problem:** The display shows nothing.
"""
READ = """
import json
from django.test import Client
client = Client(SERVER_NAME="localhost")
pages = [client.get(path).content.decode() for path in ("/en/documents/lifts/",)]
print(json.dumps(pages))
"""


@pytest.mark.slow
@pytest.mark.sqlite
def test_a_field_of_the_front_matter_is_shown_by_a_template(migrated: Path):
    portal = ProjectCopy(migrated)
    portal.replace(SOURCE, (DATE, FIELD + DATE))
    (portal.folder / "lifts.en.md").write_text(DOCUMENT, "utf-8")
    read = ("shell", "--no-imports", "--command", READ)
    _, said = portal.prepare(("import_docs", "lifts.en.md"), read)
    for html in json.loads(said.splitlines()[-1]):
        words = Page(html).words
        assert "Author" in words
        assert "A. Otis, B. <b>Otis</b>" in words  # as it was written, not as markup
