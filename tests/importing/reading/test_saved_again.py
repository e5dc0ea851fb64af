"""French texts of real documents, opened in their form and saved as they are: nothing changes."""

from __future__ import annotations

import os
from typing import Any

import pytest

from tests.conftest import NO_SHARED, SHARED
from tests.web.editors import address, person
from tests.web.html import Page
from troubleshooting.importing import import_paths
from troubleshooting.models import ArticleTranslation, Revision

CORPUS = SHARED / "corpus"
#: Folders of French documents, as their repositories call them.
FOLDERS = [CORPUS / "alchemy-fr", CORPUS / "sccmdocs-fr-2018", *sorted(CORPUS.glob("*/fr"))]
#: One document of so many is tried; all take some minutes.
SHARE = int(os.environ.get("SAVED_AGAIN") or 60)
NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.is_dir(), reason=NO_SHARED)
def test_opened_and_saved_they_make_no_revision(client, db, same_process):
    documents = [path for folder in FOLDERS for path in sorted(folder.rglob("*.md"))][::SHARE]
    import_paths([str(path) for path in documents])
    client.force_login(person("rene", "Reviewer"))
    texts = ArticleTranslation.objects.filter(language="fr").select_related("article")
    stored = {text.pk: (text.article_id, text.texts()) for text in texts}
    assert len(stored) >= len(documents) / 2
    assert any(NBSP in "".join(said.values()) for _article, said in stored.values())
    before = Revision.objects.count()
    for article, _said in stored.values():
        form = f"{address('change', article)}?language=fr"
        answer = client.post(form, as_a_browser_sends(client.get(form)))
        assert answer.status_code == 302, Page(answer.content.decode()).words[:2000]
    assert Revision.objects.count() == before
    assert {text.pk: (text.article_id, text.texts()) for text in texts.all()} == stored


def as_a_browser_sends(answer: Any) -> dict[str, Any]:
    """Return the fields of the form in ``answer``, with the line ends that HTML asks for."""
    page = Page(answer.content.decode())
    sent: dict[str, Any] = {}
    for field in page.all("input"):
        kind, name = field.get("type"), field.get("name")
        if not name or kind in ("submit", "file", "search"):
            continue
        if kind not in ("checkbox", "radio") or "checked" in field.attributes:
            sent.setdefault(name, []).append(field.get("value"))
    for field in page.all("textarea"):
        # HTML drops a line feed after the tag, and ends lines by two characters.
        sent[field.get("name")] = field.text.removeprefix("\n").replace("\n", "\r\n")
    for form in (answer.context["details"], answer.context["text_form"]):
        for bound in form:  # lists of choices
            if bound.field.widget.__class__.__name__.startswith("Select"):
                sent[bound.html_name] = "" if bound.value() is None else bound.value()
    return sent
