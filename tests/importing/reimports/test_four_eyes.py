"""With four eyes an import brings nothing to readers that nobody else has read."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError

from tests.importing.reimports.test_pending import DOCUMENT
from tests.people import person
from troubleshooting.access import Reader
from troubleshooting.editing import (
    change_status,
    discard_pending,
    pending_of,
    publish_pending,
    reject_pending,
    save_translation,
)
from troubleshooting.importing import import_paths, import_source
from troubleshooting.importing.runs import tasks
from troubleshooting.jobs import work_off
from troubleshooting.models import (
    Article,
    ArticleTranslation,
    ImportRun,
    PendingRevision,
    Source,
    SourceDocument,
)
from troubleshooting.texts.interchange import ArticleFile, write_article

pytestmark = pytest.mark.django_db

FRENCH = """\
# Le hall

## <a name="clock"></a>L’horloge retarde
**Problème :** Il est tard.

**Résolution :**

{}
"""


@pytest.fixture(autouse=True)
def four_eyes(settings):
    settings.FOUR_EYES = True


@pytest.fixture
def ada():
    return person("reviewer", "ada")


@pytest.fixture
def bo():
    return person("reviewer", "bo")


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return Source.objects.create(slug="hall", name="Hall", location=str(tmp_path))


def upload(folder: Path, author: User, words: str, **options) -> list[str]:
    """Import a document as ``author`` hands it in; return how its articles ended."""
    path = folder / options.pop("name", "hall.en.md")
    path.write_text(options.pop("form", DOCUMENT).format(words), "utf-8")
    report = import_paths([str(path)], author=author, **options)
    assert not report.failed, report.documents[0].said
    return [article.outcome for document in report.documents for article in document.articles]


def hand_in(source: Source, words: str) -> ImportRun:
    """Import a document of a source that publishes nothing by itself, to be undone."""
    Source.objects.update(status="in_review")
    Path(source.location, "hall.en.md").write_text(DOCUMENT.format(words), "utf-8")
    run = tasks.start(ImportRun(source=source, user=None))
    work_off()
    return run


def publish(user: User) -> None:
    """Publish the only article."""
    change_status(Article.objects.get(), "publish", user=user, accept_missing=True)


def live(language: str = "en") -> str:
    """Return what the resolution says to readers."""
    return ArticleTranslation.objects.get(language=language).resolution


def waiting(language: str = "en") -> str:
    """Return what the resolution is to say, "" where nothing waits of an import."""
    pending = pending_of(Article.objects.get(), language, "import")
    return pending.texts["resolution"] if pending else ""


@pytest.mark.parametrize("is_of_source", [False, True])
def test_what_somebody_hands_in_comes_in_review(tmp_path, ada, bo, source, is_of_source: bool):
    upload(tmp_path, ada, "Wait.", source=source if is_of_source else None)
    assert Article.objects.get().status == "in_review"
    assert not SourceDocument.objects.visible_to(Reader.STAFF).exists()
    with pytest.raises(ValidationError):
        publish(ada)
    publish(bo)
    assert SourceDocument.objects.visible_to(Reader.PUBLIC).exists()


def test_what_changes_a_published_text_waits_for_somebody_else(tmp_path, ada, bo):
    upload(tmp_path, ada, "Wait.")
    assert upload(tmp_path, ada, "Wait an hour.") == ["updated"]  # nobody reads it yet
    publish(bo)
    assert upload(tmp_path, ada, "Wait a day.") == ["waiting"]
    assert (live(), waiting()) == ("Wait an hour.", "Wait a day.")
    assert upload(tmp_path, ada, "Wait a week.") == ["waiting"]
    pending = pending_of(Article.objects.get(), "en", "import")
    with pytest.raises(PermissionDenied):
        publish_pending(pending, user=ada)
    publish_pending(pending, user=bo)
    assert (live(), waiting()) == ("Wait a week.", "")
    assert upload(tmp_path, ada, "Wait a week.") == ["unchanged"]


def test_a_change_in_another_place_than_the_editors_waits_too(tmp_path, ada, bo):
    upload(tmp_path, ada, "Open the door.\n\nWait.")
    texts = {**ArticleTranslation.objects.get().texts(), "problem": "It is very late."}
    save_translation(
        article=Article.objects.get(), language="en", texts=texts, author=ada, origin="editor"
    )
    publish(bo)
    assert upload(tmp_path, ada, "Open the door.\n\nWait an hour.") == ["waiting"]
    assert live().endswith("Wait.")
    publish_pending(pending_of(Article.objects.get(), "en", "import"), user=bo)
    text = ArticleTranslation.objects.get()
    assert (text.problem, text.resolution.endswith("Wait an hour.")) == ("It is very late.", True)


@pytest.mark.parametrize("decide", [reject_pending, discard_pending])
def test_what_was_decided_against_does_not_come_again(tmp_path, ada, bo, decide):
    for language, form in (("en", DOCUMENT), ("fr", FRENCH)):
        options = {"form": form, "name": f"hall.{language}.md"}
        before = upload(tmp_path, ada, "Wait.", **options)
        if language == "en":
            publish(bo)
            before = upload(tmp_path, ada, "Format the disk.", **options)
        assert before == ["waiting"]
        asked = {"comment": "No."} if decide is reject_pending else {}
        decide(pending_of(Article.objects.get(), language, "import"), user=bo, **asked)
        left = waiting(language)
        words = "Format the disk." if language == "en" else "Wait."
        assert upload(tmp_path, ada, words, **options) == ["kept"]
        assert waiting(language) == left
        assert upload(tmp_path, ada, "Wait longer.", **options) == ["waiting"]
        assert waiting(language) == "Wait longer."


def test_the_first_text_in_a_language_of_what_readers_see_waits(tmp_path, ada, bo):
    upload(tmp_path, ada, "Wait.")
    publish(bo)
    french = {"form": FRENCH, "name": "hall.fr.md"}
    assert upload(tmp_path, ada, "Attendez.", **french) == ["waiting"]
    assert not ArticleTranslation.objects.filter(language="fr").exists()
    assert upload(tmp_path, ada, "Attendez une heure.", **french) == ["waiting"]
    publish_pending(pending_of(Article.objects.get(), "fr", "import"), user=bo)
    assert live("fr") == "Attendez une heure."
    assert ArticleTranslation.objects.get(language="fr").source_language == "en"
    assert upload(tmp_path, ada, "Attendez une heure.", **french) == ["unchanged"]
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("status", "first", "outcome", "says"),
    [
        ("published", "published", "updated", "Wait an hour."),
        ("draft", "draft", "waiting", "Wait."),
        ("in_review", "in_review", "waiting", "Wait."),
    ],
)
def test_a_source_whose_articles_are_published_goes_live_by_itself(
    tmp_path, bo, source, status: str, first: str, outcome: str, says: str
):
    Source.objects.update(status=status)
    source.refresh_from_db()
    path = tmp_path / "hall.en.md"
    path.write_text(DOCUMENT.format("Wait."), "utf-8")
    import_source(source)
    assert Article.objects.get().status == first
    if first != "published":
        publish(bo)
    path.write_text(DOCUMENT.format("Wait an hour."), "utf-8")
    (document,) = import_source(source).documents
    assert ([one.outcome for one in document.articles], live()) == ([outcome], says)


def exported(words: str, base: str = "") -> str:
    """Return an exported file that says ``words``, written over one that said ``base``."""
    texts = {"title": "The clock is late", "problem": "It is late."}
    file = ArticleFile(slug="clock", language="en", status="published",
                       texts={**texts, "resolution": words})  # fmt: skip
    written = write_article(file)
    if not base:
        return written
    before = write_article(replace(file, texts={**texts, "resolution": base}))
    digest = re.compile(r"^digest: .*$", re.MULTILINE)
    return digest.sub(digest.search(before)[0], written)


def test_an_exported_file_does_as_a_document_does(tmp_path, ada, bo):
    def bring(words: str, base: str = "") -> list[str]:
        return upload(tmp_path, ada, "", form=exported(words, base), name="clock.md")

    assert bring("Open the door.\n\nWait.") == ["created"]
    assert Article.objects.get().status == "in_review"
    publish(bo)
    assert bring("Open the door.\n\nWait.") == ["unchanged"]
    begun = "Open the door.\n\nWait."
    assert bring("Open the door.\n\nWait an hour.", begun) == ["waiting"]
    assert bring("Open the gate.\n\nWait.", begun) == ["waiting"]
    assert (live(), waiting()) == (begun, "Open the gate.\n\nWait an hour.")
    assert bring("Open the shop.\n\nWait.", begun) == ["conflict"]
    assert waiting() == "Open the gate.\n\nWait an hour."
    publish_pending(pending_of(Article.objects.get(), "en", "import"), user=bo)
    assert live() == "Open the gate.\n\nWait an hour."


def test_undone_an_import_leaves_nothing_that_waits(tmp_path, source, bo, settings):
    run = hand_in(source, "Wait.")
    publish(bo)
    assert waiting() == ""
    again = hand_in(source, "Format the disk.")
    assert waiting() == "Format the disk."
    tasks.start_undoing(again, bo)
    work_off()
    assert (live(), waiting()) == ("Wait.", "")
    assert run.documents.count() == 1


def test_without_four_eyes_imports_go_live(tmp_path, ada, settings):
    settings.FOUR_EYES = False
    upload(tmp_path, ada, "Wait.")
    assert upload(tmp_path, ada, "Wait an hour.") == ["updated"]
    assert (Article.objects.get().status, live()) == ("published", "Wait an hour.")
    assert not PendingRevision.objects.exists()
