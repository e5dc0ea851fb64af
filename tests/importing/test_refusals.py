"""Texts that cannot be rendered: the editor's form and the importer's report say so."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from troubleshooting.editing import save_translation
from troubleshooting.editing.refusals import LONGEST_SECTION
from troubleshooting.editing.texts import LONGEST_TITLE
from troubleshooting.importing import ImportOutcome, import_paths
from troubleshooting.models import Article, ArticleTranslation, Revision, SourceDocument
from troubleshooting.texts.bounded import UnrenderableText, pool, texts
from troubleshooting.texts.bounded.worker import ChildWorker

pytestmark = pytest.mark.django_db

DENSE = "[" * 5_000


def save(**texts: str) -> None:
    save_translation(
        article=Article.objects.get_or_create(slug="clock")[0],
        language="en",
        texts={"title": "Clock", **texts},
        author=None,
        origin=Revision.Origin.EDITOR,
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(DENSE, id="too-dense"),
        pytest.param("> " * 500 + "a", id="too-deep"),
        pytest.param("<div>" * 500 + "a", id="too-deep-when-rendered"),
        pytest.param("word " * (LONGEST_SECTION // 5 + 1), id="too-long"),
    ],
)
def test_a_section_that_cannot_be_rendered_is_an_error_of_its_field(text: str):
    with pytest.raises(ValidationError) as caught:
        save(problem="Fine.", cause=text)
    assert list(caught.value.message_dict) == ["cause"]
    assert not ArticleTranslation.objects.exists()
    assert not Revision.objects.exists()


def test_the_others_are_imported_and_nothing_is_half_written(document: Path, tmp_path: Path):
    bad = tmp_path / "bad.en.md"
    bad.write_text(f"# Title\n\n## Fine\n\n**Problem:** a\n\n## Dense\n\n{DENSE}\n", "utf-8")
    report = import_paths([str(bad), str(document)])
    outcomes = {Path(each.path).name: each.outcome for each in report.documents}
    assert outcomes == {"bad.en.md": ImportOutcome.FAILED, document.name: ImportOutcome.CREATED}
    assert SourceDocument.objects.count() == 1
    assert not ArticleTranslation.objects.filter(language="en").exists()


def test_where_no_process_starts_each_document_says_so_and_may_come_again(
    document: Path, monkeypatch
):
    class NeverStarts(ChildWorker):
        def _wait_until_started(self) -> None:
            self.process.kill()
            super()._wait_until_started()

    monkeypatch.setattr(pool, "ChildWorker", NeverStarts)
    monkeypatch.setattr(texts, "pool", pool.Pool(1))
    (each,) = import_paths([str(document)]).documents
    assert (each.outcome, each.is_busy) == (ImportOutcome.FAILED, True)
    assert "The server is too busy" in each.messages[0]
    assert not SourceDocument.objects.exists()


@pytest.mark.parametrize(
    ("title", "text"),
    [("Deep", "<div>" * 500), ("word " * (LONGEST_TITLE // 5 + 1), "Restart.")],
    ids=["a text", "a title"],
)
def test_the_report_names_the_line_of_the_entry(tmp_path: Path, title: str, text: str):
    bad = tmp_path / "bad.en.md"
    bad.write_text(f"# Title\n\n## {title}\n\n**Problem:** It fails.\n\n{text}\n", "utf-8")
    (report,) = import_paths([str(bad)]).documents
    assert report.outcome is ImportOutcome.FAILED
    assert report.said[0].startswith(f"{bad}:3: ")


def test_aliases_in_front_matter_are_refused(tmp_path: Path):
    bad = tmp_path / "bad.en.md"
    bad.write_text("---\na: &a [x]\nb: [*a, *a]\n---\n# Title\n\nText.\n", "utf-8")
    (report,) = import_paths([str(bad)]).documents
    assert report.said[0].startswith(f"{bad}:3: ")


def test_rebuilding_goes_on_after_a_text_that_is_refused(monkeypatch, capsys):
    save(problem="First.")

    def refuse(*args):
        raise UnrenderableText("problem", "too_slow")

    monkeypatch.setattr("troubleshooting.deriving.rows.structure_texts", refuse)
    with pytest.raises(CommandError, match="1"):
        call_command("rebuild_derived", verbosity=0)
    assert "clock (en) problem" in capsys.readouterr().err
