"""Use in tickets: the link rate and its definition, the flags, the counts of closed tickets."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation

from tests.web.content import BILINGUAL, DRAFT, FRENCH_ONLY, write
from tests.web.editors import person
from tests.web.html import Page
from troubleshooting.access import reader_for
from troubleshooting.figures import uses
from troubleshooting.figures.period import Period
from troubleshooting.models import ArticleUse, AuditEntry, Outcome, TicketCount
from troubleshooting.tokens.issuing import issue

COUNTS = "/api/v1/tickets/counts/"


def address(language: str = "fr") -> str:
    with translation.override(language):
        return reverse("admin:troubleshooting_uses")


def day(back: int):
    return timezone.localdate() - timedelta(days=back)


def count(first: int, last: int, closed: int, linked: int | None = None, system: str = "") -> None:
    """Keep a count of the days from ``first`` to ``last`` days ago."""
    row = TicketCount(
        first=day(first), last=day(last), closed=closed, with_article=linked, system=system
    )
    row.full_clean()
    row.save()


def used(article, act: str = "linked", *, back: int = 0, times: int = 1, system: str = "") -> None:
    ArticleUse.objects.bulk_create(
        ArticleUse(
            article=article,
            language="fr",
            revision_number=1,
            act=act,
            system=system,
            created=timezone.now() - timedelta(days=back),
        )
        for _ in range(times)
    )


def period() -> Period:
    return Period(30, timezone.localdate())


#: Counts (first, last, closed, with an article, system), links (days ago, times, system), the rate.
RATES = [
    ([], [(1, 5, "")], None),  # links without a number of tickets are no rate
    ([(2, 2, 0, None, "")], [(2, 5, "")], None),  # nothing was closed
    ([(2, 2, 10, 4, "")], [(2, 9, "")], (10, 4, False)),  # what the system says counts
    ([(2, 2, 10, 0, "")], [], (10, 0, False)),  # known to be none
    ([(2, 2, 10, None, "")], [], None),  # no link reported: not known
    ([(9, 3, 10, None, "")], [(3, 2, ""), (9, 1, "b"), (2, 50, "")], (10, 3, True)),
    ([(2, 2, 3, None, "")], [(2, 9, "")], (3, 3, True)),  # several links of one ticket
    ([(2, 2, 10, None, "Desk")], [(2, 4, "desk"), (2, 3, "other")], (10, 4, True)),
    ([(2, 2, 10, None, "Desk"), (2, 2, 5, 5, "b")], [(2, 3, "b")], (5, 5, False)),
    ([(40, 39, 10, 4, ""), (31, 28, 10, 4, "")], [], None),  # not within the period
    ([(2, 2, 10, 4, ""), (1, 1, 10, None, "")], [(1, 2, "")], (20, 6, True)),
]


@pytest.mark.parametrize(("counts", "links", "expected"), RATES)
def test_the_link_rate(portal, counts, links, expected):
    for one in counts:
        count(*one)
    for back, times, system in links:
        used(portal.articles[BILINGUAL], back=back, times=times, system=system)
    used(portal.articles[BILINGUAL], "sent", back=2, times=7)
    rate = uses.link_rate(period())
    assert (rate and (rate.closed, rate.linked, rate.is_most)) == expected


@pytest.mark.parametrize(
    ("new", "field"),
    [
        ((3, 4, 1), "last"),
        ((0, -1, 1), "last"),
        ((31, 0, 1), "last"),
        ((20, 20, 3, 4), "with_article"),
        ((12, 8, 1), "first"),  # overlaps at its end
        ((5, 5, 1, None, "DESK"), "first"),  # inside, the same system
        ((5, 5, 1), "first"),  # all systems hold the one
        ((5, 4, 1, None, "other"), None),
        ((30, 0, 1, None, "other"), None),
    ],
)
def test_a_count_that_contradicts_is_refused(db, new, field):
    count(9, 3, 10, None, "Desk")
    if field is None:
        count(*new)
        return
    with pytest.raises(ValidationError) as error:
        count(*new)
    assert list(error.value.message_dict) == [field]


@pytest.fixture
def reviewer(portal, client):
    user = person("rene", "Reviewer")
    client.force_login(user)
    return user


def test_flags_are_open_until_the_text_is_saved_again_or_somebody_settles_them(
    client, portal, reviewer
):
    one, other = portal.articles[BILINGUAL], portal.articles[FRENCH_ONLY]
    used(one, "flagged", times=2)
    used(one, "linked")
    used(other, "flagged", back=300)
    reader = reader_for(reviewer)
    found = [(flag.title.slug, flag.language, flag.count) for flag in uses.flags(reader, "fr")]
    assert found == [(BILINGUAL, "fr", 2), (FRENCH_ONLY, "fr", 1)]
    write(other, "fr", "Profil", problem="Nouveau.", resolution="1.  Un.")
    assert uses.flagged_texts() == 1
    assert client.post(address(), {"flag": f"{one.pk}-fr-1"}).status_code == 303
    assert uses.flags(reader, "fr") == []
    assert AuditEntry.objects.filter(kind="article", act="changed", key=one.pk).count() == 1
    assert ArticleUse.objects.filter(article=one, is_settled=True).count() == 2


@pytest.mark.parametrize("flag", ["", "1", "x-fr-1", "²-fr-1", "99-fr-1", "1-fr-²", "1-fr-0"])
def test_what_is_no_open_flag_is_not_found(client, portal, reviewer, flag):
    used(portal.articles[BILINGUAL], "flagged")
    assert client.post(address(), {"flag": flag}).status_code == 404
    assert uses.flagged_texts() == 1


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_defines_each_figure_and_says_what_it_does_not_know(client, reviewer, language):
    page = Page(client.get(address(language)).content.decode())
    said = {
        "fr": ("Le taux n’est pas connu", "Aucune réponse", "Aucun signalement n’est ouvert"),
        "en": ("The rate is not known", "Nobody answered", "No flag is open"),
    }[language]
    for words in said:
        assert words in page.words
    assert len(page.all("p", class_="hint")) >= 4
    assert "%" not in page.words


def test_the_page_shows_the_figures(client, portal, reviewer, django_assert_max_num_queries):
    count(2, 2, 8, None)
    used(portal.articles[BILINGUAL], back=2, times=2)
    for back in range(3, 20):
        count(back, back, 8, 2, "Desk")
        used(portal.articles[DRAFT], "flagged", back=back)
    for verdict in ("solved", "solved", "solved", "stuck"):
        Outcome.objects.create(
            article=portal.articles[BILINGUAL], language="fr", revision_number=1, verdict=verdict
        )
    with django_assert_max_num_queries(24):
        page = Page(client.get(address(), {"days": "30"}).content.decode())
    assert "25\xa0%" in page.words.replace("\u202f", "\xa0")
    assert "75\xa0%" in page.words.replace("\u202f", "\xa0")
    assert "au plus" in page.words
    assert "12 jours" in page.words


def test_only_those_who_write_may_read_and_only_reviewers_settle(client, portal):
    used(portal.articles[BILINGUAL], "flagged")
    flag = {"flag": f"{portal.articles[BILINGUAL].pk}-fr-1"}
    assert client.get(address()).status_code == 302
    for role, seen, settled in (((), 403, 403), (("Author",), 200, 403)):
        client.force_login(person(f"p{len(role)}", *role))
        assert client.get(address()).status_code == seen
        assert client.post(address(), flag).status_code == settled
    assert not Page(client.get(address()).content.decode()).all("button", name="flag")
    assert client.get("/fr/admin/troubleshooting/ticketcount/add/").status_code == 403


def test_an_editor_enters_a_count(client, reviewer):
    form = {"first": str(day(8)), "last": str(day(2)), "closed": "40", "system": ""}
    add = "/en/admin/troubleshooting/ticketcount/add/"
    assert client.post(add, {**form, "with_article": "41"}).status_code == 200
    assert client.post(add, {**form, "with_article": ""}).status_code == 302
    assert client.get("/fr/admin/troubleshooting/ticketcount/").status_code == 200
    assert TicketCount.objects.get().with_article is None


def test_a_ticket_system_posts_counts(client, portal):
    person("staff")
    User.objects.create_user("reader")

    def post(body: dict, who: str = "staff") -> int:
        secret = issue(User.objects.get(username=who), "desk", ["outcomes"], 1).secret
        headers = {"authorization": f"Bearer {secret}"}
        return client.post(
            COUNTS, json.dumps(body), "application/json", headers=headers
        ).status_code

    body = {"first": str(day(8)), "last": str(day(2)), "closed": 40, "system": "Zammad"}
    assert post(body, "reader") == 403
    assert post(body) == 201
    assert post({**body, "closed": 41, "with_article": 7}) == 201
    row = TicketCount.objects.get()
    assert (row.closed, row.with_article, row.system) == (41, 7, "Zammad")
    assert post({**body, "last": str(day(1))}) == 409
    assert post({**body, "last": str(day(-1))}) == 409
    assert post({**body, "closed": 1, "with_article": 2}) == 409
    assert post({**body, "closed": -1}) == 422
    assert post({**body, "closed": "40"}) == 422
    assert post({**body, "first": "0001-01-01", "system": "x"}) == 409
    assert TicketCount.objects.count() == 1
