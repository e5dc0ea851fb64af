"""Four eyes on snippets: nobody brings words of their own to readers by way of a snippet."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.people import person
from troubleshooting.editing import (
    change_status,
    create_article,
    publish_pending,
    save_pending,
    save_translation,
)
from troubleshooting.editing.reusing import (
    approve_proposed,
    discard_proposed,
    name_of_proposal,
    save_snippet,
)
from troubleshooting.editing.scheduling import (
    carry_out_due,
    schedule_pending,
    schedule_publication,
)
from troubleshooting.models import Article, RenderedTranslation, ScheduledChange, Snippet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

HOLDING = "1.  Open.\n\n[!SNIPPET sneak]\n\n2.  Close."
OUTER = {"en": "1.  First.\n\n[!SNIPPET sneak]"}


@pytest.fixture(autouse=True)
def four_eyes(settings):
    settings.FOUR_EYES = True


@pytest.fixture
def author():
    return person("author")


@pytest.fixture
def ada():
    return person("reviewer", "ada")


@pytest.fixture
def bo():
    return person("reviewer", "bo")


def say(text: str, author, key: str = "sneak") -> Snippet:
    """Let a snippet say ``text``."""
    snippet = Snippet.objects.filter(key=key).first() or Snippet(key=key)
    return save_snippet(snippet, {"en": text}, author=author).snippet


def article(author, status: str = "draft", resolution: str = HOLDING) -> Article:
    made = create_article(title="Slow", owner=None, status=status)
    texts = {"title": "Slow", "problem": "It is slow.", "resolution": resolution}
    save_translation(article=made, language="en", texts=texts, author=author, origin="editor")
    return made


def pending(author):
    """Return a pending revision of a published article that is to hold the snippet."""
    live = article(author, "published", "1.  Wait.")
    texts = {**live.translations.get().texts(), "resolution": HOLDING}
    return save_pending(article=live, language="en", texts=texts, author=author, base_revision=1)


def shown() -> str:
    return RenderedTranslation.objects.get().resolution


def test_who_wrote_a_snippet_that_nobody_has_read_publishes_no_draft_with_it(author, ada, bo):
    say("1.  Format the disk.", ada)
    made = article(author)
    with pytest.raises(ValidationError, match=r"the snippet “sneak”.*four eyes"):
        change_status(made, "publish", user=ada)
    change_status(made, "publish", user=bo)
    # What readers see by now somebody else has read: whoever wrote it publishes more of it.
    change_status(article(author), "publish", user=ada)


def test_so_it_is_with_a_snippet_inside_of_another(author, ada, bo):
    say("1.  Format the disk.", ada)
    say(OUTER["en"], bo, "outer")
    made = article(author, resolution="[!SNIPPET outer]")
    for writer in (ada, bo):
        with pytest.raises(ValidationError, match="four eyes"):
            change_status(made, "publish", user=writer)
    change_status(made, "publish", user=person("reviewer"))


@pytest.mark.parametrize("act", ["publish", "schedule"])
def test_so_it_is_with_a_pending_revision(author, ada, bo, act: str):
    say("1.  Wait.", bo)
    waiting = pending(author)
    say("1.  Format the disk.", ada)  # no published article holds it: nobody approves that

    def decide(user) -> None:
        if act == "publish":
            publish_pending(waiting, user=user)
        else:
            moment = timezone.now() + timedelta(hours=1)
            schedule_pending(waiting, moment, user=user, number=waiting.number, live=1)

    with pytest.raises(ValidationError, match="four eyes"):
        decide(ada)
    assert not ScheduledChange.objects.exists()
    assert "Format" not in shown()
    decide(bo)


def test_without_four_eyes_whoever_may_publish_does(author, ada, settings):
    settings.FOUR_EYES = False
    say("1.  Wait.", ada)
    change_status(article(author), "publish", user=ada)
    publish_pending(pending(author), user=ada)


@pytest.mark.parametrize("what", ["article", "pending"])
def test_what_is_to_go_live_later_goes_with_the_snippets_that_were_approved(author, ada, bo, what):
    say("1.  Wait.", ada)
    moment = timezone.now() + timedelta(hours=1)
    if what == "article":
        schedule_publication(article(author), moment, user=bo)
    else:
        waiting = pending(author)
        schedule_pending(waiting, moment, user=bo, number=waiting.number, live=1)
    say("1.  Format the disk.", ada)
    assert carry_out_due(moment + timedelta(hours=1)) == 0
    assert "changed after it had been approved" in ScheduledChange.objects.get().refused
    schedule = ScheduledChange.objects.get()
    schedule.refused, schedule.seen = "", {**schedule.seen, "[!SNIPPET sneak]": 2}
    schedule.save()
    assert carry_out_due(moment + timedelta(hours=1)) == 1


@pytest.mark.parametrize("decide", [approve_proposed, discard_proposed])
def test_what_is_decided_about_is_the_proposal_that_was_shown(author, ada, bo, decide):
    say("1.  One.", ada)
    change_status(article(author), "publish", user=bo)
    say("1.  Two.", ada)
    seen = name_of_proposal(Snippet.objects.get())
    say("1.  Three.", ada)
    snippet = Snippet.objects.get()
    with pytest.raises(ValidationError, match="read it again"):
        decide(snippet, user=bo, seen=seen)
    assert Snippet.objects.get().proposed == {"en": "1.  Three."}
    decide(snippet, user=bo, seen=name_of_proposal(snippet))
    assert Snippet.objects.get().proposed is None
    with pytest.raises(ValidationError, match="read it again"):
        decide(snippet, user=bo, seen=name_of_proposal(snippet))


def test_a_proposal_with_another_snippet_in_it_is_another_one(author, ada, bo):
    say("1.  One.", ada, "outer")
    change_status(article(author, resolution="[!SNIPPET outer]"), "publish", user=bo)
    say("1.  Wait.", bo)
    say(OUTER["en"], ada, "outer")
    outer = Snippet.objects.get(key="outer")
    seen = name_of_proposal(outer)
    say("1.  Format the disk.", bo)
    with pytest.raises(ValidationError, match="read it again"):
        approve_proposed(outer, user=bo, seen=seen)
    with pytest.raises(ValidationError, match="four eyes"):
        approve_proposed(outer, user=bo, seen=name_of_proposal(outer))
    assert "Format" not in shown()


def test_what_is_approved_stays_the_text_of_who_proposed_it(author, ada, bo):
    say("1.  One.", ada)
    change_status(article(author), "publish", user=bo)
    say("1.  Two.", ada)
    approve_proposed(Snippet.objects.get(), user=bo)
    assert Snippet.objects.get().revisions.first().author == ada
