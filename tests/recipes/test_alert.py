"""A kind of alert that the project does not know, added as CONTRIBUTING says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.recipes.project_copy import ProjectCopy
from tests.web.html import Page

WORDS = "troubleshooting/texts/languages/common.toml"
KIND = 'security = { guards = true, en = "Security", fr = "Sécurité" }\n'
STYLE = """  .alert-security {
    --tone: var(--danger);
    --tone-soft: var(--danger-soft);
  }
"""
DOCUMENT = {
    "en": """
# Lifts

## The lift does not move

**Problem:** The display shows nothing.

**Resolution:**

1. Open the door.

   > [!SECURITY]
   > Only with two keys.
""",
    "fr": """
# Ascenseurs

## L’ascenseur ne bouge pas

**Problème :** L’écran n’affiche rien.

**Résolution :**

1. Ouvrez la porte.

   > [!SECURITY]
   > Seulement avec deux clés.
""",
}
READ = """
import json
from django.contrib.auth.models import User
from django.test import Client
from troubleshooting.models import ArticleTranslation
client = Client(SERVER_NAME="localhost")
pages = {}
for text in ArticleTranslation.objects.select_related("article"):
    address = f"/{text.language}/articles/{text.article.slug}/"
    pages[text.language] = client.get(address).content.decode()
client.force_login(User.objects.create_superuser("editor"))
key = text.article.pk
pages["form"] = client.get(f"/fr/admin/troubleshooting/article/{key}/change/").content.decode()
print(json.dumps(pages))
"""


@pytest.fixture
def portal(migrated: Path) -> ProjectCopy:
    copy = ProjectCopy(migrated)
    copy.replace(WORDS, ("\n[platforms]\n", f"{KIND}\n[platforms]\n"))
    look = "  .alert-warning {\n"
    copy.replace("static/portal/portal.css", (look, STYLE + look))
    for language, text in DOCUMENT.items():
        (copy.folder / f"lifts.{language}.md").write_text(text, "utf-8")
    return copy


@pytest.mark.slow
@pytest.mark.sqlite
def test_a_kind_of_alert_is_one_row_and_its_look(portal: ProjectCopy):
    imports = [("import_docs", f"lifts.{language}.md") for language in DOCUMENT]
    *_, read = portal.prepare(*imports, ("shell", "--no-imports", "--command", READ))
    said = json.loads(read.splitlines()[-1])
    for language, name, warning, step in (
        ("en", "Security", "Only with two keys.", "Open the door."),
        ("fr", "Sécurité", "Seulement avec deux clés.", "Ouvrez la porte."),
    ):
        (alert,) = Page(said[language]).all("div", class_="alert alert-security")
        assert alert.text.startswith(name)
        assert said[language].index(warning) < said[language].index(step)  # it guards the step
    (button,) = Page(said["form"]).all("button", value="SECURITY")
    assert button.text == "Sécurité"
