"""Work on a published text without touching it: who begins it, who publishes it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.people import person
from tests.web.content import write
from troubleshooting.editing import (
    EditConflict,
    OmissionsError,
    SourceRevision,
    change_status,
    create_article,
    discard_pending,
    pending_of,
    publish_pending,
    reject_pending,
    save_pending,
    save_translation,
    save_unfinished,
    submit_pending,
)
from troubleshooting.models import (
    Article,
    ArticleTranslation,
    GapReport,
    PendingRevision,
    Revision,
)
from troubleshooting.rights import may_edit, may_propose

pytestmark = pytest.mark.django_db

LIVE = {
    "title": "Plafond atteint",
    "problem": "Le compte est refusé.",
    "resolution": "1.  Ouvrez **Comptes**.\n2.  Supprimez un appareil.",
}
WISH = {**LIVE, "problem": "Le compte est refusé avec 0x8A7B0001."}


@pytest.fixture
def article() -> Article:
    made = create_article(title="Plafond atteint", owner=None, status="published")
    write(made, "fr", **LIVE)
    return made


def begin(article: Article, texts: dict = WISH, author=None, **more) -> PendingRevision:
    more = {"base_revision": 1, "number": 0, **more}
    pending = save_pending(article=article, language="fr", texts=texts, author=author, **more)
    assert pending is not None
    return pending


def live() -> ArticleTranslation:
    return ArticleTranslation.objects.get(language="fr")


def test_what_waits_changes_nothing_that_is_live(article: Article):
    before = (live().texts(), live().revision_number, Revision.objects.count())
    begin(article)
    assert (live().texts(), live().revision_number, Revision.objects.count()) == before
    assert not live().citations.exists()


def test_from_an_author_to_readers(article: Article):
    author, reviewer = person("author"), person("reviewer")
    assert may_propose(author, article)
    assert not may_edit(author, article)
    pending = begin(article, author=author, comment="Le code manquait.")
    submit_pending(pending, user=author)
    assert pending_of(article, "fr").state == "submitted"
    publish_pending(pending_of(article, "fr"), user=reviewer)
    newest = live().revisions.get(number=2)
    assert (newest.author, newest.comment) == (author, "Le code manquait.")
    assert live().problem == WISH["problem"]
    assert pending_of(article, "fr") is None


def test_an_author_publishes_nothing_and_says_so_before_anything_is_stored(article: Article):
    author = person("author")
    with pytest.raises(PermissionDenied):
        publish_pending(begin(article, author=author), user=author)
    assert live().revision_number == 1


def test_a_rejection_says_why_and_the_author_goes_on(article: Article):
    author, reviewer = person("author"), person("reviewer")
    pending = begin(article, author=author)
    submit_pending(pending, user=author)
    with pytest.raises(ValidationError):
        reject_pending(pending, user=reviewer, comment="  ")
    reject_pending(pending, user=reviewer, comment="Sans le code.")
    now = pending_of(article, "fr")
    assert (now.state, now.answer, now.reviewer) == ("rejected", "Sans le code.", reviewer)
    begin(article, {**WISH, "cause": "Le plafond."}, author, number=now.number)
    assert pending_of(article, "fr").state == "writing"


def test_there_is_one_and_nobody_writes_over_it_unseen(article: Article):
    begin(article)
    with pytest.raises(ValidationError):
        begin(article, {**WISH, "cause": "Autre."})
    assert PendingRevision.objects.get().texts["problem"] == WISH["problem"]


def test_a_decision_is_about_what_was_read(article: Article):
    reviewer = person("reviewer")
    seen = begin(article)
    begin(article, {**WISH, "cause": "Ajouté depuis."}, number=1)
    with pytest.raises(ValidationError):
        publish_pending(seen, user=reviewer, number=1)
    assert live().revision_number == 1


@pytest.mark.parametrize("number", [0, 1])
def test_it_is_about_the_live_text_that_it_was_compared_with(article: Article, number: int):
    pending, reviewer = begin(article), person("reviewer")
    write(article, "fr", **{**LIVE, "cause": "Enregistré depuis."})
    with pytest.raises(ValidationError, match=r"live text|texte publié"):
        publish_pending(pending, user=reviewer, number=1, live=number)
    assert live().problem == LIVE["problem"]
    publish_pending(pending, user=reviewer, number=1, live=2)
    assert (live().problem, live().cause) == (WISH["problem"], "Enregistré depuis.")


def test_an_import_and_an_editor_wait_side_by_side(article: Article):
    begin(article)
    begin(article, {**LIVE, "cause": "Amont."}, origin="import", number=None)
    begin(article, {**LIVE, "cause": "Amont, encore."}, origin="import", number=None)
    waiting = {row.origin: row.state for row in PendingRevision.objects.all()}
    assert waiting == {"editor": "writing", "import": "submitted"}


def test_texts_that_say_nothing_new_begin_nothing(article: Article):
    assert save_pending(article=article, language="fr", texts=LIVE, author=None,
                        base_revision=1, number=0) is None  # fmt: skip
    assert not PendingRevision.objects.exists()


def test_what_others_saved_meanwhile_is_kept(article: Article):
    pending = begin(article)
    resolution = LIVE["resolution"] + "\n3.  Recommencez."
    write(article, "fr", **{**LIVE, "resolution": resolution})
    publish_pending(pending, user=person("reviewer"))
    assert live().problem == WISH["problem"]
    assert "Recommencez" in live().resolution


def test_two_changes_of_one_unit_are_for_a_person_to_bring_together(article: Article):
    pending = begin(article)
    write(article, "fr", **{**LIVE, "problem": "Le compte est refusé depuis mardi."})
    with pytest.raises(EditConflict) as met:
        publish_pending(pending, user=person("reviewer"))
    assert met.value.typed["problem"] == WISH["problem"]
    assert live().problem == "Le compte est refusé depuis mardi."
    assert pending_of(article, "fr") is not None


def test_a_first_text_in_a_language_waits_as_well(article: Article):
    texts = {"title": "Limit reached", "problem": "The account is refused."}
    pending = save_pending(article=article, language="en", texts=texts, author=None,
                           base_revision=0, number=0)  # fmt: skip
    assert not article.translations.filter(language="en").exists()
    with pytest.raises(OmissionsError) as refused:
        publish_pending(pending, user=person("reviewer"))
    left = [omission.key for omission in refused.value.omissions]
    assert left == ["resolution-1", "resolution-2"]
    with pytest.raises(OmissionsError):
        publish_pending(pending, user=person("reviewer", "eve"), accepted=left[:1])
    assert not article.translations.filter(language="en").exists()
    publish_pending(pending, user=person("reviewer", "ada"), accepted=left)
    assert article.translations.get(language="en").source_language == "fr"


def test_what_was_begun_beside_a_first_text_still_says_what_it_renders(
    article: Article,
):
    begun = {"article": article, "language": "en", "source_language": "fr", "author": None}
    save_unfinished(texts={"title": "Begun"}, source_revision=1, **begun)
    write(article, "fr", **{**LIVE, "problem": "Bien autre chose est refusé."})
    texts = {"title": "Limit", "problem": "Refused.", "resolution": "1.  Open.\n2.  Delete."}
    first = save_pending(article=article, language="en", texts=texts, author=None,
                         origin="import", base_revision=0)  # fmt: skip
    publish_pending(first, user=person("reviewer"))
    waiting = pending_of(article, "en")
    assert (waiting.texts["title"], waiting.base_revision) == ("Begun", 0)
    assert (waiting.source_language, waiting.source_revision) == ("fr", 1)


@pytest.mark.parametrize("title", ["Limit", "Limit reached"])
def test_a_save_says_what_it_renders_by_one_statement(article: Article, title: str):
    values = {"article": article, "language": "en", "author": None, "base_revision": 0}
    save_pending(texts={"title": "Limit"}, translated_from=SourceRevision("fr", 1), **values)
    with CaptureQueriesContext(connection) as asked:
        save_pending(texts={"title": title}, translated_from=SourceRevision("fr", 2), **values)
    writes = [query for query in asked.captured_queries if query["sql"].startswith("UPDATE")]
    assert len(writes) == 1
    waiting = pending_of(article, "en")
    assert (waiting.source_revision, waiting.texts["title"]) == (2, title)
    save_pending(texts={"title": "More"}, **values)
    assert pending_of(article, "en").source_revision == 2


def test_who_may_throw_it_away(article: Article):
    author, other = person("author"), person("author", "autre")
    pending = begin(article, author=author)
    with pytest.raises(PermissionDenied):
        discard_pending(pending, user=other)
    discard_pending(pending, user=author)
    assert not PendingRevision.objects.exists()


def test_a_gap_is_closed_by_what_fills_it(article: Article):
    GapReport.objects.report("0x8A7B0001", "", "fr")
    publish_pending(begin(article), user=person("reviewer"))
    assert GapReport.objects.get().status == "done"


def test_with_four_eyes_nobody_publishes_their_own_text(article: Article, settings):
    settings.FOUR_EYES = True
    one, other = person("reviewer"), person("reviewer", "autre")
    assert may_propose(one, article)
    assert not may_edit(one, article)
    pending = begin(article, author=one)
    with pytest.raises(PermissionDenied):
        publish_pending(pending, user=one)
    publish_pending(pending, user=other)
    assert live().problem == WISH["problem"]


def test_with_four_eyes_whoever_wrote_in_a_pending_revision_does_not_publish_it(
    article: Article, settings
):
    settings.FOUR_EYES = True
    one, other = person("reviewer"), person("reviewer", "autre")
    begin(article, author=one)
    pending = begin(article, {**WISH, "title": "Plafonds"}, author=other, number=1)
    for writer in (one, other):
        with pytest.raises(PermissionDenied):
            publish_pending(pending, user=writer)
    publish_pending(pending, user=person("reviewer", "tiers"))


def test_with_four_eyes_a_draft_is_published_by_another(settings):
    settings.FOUR_EYES = True
    one, other = person("reviewer"), person("reviewer", "autre")
    draft = create_article(title="Plafond", owner=one)
    save_translation(article=draft, language="fr", texts=LIVE, author=one, origin="editor")
    with pytest.raises(ValidationError):
        change_status(draft, "publish", user=one)
    change_status(draft, "publish", user=other)
    assert draft.status == "published"


@pytest.mark.parametrize("way", [["unpublish"], ["archive", "reopen"]])
def test_with_four_eyes_what_another_published_of_a_pending_revision_is_read(
    article: Article, settings, way: list[str]
):
    settings.FOUR_EYES = True
    rene, rita = person("reviewer", "rene"), person("reviewer", "rita")
    publish_pending(begin(article, author=rene), user=rita)
    for step in way:
        change_status(article, step, user=rita)
    change_status(article, "publish", user=rene)
    publish_pending(begin(article, LIVE, author=rene, base_revision=2), user=rita)
    change_status(article, "unpublish", user=rita)
    mine = {**LIVE, "problem": "Le compte est refusé par le serveur."}
    own = {"author": rene, "origin": "editor", "base_revision": 3}
    save_translation(article=article, language="fr", texts=mine, **own)
    with pytest.raises(ValidationError):
        change_status(article, "publish", user=rene)


@pytest.mark.parametrize(
    ("problem", "size"),
    [("Le compte n’est pas refusé.", "major"), ("Le compte est réfusé.", "typo")],
)
def test_no_author_makes_a_typing_error_of_another_meaning(
    article: Article, problem: str, size: str
):
    waiting = begin(article, {**LIVE, "problem": problem}, size="typo")
    publish_pending(waiting, user=person("reviewer"))
    assert Revision.objects.latest("number").size == size
