"""What editors say to each other, who is told, and the letters that follow."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from tests.people import person
from tests.web.content import DRAFT, write
from troubleshooting.editing import (
    change_status,
    discard_pending,
    pending_of,
    publish_pending,
    reject_pending,
    restore_article,
    save_pending,
    submit_pending,
    trash_articles,
)
from troubleshooting.editing.scheduling import carry_out_due, schedule_end, schedule_publication
from troubleshooting.editing.talking import (
    add_comment,
    begin_rounds,
    look_around,
    mark_seen,
    resolve_thread,
    save_preference,
    threads_of,
    unseen,
)
from troubleshooting.editing.talking.comments import MOST_MENTIONED, mentions
from troubleshooting.editing.talking.letters import send_digest
from troubleshooting.editing.talking.notices import next_morning
from troubleshooting.jobs import work_off
from troubleshooting.models import Article, Comment, ErrorReport, Job, Notice, Revision

from .conftest import told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@lea and @rene.b.", ["lea", "rene.b"]),
        ("(@lea)", ["lea"]),
        ("@lea @lea", ["lea"]),
        ("write to x@lea.example", []),
        ("run `net use @lea` or ```\n@lea\n```", []),
        ("@ lea, @@lea, @", []),
        ("@é and @lea,@rene.b", ["é", "lea", "rene.b"]),
        (" ".join(f"@u{n}" for n in range(99)), [f"u{n}" for n in range(MOST_MENTIONED)]),
    ],
)
def test_who_is_mentioned(text: str, expected: list[str]):
    assert mentions(text) == expected


def test_a_mention_tells_those_who_may_write_and_says_who_was_not_told(article, lea, rene):
    person("reader", "paul")
    person("staff", "stan")
    said = add_comment(article, "@LEA @rene.b @paul @stan @nobody @lea", author=rene)
    assert said.recipients == ["lea"]
    assert said.unknown == ["paul", "stan", "nobody"]
    assert (told(lea), told(rene)) == (["mentioned"], [])


def test_a_thread_is_answered_resolved_and_opened_again(article, lea, rene):
    thread = add_comment(article, "Is it so?", author=lea).comment
    add_comment(article, "Yes, @lea.", author=rene, thread=thread)
    assert told(lea) == ["mentioned"]  # once, not as an answer too
    add_comment(article, "Really.", author=rene, thread=thread)
    assert told(lea) == ["answered", "mentioned"]
    assert resolve_thread(thread, user=rene)
    assert not resolve_thread(thread, user=lea)
    add_comment(article, "No.", author=lea, thread=thread)
    [shown] = threads_of(article)
    assert shown.resolved is None
    assert [one.text for one in shown.answers.all()] == ["Yes, @lea.", "Really.", "No."]
    assert told(rene) == ["answered"]


def test_a_form_that_is_sent_twice_says_it_once(article, lea, rene):
    first = add_comment(article, "@rene.b Why?", author=lea).comment
    assert add_comment(article, "@rene.b Why?", author=lea).comment == first
    assert told(rene) == ["mentioned"]
    for author in (lea, lea, rene):  # the same words of another are another's
        add_comment(article, "Who knows?", author=author, thread=first)
    assert first.answers.count() == 2
    resolve_thread(first, user=rene)
    first.refresh_from_db()
    add_comment(article, "Who knows?", author=rene, thread=first)  # asked again
    assert first.answers.count() == 3


@pytest.mark.parametrize("text", ["", " \r\n ", "\0", "x" * 4001])
def test_comments_that_are_refused(article, lea, text: str):
    with pytest.raises(ValidationError):
        add_comment(article, text, author=lea)
    assert not Comment.objects.exists()


def test_who_may_talk_and_where(article, lea):
    thread = add_comment(article, "Here.", author=lea).comment
    other = Article.objects.exclude(pk=article.pk).first()
    with pytest.raises(ValidationError):
        add_comment(other, "There.", author=lea, thread=thread)
    for act in (
        lambda who: add_comment(article, "Me too.", author=who),
        lambda who: resolve_thread(thread, user=who),
    ):
        with pytest.raises(PermissionDenied):
            act(person("staff", f"stan{timezone.now().timestamp()}"))


def test_comments_come_back_from_the_trash(article, lea):
    thread = add_comment(article, "Here.", author=lea).comment
    add_comment(article, "And here.", author=lea, thread=thread)
    ada = person("administrator")
    restored = restore_article(*trash_articles([article], user=ada), user=ada)
    [shown] = threads_of(restored)
    assert [one.text for one in shown.answers.all()] == ["And here."]


def test_a_change_of_status_tells_whose_turn_it_is(article, lea, rene):
    draft = Article.objects.get(slug=DRAFT)
    Article.objects.filter(pk=draft.pk).update(owner=lea)
    draft.refresh_from_db()
    change_status(draft, "submit", user=lea)
    assert (told(rene), told(lea)) == (["submitted"], [])
    change_status(draft, "reject", user=rene, comment="The menu is another.")
    assert "menu" in unseen(lea).get().text
    assert told(rene) == []
    change_status(draft, "submit", user=lea)
    assert (told(rene), told(lea)) == (["submitted"], [])
    change_status(draft, "publish", user=rene, accept_missing=True)
    assert (told(rene), told(lea)) == ([], ["published"])


def test_a_pending_revision_tells_too(article, lea, rene):
    text = article.translations.get(language="fr")
    save_pending(article=article, language="fr", texts={**text.texts(), "cause": "Autre."},
                 author=lea, base_revision=text.revision_number)  # fmt: skip
    submit_pending(pending_of(article, "fr"), user=lea)
    submit_pending(pending_of(article, "fr"), user=lea)
    assert (told(rene), told(lea)) == (["submitted"], [])
    reject_pending(pending_of(article, "fr"), user=rene, comment="No.")
    assert (told(rene), told(lea)) == ([], ["rejected"])
    submit_pending(pending_of(article, "fr"), user=lea)
    assert (told(rene), told(lea)) == (["submitted"], [])
    publish_pending(pending_of(article, "fr"), user=rene)
    assert (told(rene), told(lea)) == ([], ["published"])


def test_what_is_over_is_read_for_everybody_and_of_that_text_alone(article, lea, rene):
    other = person("reviewer", "mia")
    for language in ("fr", "en"):
        text = article.translations.get(language=language)
        save_pending(article=article, language=language, texts={**text.texts(), "cause": "X."},
                     author=lea, base_revision=text.revision_number)  # fmt: skip
        submit_pending(pending_of(article, language), user=lea)
    change_status(article, "archive", user=rene)
    assert told(other) == ["submitted", "submitted"]
    discard_pending(pending_of(article, "fr"), user=rene)
    assert told(other) == told(rene) == ["submitted"]


def test_what_did_not_happen_by_itself_is_told(article, lea, rene):
    draft = Article.objects.get(slug=DRAFT)
    Article.objects.filter(pk=draft.pk).update(owner=lea)
    schedule_publication(draft, timezone.now() + timedelta(hours=1), user=rene)
    write(draft, "fr", "Autre", problem="Autre.")
    for hours in (2, 3):
        carry_out_due(timezone.now() + timedelta(hours=hours))
    assert (told(rene), told(lea)) == (["missed"], ["missed"])


def test_the_worker_tells_once_what_no_editor_caused(article, lea, rene):
    today = timezone.localdate()
    Article.objects.filter(pk=article.pk).update(owner=lea, review_due=today)
    ErrorReport.objects.create(article=article, language="fr", revision_number=1, comment="Faux.")
    text = article.translations.get(language="fr")
    save_pending(article=article, language="fr", texts={**text.texts(), "cause": "Importé."},
                 author=None, base_revision=1, origin=Revision.Origin.IMPORT)  # fmt: skip
    write(article, "fr", text.title, problem="Tout autre chose.", resolution="1.  Partez.")
    begin_rounds()
    for _again in range(2):
        Job.objects.filter(task=look_around.path).update(due=timezone.now())
        work_off("quick")
    assert told(lea) == ["behind", "conflict", "due", "error"]
    assert Job.objects.filter(task=look_around.path, state="waiting").count() == 1
    Notice.objects.all().delete()
    old = timezone.now() - timedelta(days=8)
    Article.objects.update(review_due=old.date())
    ErrorReport.objects.update(created=old)
    Revision.objects.update(created=old)
    article.pending.update(modified=old)
    Job.objects.filter(task=look_around.path).update(due=timezone.now())
    work_off("quick")
    assert told(lea) == []  # what has waited long is on the first page


def test_an_error_in_an_article_of_nobody_is_every_reviewers(article, lea, rene):
    ErrorReport.objects.create(article=article, language="fr", revision_number=1, comment="Faux.")
    begin_rounds()
    work_off("quick")
    assert (told(rene), told(lea)) == (["error"], [])


def _mailed(user, mails: str, language: str = "fr") -> None:
    user.email = f"{user.username}@example.org"
    user.save()
    save_preference(user, mails=mails, language=language)


def test_nobody_is_mailed_who_did_not_ask(article, lea, rene):
    _mailed(lea, "none")
    add_comment(article, "@lea", author=rene)
    work_off("quick")
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("chosen", "language", "said"),
    [
        ("fr", "fr", "Vous êtes mentionné"),
        ("en", "en", "You are mentioned"),
        ("", "fr", "Vous êtes mentionné"),  # the portal's first
    ],
)
def test_a_letter_at_once_is_in_the_language_of_its_reader(
    article, lea, rene, chosen: str, language: str, said: str
):
    _mailed(lea, "at_once", chosen)
    add_comment(article, "@lea Regardez <b>ceci</b>.", author=rene)
    work_off("quick")
    [letter] = mail.outbox
    assert letter.to == ["lea@example.org"]
    assert said in letter.subject
    assert "Regardez <b>ceci</b>." in letter.body
    assert f"/{language}/admin/troubleshooting/article/{article.pk}/comments/" in letter.body


def _reads(user):
    mark_seen(user)


def _leaves(user):
    type(user).objects.filter(pk=user.pk).update(is_active=False)


def _loses_rights(user):
    user.groups.clear()


def _ends_letters(user):
    save_preference(user, mails="none", language="fr")


def _no_address(user):
    type(user).objects.filter(pk=user.pk).update(email="")


@pytest.mark.parametrize("meanwhile", [_reads, _leaves, _loses_rights, _ends_letters, _no_address])
def test_a_letter_that_nobody_needs_any_more_is_not_sent(article, lea, rene, meanwhile):
    _mailed(lea, "at_once")
    add_comment(article, "@lea", author=rene)
    meanwhile(lea)
    work_off("quick")
    assert mail.outbox == []


def test_a_day_is_one_letter(article, lea, rene):
    _mailed(lea, "daily")
    for number in range(3):
        add_comment(article, f"@lea {number}", author=rene)
    assert work_off("quick") == 0
    assert Job.objects.filter(task=send_digest.path).count() == 1
    Job.objects.update(due=timezone.now())
    work_off("quick")
    [letter] = mail.outbox
    assert letter.subject.startswith("3 ")
    assert [f"@lea {n}" in letter.body for n in range(3)] == [True] * 3
    add_comment(article, "@lea again", author=rene)
    Job.objects.filter(state="waiting").update(due=timezone.now())
    work_off("quick")
    assert "@lea 0" not in mail.outbox[1].body


@pytest.mark.parametrize(("hour", "day"), [(6, 10), (7, 11), (23, 11)])
def test_the_letter_of_a_day_comes_in_the_morning(hour: int, day: int):
    now = timezone.now().replace(month=5, day=10, hour=hour, minute=30)
    morning = next_morning(now)
    assert (morning.day, morning.hour, morning.minute) == (day, 7, 0)


def test_a_mail_server_that_is_away_is_tried_again(article, lea, rene, settings, monkeypatch):
    _mailed(lea, "at_once")
    add_comment(article, "@lea", author=rene)

    def refuse(*_args, **_more):
        raise OSError("lea@example.org")

    with monkeypatch.context() as away:
        away.setattr("django.core.mail.EmailMessage.send", refuse)
        work_off("quick")
    job = Job.objects.get(state="waiting")
    assert "lea" not in job.error
    Job.objects.update(due=timezone.now())
    work_off("quick")
    assert len(mail.outbox) == 1


def test_a_notice_outlives_its_article(article, lea, rene):
    add_comment(article, "@lea", author=rene)
    trash_articles([article], user=person("administrator"))
    notice = unseen(lea).get()
    assert (notice.article, notice.title) == (None, "Plafond atteint")


def test_what_is_sent_again_takes_the_place_of_what_was_told_before(article, lea, rene):
    text = article.translations.get(language="fr")
    for cause in ("Un.", "Deux.", "Trois."):
        save_pending(article=article, language="fr", texts={**text.texts(), "cause": cause},
                     author=lea, base_revision=text.revision_number)  # fmt: skip
        submit_pending(pending_of(article, "fr"), user=lea)
    assert told(rene) == ["submitted"]


def test_reviewers_are_told_of_what_is_nobody_s(article, lea, rene):
    today = timezone.localdate()
    Article.objects.filter(pk=article.pk).update(owner=None, review_due=today)
    write(article, "fr", "Plafond", problem="Autre chose.", resolution="1.  Ouvrez.\n2.  Fermez.")
    begin_rounds()
    work_off()
    assert told(lea) == []
    assert told(rene) == ["behind", "due"]


@pytest.mark.parametrize("has_owner", [True, False])
def test_an_end_is_told_beforehand_and_when_it_comes(article, lea, rene, has_owner: bool):
    Article.objects.filter(pk=article.pk).update(owner=lea if has_owner else None)
    moment = timezone.now() + timedelta(days=8)
    begin_rounds()

    def look() -> None:
        Job.objects.filter(task=look_around.path).update(due=timezone.now())
        work_off()

    schedule_end(article, moment, user=rene)
    look()
    assert told(lea) == told(rene) == []
    schedule_end(article, moment - timedelta(days=2), user=rene)
    for _look in range(2):
        look()
    whose, others = (lea, rene) if has_owner else (rene, lea)
    assert (told(whose), told(others)) == (["ending"], [])
    carry_out_due(moment)
    assert (told(whose), told(others)) == (["ended"], [])
