"""``manage.py review_report``: which articles are due for review, as text and as mail."""

from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.web.content import BILINGUAL, DRAFT, FRENCH_ONLY, STAFF
from tests.web.editors import person
from troubleshooting.models import Article


@pytest.fixture
def due(portal):
    """Give articles owners and dates: one overdue, one soon, one of nobody, others not due."""
    aline, rene = person("aline", "Author"), person("rene", "Reviewer")
    aline.email = "aline@example.org"
    aline.save()
    today = timezone.localdate()
    for slug, owner, days in (
        (BILINGUAL, aline, -3),
        (FRENCH_ONLY, aline, 20),
        (DRAFT, aline, -9),
        (STAFF, rene, 30),
        ("conseils", None, 0),
    ):
        values = {"owner": owner, "review_due": today + timedelta(days=days)}
        Article.objects.filter(slug=slug).update(**values)
    return aline


def report(capsys, *arguments: str) -> str:
    call_command("review_report", *arguments)
    return capsys.readouterr().out


def test_articles_are_listed_by_owner_and_those_of_nobody_apart(due, capsys):
    text = report(capsys)
    places = [text.index(word) for word in ("aline", "Plafond", "Échec", "rene", "interne")]
    assert places == sorted(places)
    assert "(en retard)  Plafond atteint" in text
    assert "(en retard)  Échec" not in text
    nobody = text[text.index("Sans responsable") :]
    assert "Premières vérifications" in nobody
    assert "Brouillon secret" not in text
    assert "/fr/admin/troubleshooting/article/" in text


def test_narrowed_by_owner_and_by_days(due, capsys):
    assert "interne" not in report(capsys, "--owner", "aline")
    text = report(capsys, "--days", "0")
    assert "Plafond" in text
    assert "Échec" not in text
    assert "Aucune relecture n’est à faire." in report(capsys, "--owner", "rene", "--days", "7")


@pytest.mark.parametrize("arguments", [("--owner", "nobody"), ("--days", "-1")])
def test_what_makes_no_sense_is_refused(due, arguments):
    with pytest.raises(CommandError):
        call_command("review_report", *arguments)


def test_mail_goes_to_each_owner_with_an_address(due, capsys, settings):
    settings.DEFAULT_FROM_EMAIL = "portail@example.org"
    text = report(capsys, "--mail")
    (sent,) = mail.outbox
    assert sent.to == ["aline@example.org"]
    assert sent.from_email == "portail@example.org"
    assert sent.subject == "2 de vos articles sont à relire"
    assert "Plafond atteint\nEn retard depuis" in sent.body
    key = Article.objects.get(slug=BILINGUAL).pk
    assert f"{settings.SITE_ADDRESS}/fr/admin/troubleshooting/article/{key}/change/" in sent.body
    assert "rene (sans adresse électronique, ou compte inactif)" in text
    assert "Premières vérifications" in text


def test_who_is_gone_gets_no_mail(due, capsys):
    due.is_active = False
    due.save()
    assert "Plafond atteint" in report(capsys, "--mail")
    assert not mail.outbox


@pytest.mark.parametrize("error", [OSError("refused"), SMTPException("no such box")])
def test_a_mail_that_fails_is_told(due, monkeypatch, capsys, error):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr("troubleshooting.management.commands.review_report.send_mail", fail)
    with pytest.raises(CommandError, match="1 courriel"):
        call_command("review_report", "--mail")
    assert str(error) in capsys.readouterr().err


def test_a_deployment_without_a_mail_server_says_so(due, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    settings.IS_LOCAL = False
    with pytest.raises(CommandError, match="EMAIL_URL"):
        call_command("review_report", "--mail")
