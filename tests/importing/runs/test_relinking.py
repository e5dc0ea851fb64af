"""Links are followed again when all documents are there: for each document once, not each text."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from troubleshooting.importing import import_paths
from troubleshooting.importing.runs import relinking
from troubleshooting.models import RenderedTranslation, SourceDocument

TEXTS = 5


@pytest.mark.django_db
def test_the_texts_of_a_document_share_what_is_looked_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(relinking, "_AT_ONCE", TEXTS)
    for name in "abcd":
        problems = "\n\n".join(
            f"## Lamp {number} of house {name} does not light\n\n**Cause:** It is off.\n\n"
            f"**Resolution:** See [the switch](later.md#switch)."
            for number in range(TEXTS)
        )
        (tmp_path / f"house-{name}.md").write_text(f"# House {name}\n\n{problems}\n", "utf-8")
    (tmp_path / "later.md").write_text("# Later\n\n## Switch\n\nTurn it.\n", "utf-8")
    with CaptureQueriesContext(connection) as captured:
        import_paths([str(tmp_path)])
    statements = [query["sql"] for query in captured.captured_queries]
    shown = RenderedTranslation.objects.filter(resolution__contains="switch").values_list(
        "resolution", flat=True
    )
    assert len([html for html in shown if 'href="/' in html]) == 4 * TEXTS
    # Once when each document is read, once for each when links are followed again.
    assert len([sql for sql in statements if "aliases" in sql and sql.startswith("SELECT")]) < 20
    # No text uses an image, so there is no use to be taken back.
    assert not [sql for sql in statements if sql.startswith("DELETE") and "imageuse" in sql]


@pytest.mark.django_db
def test_what_an_earlier_import_brought_leads_to_what_comes_later(tmp_path: Path):
    (tmp_path / "first.md").write_text(
        "# House\n\nSee also [the cellar](cellar.md).\n\n## The lamp does not light\n\n"
        "**Cause:** It is off.\n\n**Resolution:** See [the switch](later.md#switch).\n",
        "utf-8",
    )
    import_paths([str(tmp_path / "first.md")])
    assert 'href="/' not in RenderedTranslation.objects.get().resolution
    (tmp_path / "later.md").write_text("# Later\n\n## Switch\n\nTurn it.\n", "utf-8")
    (tmp_path / "cellar.md").write_text("# Cellar\n\nIt is below.\n", "utf-8")
    import_paths([str(tmp_path / "later.md"), str(tmp_path / "cellar.md")])
    shown = RenderedTranslation.objects.get(translation__title="The lamp does not light")
    assert 'href="/' in shown.resolution
    assert 'href="/' in SourceDocument.objects.get(key="first").preamble_html
