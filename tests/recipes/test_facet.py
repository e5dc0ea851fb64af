"""A facet that the project does not have, added as CONTRIBUTING says to a portal that is in use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.recipes.project_copy import ProjectCopy
from tests.web.html import Page

DECLARED = "troubleshooting/search/facets/declared.py"
ROW = """    Facet(
        "audience",
        _("Intended for"),
        Column("audience"),
        only_several=True,
        is_listed=True,
        typed=TypedValues(),
    ),
    Facet(
        "written",
        _("Written on"),
        Rows(SOURCE_ENTRY, "document_id", ValueTable(SOURCE_DOCUMENT, "date", "date")),
        is_listed=True,
    ),
"""
FRENCH = '\nmsgid "Intended for"\nmsgstr "Public visé"\n\nmsgid "Written on"\nmsgstr "Écrit le"\n'
DOCUMENT = """
# Lifts

## The lift does not move

**Problem:** The display shows nothing.

**Resolution:** Close the door.

## The lift does not stop

**Problem:** The display shows two floors.

**Resolution:** Call the maker.
"""
#: It has a date, which the other has not.
DATED = """---
ms.date: 2024-03-05
---
# Doors

## The lift's door does not close

**Problem:** The door of the lift stays open.

**Resolution:** Clean the rail.
"""
#: Every article is public but one, which is for staff.
WRITE = """
from troubleshooting.models import Article
from troubleshooting.editing import update_article
update_article(Article.objects.get(slug="the-lift-does-not-stop"), audience="staff")
"""
#: The pages as staff see them: results in both languages, and the list.
READ = """
import json
from django.contrib.auth.models import User
from django.test import Client
client = Client(SERVER_NAME="localhost")
public = client.get("/en/search/?q=lift").content.decode()
client.force_login(User.objects.create_superuser("editor"))
addresses = {
    "en": "/en/search/?q=lift",
    "fr": "/fr/search/?q=lift",
    "narrowed": "/en/search/?q=lift&audience=staff",
    "typed": "/en/search/?q=lift+-audience%3Apublic",
    "typed as called": "/en/search/?q=lift+-in%3APublic",
    "list": "/en/articles/?audience=staff",
    "written": "/en/search/?q=lift&written=2024-03-05",
    "written list": "/en/articles/?written=2024-03-05",
}
pages = {name: client.get(address).content.decode() for name, address in addresses.items()}
print(json.dumps({"public": public, **pages}))
"""


@pytest.fixture
def portal(migrated: Path) -> ProjectCopy:
    """A portal that was filled before the facet was declared."""
    copy = ProjectCopy(migrated)
    document = copy.folder / "lifts.en.md"
    document.write_text(DOCUMENT, "utf-8")
    dated = copy.folder / "doors.en.md"
    dated.write_text(DATED, "utf-8")
    shell = ("shell", "--no-imports", "--command", WRITE)
    copy.prepare(("import_docs", str(document), str(dated)), shell)
    copy.replace(DECLARED, ('    Facet("status",', ROW + '    Facet("status",'))
    catalogue = copy.folder / "troubleshooting/locale/fr/LC_MESSAGES/django.po"
    catalogue.write_text(catalogue.read_text("utf-8") + FRENCH, "utf-8")
    copy.compile()
    return copy


@pytest.mark.slow
@pytest.mark.sqlite
def test_a_facet_is_one_row(portal: ProjectCopy):
    asked = ("search", "lift", "--language", "en", "--format", "json")
    _, _, staff, public, said = portal.prepare(
        ("makemigrations", "--check", "--dry-run"),
        ("check_index",),
        (*asked, "--audience", "staff"),
        (*asked, "--audience", "public"),
        ("shell", "--no-imports", "--command", READ),
    )
    assert (json.loads(staff)["total"], json.loads(public)["total"]) == (0, 2)
    pages = {name: Page(html) for name, html in json.loads(said.splitlines()[-1]).items()}
    assert "Intended for" not in pages["public"].words  # who sees one value is not asked
    for language, label, values in (
        ("en", "Intended for", ["Public", "Staff only"]),
        ("fr", "Public visé", ["Tout public", "Équipe seulement"]),
    ):
        labels = [heading.text for heading in pages[language].all("h2")]
        assert label in labels
        names = [name.text for name in pages[language].all("span", class_="facet-name")]
        assert set(values) <= set(names), language
    (hit,) = pages["narrowed"].all("h2", class_="hit-title")
    assert hit.text == "The lift does not stop"
    (chip,) = pages["narrowed"].all("a", class_="tag tag-remove")
    assert "Staff only" in chip.text
    assert chip.get("href") == "?q=lift"
    assert "1 article" in pages["list"].words
    for name in ("typed", "typed as called"):
        titles = [hit.text for hit in pages[name].all("h2", class_="hit-title")]
        assert titles == ["The lift does not stop"], name

    # A date is a value too, and what has none shows for no date.
    titles = [hit.text for hit in pages["written"].all("h2", class_="hit-title")]
    assert titles == ["The lift's door does not close"]
    assert "1 article" in pages["written list"].words
