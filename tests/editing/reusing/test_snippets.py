"""A block that many articles share: changed once, it is changed in all of them, and whole."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import connection
from django.utils import translation

from tests.people import person
from tests.web.content import write
from troubleshooting.access import Reader
from troubleshooting.caching import version
from troubleshooting.deriving import derive
from troubleshooting.editing import (
    create_article,
    keep_draft,
    save_pending,
    save_unfinished,
    trash_articles,
)
from troubleshooting.editing.reusing import (
    approve_proposed,
    delete_snippets,
    save_snippet,
    snippets,
    stale_texts,
    with_uses,
)
from troubleshooting.jobs import work_off
from troubleshooting.models import (
    ArticleTranslation,
    CodeCitation,
    RenderedTranslation,
    SearchText,
    Snippet,
    SnippetUse,
    Step,
)
from troubleshooting.representing.articles import article_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

BEFORE = {"fr": "1.  Redémarrez (0x8A7B0001).", "en": "1.  Restart (0x8A7B0001)."}
AFTER = {"fr": "1.  Patientez (0x8A7B0002).", "en": "1.  Wait (0x8A7B0002)."}
HOLDING = {"problem": "Refus.", "resolution": "1.  Ouvrez.\n\n[!SNIPPET relance]\n\n2.  Fermez."}


@pytest.fixture
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def snippet() -> Snippet:
    return save_snippet(Snippet(key="relance"), BEFORE, author=None).snippet


def article(title: str = "Panne", languages=("fr",), **texts: str):
    made = create_article(title=title, owner=None, status="published")
    for language in languages:
        write(made, language, title, **(texts or HOLDING))
    return made


def shown(made, language: str = "fr") -> str:
    rendered = RenderedTranslation.objects.get(
        translation__article=made, translation__language=language
    )
    return rendered.resolution


def steps(made, language: str = "fr") -> list[str]:
    found = Step.objects.filter(translation__article=made, translation__language=language)
    return list(found.values_list("text", flat=True))


def test_an_article_holds_what_the_snippet_says_in_everything_derived(snippet):
    made = article(languages=("fr", "en"))
    assert steps(made) == ["Ouvrez.", "Redémarrez (0x8A7B0001).", "Fermez."]
    assert steps(made, "en")[1] == "Restart (0x8A7B0001)."
    cited = CodeCitation.objects.filter(translation__article=made, translation__language="fr")
    assert [one.code.canonical for one in cited] == ["0x8A7B0001"]
    assert SearchText.objects.filter(body_terms__contains="redemar").exists()
    text = ArticleTranslation.objects.get(article=made, language="fr")
    assert text.resolution == HOLDING["resolution"], "the marker is what is stored"
    for reader in Reader:
        record = article_text(reader, "fr", number=made.pk)
        assert "[!SNIPPET" not in record.sections[1].markdown
        assert "2.  Redémarrez" in record.sections[1].markdown


def test_a_change_reaches_all_texts_in_the_same_transaction(snippet):
    made, token = article(languages=("fr", "en")), version.state(connection).token
    saved = save_snippet(snippet, AFTER, author=None)
    assert (saved.followed, saved.waiting) == (2, 0)
    assert steps(made)[1] == "Patientez (0x8A7B0002)."
    assert steps(made, "en")[1] == "Wait (0x8A7B0002)."
    assert version.state(connection).token != token, "kept pages are outdated"
    call_command("check_index")


def test_many_texts_follow_by_a_job_and_each_says_until_then_what_was_said_before(
    snippet, monkeypatch
):
    monkeypatch.setattr(snippets, "AT_ONCE", 2)
    made = [article(f"Panne {number}") for number in range(3)]
    saved = save_snippet(snippet, AFTER, author=None)
    assert (saved.followed, saved.waiting) == (0, 3)
    assert [steps(one)[1] for one in made] == ["Redémarrez (0x8A7B0001)."] * 3
    assert stale_texts(saved.snippet).count() == 3
    work_off()
    assert [steps(one)[1] for one in made] == ["Patientez (0x8A7B0002)."] * 3
    assert not stale_texts(saved.snippet).exists()


def test_a_job_that_was_interrupted_goes_on_where_it_was(snippet, monkeypatch):
    monkeypatch.setattr(snippets, "AT_ONCE", 0)
    made = [article(f"Panne {number}") for number in range(3)]
    save_snippet(snippet, AFTER, author=None)
    derive(ArticleTranslation.objects.get(article=made[0]))  # as one that was done already
    again = []
    monkeypatch.setattr(snippets, "_derive", lambda text: again.append(text) or derive(text))
    work_off()
    assert [text.article_id for text in again] == [one.pk for one in made[1:]]


def test_a_text_saved_while_the_snippet_changes_holds_the_new_one(snippet, monkeypatch):
    from troubleshooting import deriving
    from troubleshooting.editing import texts as saving

    read = deriving.structure
    changes = [lambda: save_snippet(snippet, AFTER, author=None)]

    def meanwhile(*args):
        found = read(*args)
        while changes:
            changes.pop()()
        return found

    monkeypatch.setattr(saving.deriving, "structure", meanwhile)
    assert steps(article())[1] == "Patientez (0x8A7B0002)."


def test_a_missing_snippet_is_told_in_place_and_appears_once_it_is_written():
    made = article()
    assert "Cette partie manque\u00a0: relance" in shown(made)
    saved = save_snippet(Snippet(key="relance"), BEFORE, author=None)
    assert saved.followed == 1
    assert steps(made)[1] == "Redémarrez (0x8A7B0001)."


def test_a_language_that_lacks_it_has_the_other_with_its_notice(snippet):
    save_snippet(snippet, {"en": AFTER["en"]}, author=None)
    made = article()
    assert "<em>Dans une autre langue\u00a0: English.</em> Wait" in shown(made)


def test_a_snippet_inside_another_is_followed_too(snippet):
    save_snippet(Snippet(key="tout"), {"fr": "Puis\u00a0:\n\n[!SNIPPET relance]"}, author=None)
    made = article(resolution="[!SNIPPET tout]")
    assert save_snippet(snippet, AFTER, author=None).followed == 1
    assert steps(made) == ["Patientez (0x8A7B0002)."]


@pytest.mark.parametrize(
    ("key", "texts", "words"),
    [
        ("relance", {"fr": "Ici.\n\n[!SNIPPET relance]"}, "Line 3: “relance” holds this snippet"),
        ("relance", {"fr": "[!SNIPPET tout]"}, "Line 1: “tout” holds this snippet"),
        ("relance", {"fr": "  ", "en": ""}, "Write the snippet in at least one language."),
        ("relance", {"fr": "> " * 200 + "x"}, "Use fewer levels."),
    ],
)
def test_what_a_snippet_cannot_say_is_refused_in_words(snippet, key, texts, words):
    save_snippet(Snippet(key="tout"), {"fr": "[!SNIPPET relance]"}, author=None)
    with pytest.raises(ValidationError, match=words):
        save_snippet(snippet, texts, author=None)
    assert Snippet.objects.get(key=key).texts == BEFORE


def test_what_an_article_could_not_hold_changes_nothing(snippet):
    made = article(resolution="> " * 20 + "[!SNIPPET relance]")
    before = shown(made)
    with pytest.raises(ValidationError, match="The article “Panne” could not hold it"):
        save_snippet(snippet, {"fr": "> " * 20 + "x"}, author=None)
    assert shown(made) == before
    assert Snippet.objects.get().texts == BEFORE


def test_who_saves_second_is_told_and_writes_over_nothing(snippet):
    save_snippet(snippet, AFTER, author=None, base_version=1)
    with pytest.raises(ValidationError, match="Somebody else changed this snippet meanwhile"):
        save_snippet(snippet, {"fr": "Autre."}, author=None, base_version=1)
    assert Snippet.objects.get().texts == AFTER


def test_saving_the_same_makes_no_revision(snippet):
    assert not save_snippet(snippet, BEFORE, author=None).changed
    assert snippet.revisions.count() == 1


def test_what_it_said_before_is_kept_and_can_be_said_again(snippet):
    made = article()
    changed = save_snippet(snippet, AFTER, author=None).snippet
    save_snippet(changed, changed.revisions.get(number=1).texts, author=None)
    assert steps(made)[1] == "Redémarrez (0x8A7B0001)."
    assert [one.number for one in changed.revisions.all()] == [3, 2, 1]


def test_uses_are_counted_by_article(snippet):
    article(languages=("fr", "en"))
    article("Autre", resolution="`[!SNIPPET relance]` n’est pas inséré.")
    assert [(one.articles, one.waiting) for one in with_uses(Snippet.objects.all())] == [(1, 0)]


def _in_pending() -> None:
    made = article(resolution="1.  Rien.")
    save_pending(article=made, language="fr", texts={"title": "Panne", **HOLDING}, author=None,
                 base_revision=1)  # fmt: skip


def _in_unfinished() -> None:
    made = article(resolution="1.  Rien.")
    texts = {"title": "Failure", **HOLDING}
    save_unfinished(article=made, language="en", texts=texts, source_language="fr", author=None)


def _in_trash() -> None:
    trash_articles([article()], user=person("administrator"))


def _in_trash_with_blanks() -> None:
    trash_articles([article(resolution="[!snippet \t  Relance]")], user=person("administrator"))


def _in_draft() -> None:
    keep_draft(user=person("author"), token="t", page="form", article=None, language="fr",
               fields={"title": ["Panne"], "cause": ["[!SNIPPET relance]"]})  # fmt: skip


def _in_other() -> None:
    save_snippet(Snippet(key="tout"), {"fr": "[!SNIPPET relance]"}, author=None)


@pytest.mark.parametrize(
    ("use", "words"),
    [
        (article, "stands in 1 article"),
        (_in_pending, "a pending revision of “Panne”"),
        (_in_unfinished, "a translation of “Failure” that is not complete"),
        (_in_trash, "“Panne”, which is in the trash"),
        (_in_trash_with_blanks, "“Panne”, which is in the trash"),
        (_in_draft, "a text that somebody is writing"),
        (_in_other, "the snippet “tout”"),
    ],
)
def test_what_is_used_anywhere_is_not_deleted(snippet, use, words):
    use()
    with pytest.raises(ValidationError, match=words):
        delete_snippets([snippet])
    assert Snippet.objects.filter(key="relance").exists()


def test_what_no_text_holds_is_deleted(snippet):
    delete_snippets([snippet])
    assert not Snippet.objects.exists()


def test_with_four_eyes_somebody_else_approves_what_readers_will_see(snippet, settings):
    settings.FOUR_EYES = True
    made, writer, other = article(), person("reviewer", "ada"), person("reviewer", "bo")
    saved = save_snippet(snippet, AFTER, author=writer)
    assert saved.is_proposed
    assert steps(made)[1] == "Redémarrez (0x8A7B0001)."
    with pytest.raises(PermissionDenied):
        approve_proposed(saved.snippet, user=writer)
    approve_proposed(saved.snippet, user=other)
    assert steps(made)[1] == "Patientez (0x8A7B0002)."
    assert Snippet.objects.get().proposed is None


def test_a_proposal_that_waits_is_written_over_by_its_author_alone(snippet, settings):
    settings.FOUR_EYES = True
    made, writer, other = article(), person("reviewer", "ada"), person("reviewer", "bo")
    save_snippet(snippet, {"fr": "Premier."}, author=writer, base_version=1)
    for second in (other, None):
        with pytest.raises(ValidationError, match="Somebody else proposed a change"):
            save_snippet(snippet, AFTER, author=second, base_version=1)
    settings.FOUR_EYES = False  # what would be saved at once leaves it alone too
    with pytest.raises(ValidationError, match="Somebody else proposed a change"):
        save_snippet(snippet, AFTER, author=other, base_version=1)
    settings.FOUR_EYES = True
    assert Snippet.objects.get().proposed == {"fr": "Premier."}
    save_snippet(snippet, {"fr": "1.  Encore."}, author=writer, base_version=1)
    approve_proposed(Snippet.objects.get(), user=other)
    assert steps(made)[1] == "Encore."


def test_with_four_eyes_a_snippet_that_nobody_reads_yet_is_saved_at_once(snippet, settings):
    settings.FOUR_EYES = True
    assert not save_snippet(snippet, AFTER, author=None).is_proposed


def test_a_note_holds_a_snippet_for_the_staff_alone(snippet):
    made = article(problem="Refus.", internal="[!SNIPPET relance]")
    assert not CodeCitation.objects.exists()
    assert article_text(Reader.PUBLIC, "fr", number=made.pk).internal == ""
    assert "Redémarrez" in article_text(Reader.STAFF, "fr", number=made.pk).internal
    assert SnippetUse.objects.count() == 1
