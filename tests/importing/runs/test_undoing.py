"""A whole import is taken back as one: all is as it was, but for what somebody worked on."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.importing.reimports.test_pending import edit, text
from tests.importing.runs.upstream import chief, hall, upstream
from troubleshooting.access import Reader
from troubleshooting.auditing import Act, note
from troubleshooting.editing import (
    change_many,
    keep_draft,
    save_pending,
    save_translation,
    save_unfinished,
    take_back,
    trash_articles,
    update_article,
)
from troubleshooting.importing.runs import tasks
from troubleshooting.importing.runs.recording import changing
from troubleshooting.jobs import work_off
from troubleshooting.models import (
    Article,
    ArticleTranslation,
    ArticleUse,
    Comment,
    ImportRun,
    Outcome,
    PendingRevision,
    Platform,
    Revision,
    ScheduledChange,
    SourceDocument,
    SourceEntry,
    StatusChange,
)
from troubleshooting.texts.remarks import in_words

pytestmark = pytest.mark.django_db

FRENCH = """\
# Le hall

## <a name="clock"></a>L’horloge retarde
**Problème :** Il est tard.

**Résolution :**

Remplacez la pile.
"""


def content() -> dict[str, list[object]]:
    """Return all that an import writes and that people can tell apart."""
    texts = [(t.article.slug, t.language, *t.texts().values()) for t in
             ArticleTranslation.objects.select_related("article")]  # fmt: skip
    entries = SourceEntry.objects.values_list(
        "document__key", "article__slug", "anchor", "position", "base", "removed", "aliases"
    )
    documents = SourceDocument.objects.values_list("key", "language", "path", "sha256", "removed")
    waiting = PendingRevision.objects.values_list("article__slug", "origin", "texts")
    rows = {"texts": texts, "entries": entries, "documents": documents, "waiting": waiting}
    return {name: sorted(map(repr, each)) for name, each in rows.items()} | {
        "articles": sorted(Article.objects.values_list("slug", flat=True))
    }


def undo(run: ImportRun) -> list[str]:
    """Take ``run`` back; return why what was left."""
    tasks.start_undoing(run, chief())
    work_off()
    run.refresh_from_db()
    assert run.undone, run.undoing and run.undoing.error
    return [in_words(each["reason"]) for each in run.left]


CHANGES = {
    "a first import": ([], {"hall_en": hall("A1")}),
    "two languages": ([], {"hall_en": hall("A1"), "hall_fr": FRENCH}),
    "another language": ([{"hall_en": hall("A1")}], {"hall_fr": FRENCH}),
    "a change": ([{"hall_en": hall("A1")}], {"hall_en": hall("A2 / B1")}),
    "nothing new": ([{"hall_en": hall("A1")}], {}),
    "a section removed": ([{"hall_en": hall("A1")}], {"hall_en": "# The hall\n\nWords.\n"}),
    "a conflict": ([{"hall_en": hall("A1")}, "A3"], {"hall_en": hall("A2 / B1")}),
    "a later conflict": (
        [{"hall_en": hall("A1")}, "A3", {"hall_en": hall("A2")}],
        {"hall_en": hall("A4")},
    ),
    "a section moved": (
        [{"hall_en": hall("A1")}],
        {"hall_en": "# The hall\n\nWords.\n", "stairs_en": hall("A1").replace("hall", "stairs")},
    ),
}


@pytest.mark.parametrize(("before", "last"), CHANGES.values(), ids=CHANGES)
def test_what_nobody_touched_is_as_it_was(source, before, last):
    for step in before:
        edit(step) if isinstance(step, str) else upstream(source, **step)
    was = content()
    run = upstream(source, **last)
    assert (content() != was) is bool(last)
    assert undo(run) == []
    assert content() == was


def by_editor(_run):
    edit("A9")


def by_status(_run):
    StatusChange.objects.create(article=Article.objects.get(), before="draft", after="published")


def by_reader(_run):
    Outcome.objects.create(article=Article.objects.get(), revision_number=1, verdict="solved")


def by_details(_run):
    note(chief(), Act.CHANGED, Article.objects.get(), after={"audience": "staff"})


def in_bulk(**values):
    def change(article: Article) -> None:
        update_article(article, **values)

    return change_many(Article.objects.all(), change, action="set_audience", user=chief())


def by_audience_of_many(_run):
    in_bulk(audience="staff")


def by_platforms_of_many(_run):
    in_bulk(platforms=[Platform.objects.create(name="Halls", slug="halls")])


def by_address(_run):
    update_article(Article.objects.get(), slug="elsewhere")


def by_translator(_run):
    save_unfinished(article=Article.objects.get(), language="fr", texts={"title": "Le hall"},
                    source_language="en", author=chief())  # fmt: skip


def by_schedule(_run):
    at = timezone.now() + timedelta(days=9)
    ScheduledChange.objects.create(article=Article.objects.get(), act="publish", at=at)


def by_comment(_run):
    Comment.objects.create(article=Article.objects.get(), author=chief(), text="Is it so?")


def by_draft(_run):
    keep_draft(user=chief(), token="t", page="form", article=Article.objects.get(),
               language="en", fields={"title": ["The hall"]})  # fmt: skip


def by_pending(_run):
    save_pending(article=Article.objects.get(), language="en", author=chief(), base_revision=1,
                 texts={**text().texts(), "cause": "Rain."})  # fmt: skip


def by_ticket(_run):
    ArticleUse.objects.create(article=Article.objects.get(), language="en", revision_number=1)


@pytest.mark.parametrize(
    "work",
    [
        by_editor, by_status, by_reader, by_details, by_audience_of_many, by_platforms_of_many,
        by_address, by_translator, by_schedule, by_comment, by_draft, by_pending, by_ticket,
    ],
)  # fmt: skip
def test_what_somebody_worked_on_stays_and_is_told(source, work):
    run = upstream(source, hall_en=hall("A1"))
    work(run)
    was = content()
    (reason,) = undo(run)
    assert "depuis" in reason
    assert content() == was
    assert run.left[0]["title"] == text().title


def test_a_change_of_many_counts_from_the_import_on_until_it_is_taken_back(source):
    first = upstream(source, hall_en=hall("A1"))
    changed = in_bulk(audience="staff")
    second = upstream(source, porch_en=hall("A1").replace("hall", "porch"))
    assert undo(second) == []
    take_back(changed.change, user=chief())
    assert undo(first) == []
    assert not Article.objects.exists()


def test_what_was_changed_before_an_import_is_no_work_on_what_it_brought(source):
    upstream(source, hall_en=hall("A1"))
    in_bulk(audience="staff")
    was = content()
    assert undo(upstream(source, hall_fr=FRENCH)) == []
    assert content() == was


def test_the_last_import_is_undone_first(source):
    first = upstream(source, hall_en=hall("A1"))
    was = content()
    second = upstream(source, hall_en=hall("A2"))
    assert "plus récent" in undo(first)[0]
    assert undo(second) == []
    assert content() == was


def test_an_import_that_was_taken_back_can_be_made_again(source):
    run = upstream(source, hall_en=hall("A1"))
    was = content()
    undo(run)
    upstream(source)
    assert content() == was


def test_what_an_editor_put_in_the_trash_stays_there_when_the_import_is_made_again(source):
    run = upstream(source, hall_en=hall("A1"))
    trash_articles(Article.objects.all(), user=chief())
    assert undo(run) == []
    assert not SourceDocument.objects.visible_to(Reader.STAFF).exists()
    upstream(source)
    assert not Article.objects.exists()


def test_a_revision_says_that_the_import_was_taken_back(source):
    upstream(source, hall_en=hall("A1"))
    undo(upstream(source, hall_en=hall("A2")))
    last = Revision.objects.filter(translation=text()).order_by("-number").first()
    assert (last.number, last.author.username) == (3, "chief")


def test_an_article_that_readers_wrote_in_between_is_no_loss(source):
    run = upstream(source, hall_en=hall("A1"))
    save_translation(
        article=Article.objects.get(), language="fr", author=None, origin="editor",
        texts={"title": "L’horloge", "problem": "Elle retarde."},
    )  # fmt: skip
    assert len(undo(run)) == 1
    assert Article.objects.get().translations.count() == 2


def test_what_a_command_imports_can_be_undone_too_and_nothing_new_is_no_run(source):
    Path(source.location, "hall.en.md").write_text(hall("A1"), "utf-8")
    for _ in range(2):
        call_command("sync_sources", "hall", stdout=io.StringIO())
        call_command(
            "import_docs", f"{source.location}/hall.en.md", "--source", "hall", verbosity=0
        )
    run = ImportRun.objects.get()
    assert undo(run) == []
    assert not Article.objects.exists()


def test_after_its_time_an_import_cannot_be_undone_and_its_report_stays(source):
    run = upstream(source, hall_en=hall("A1"))
    assert changing(run).exists()
    ImportRun.objects.update(created=timezone.now() - timedelta(days=91))
    call_command("prune", stdout=io.StringIO())
    assert not changing(run).exists()
    assert run.documents.get().report["articles"]
