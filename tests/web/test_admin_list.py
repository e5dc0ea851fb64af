"""The list of articles in the administration: columns, filters, search, changes of many at once."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.web.content import BILINGUAL, DRAFT, FRENCH_ONLY, STAFF, write
from tests.web.editors import address, person
from tests.web.html import Page
from troubleshooting.models import Article, StatusChange

LIST = address("changelist")


@pytest.fixture
def reviewer(portal, client):
    """Return a reviewer, signed in."""
    user = person("rene", "Reviewer")
    client.force_login(user)
    return user


def listed(client, **query: str) -> list[str]:
    return [article.slug for article in client.get(LIST, query).context["cl"].result_list]


def act(client, action: str, *slugs: str, **values: str):
    keys = [str(key) for key in Article.objects.filter(slug__in=slugs).values_list("pk", flat=True)]
    form = {"action": action, "_selected_action": keys, **values}
    return client.post(LIST, form, follow=True)


def test_what_was_changed_last_comes_first(client, reviewer, portal):
    write(portal.articles[FRENCH_ONLY], "fr", "Échec du profil", problem="Rien du tout.")
    assert listed(client)[0] == FRENCH_ONLY


def test_filters(client, reviewer, portal):
    Article.objects.filter(slug=DRAFT).update(owner=reviewer)
    Article.objects.filter(slug=STAFF).update(review_due=timezone.localdate() - timedelta(days=1))
    write(portal.articles[BILINGUAL], "fr", "Plafond atteint", resolution="1.  Neuf.\n2.  Dix.")
    assert listed(client, owner="me") == [DRAFT]
    assert DRAFT not in listed(client, owner="none")
    assert listed(client, review="overdue") == [STAFF]
    assert listed(client, translation="stale-en") == [BILINGUAL]
    assert set(listed(client, translation="missing-en")) == {FRENCH_ONLY, DRAFT, STAFF}
    assert listed(client, audience__exact="staff") == [STAFF]
    assert listed(client, status__exact="draft") == [DRAFT]


@pytest.mark.parametrize("query", ["plafond", "0X80CF0440", "80cf0440", "-2133916608", BILINGUAL])
def test_search_by_title_code_and_address(client, reviewer, query):
    assert BILINGUAL in listed(client, q=query)
    assert FRENCH_ONLY not in listed(client, q=query)


def test_languages_lead_to_their_texts_and_show_their_state(client, reviewer):
    page = Page(client.get(LIST, {"q": FRENCH_ONLY}).content.decode())
    states = {a.text.strip(): a for a in page.all("a") if "text-state" in a.get("class")}
    assert "text-missing" in states["EN –"].get("class")
    assert states["FR"].get("href").endswith("language=fr")


def test_queries_do_not_grow_with_the_list(client, reviewer, django_assert_max_num_queries):
    for number in range(20):
        write(Article.objects.create(slug=f"n-{number}"), "fr", f"Titre {number}")
    with django_assert_max_num_queries(10):
        client.get(LIST)


def test_publishing_many_tells_what_was_skipped_and_why(client, reviewer, portal):
    write(portal.articles["conseils"], "fr", "Conseils", problem="Rien.", resolution="1.  Oui.")
    Article.objects.filter(slug="conseils").update(status="in_review")
    page = Page(act(client, "publish", "conseils", DRAFT, BILINGUAL).content.decode())
    assert Article.objects.get(slug="conseils").status == "published"
    assert Article.objects.get(slug=DRAFT).status == "draft"
    assert "1 article a été modifié" in page.words
    assert "Aucune langue n’a de résolution" in page.words
    assert "Brouillon secret" in page.words
    assert StatusChange.objects.get().author == reviewer


def test_archiving_many(client, reviewer):
    act(client, "archive", BILINGUAL, FRENCH_ONLY)
    assert set(listed(client, status__exact="archived")) == {BILINGUAL, FRENCH_ONLY}


def test_setting_the_owner_asks_whose(client, reviewer):
    asked = act(client, "set_owner", BILINGUAL)
    assert "1 article est choisi" in asked.content.decode()
    act(client, "set_owner", BILINGUAL, FRENCH_ONLY, apply="1", owner=str(reviewer.pk))
    assert set(listed(client, owner="me")) == {BILINGUAL, FRENCH_ONLY}


def test_setting_the_review_date(client, reviewer):
    refused = act(client, "set_review_date", BILINGUAL, apply="1", review_due="bientôt")
    assert refused.context["form"].errors["review_due"]
    act(client, "set_review_date", BILINGUAL, apply="1", review_due="2031-05-01")
    assert Article.objects.get(slug=BILINGUAL).review_due == date(2031, 5, 1)


def test_marking_as_reviewed(client, reviewer):
    act(client, "mark_as_reviewed", BILINGUAL)
    assert Article.objects.get(slug=BILINGUAL).reviewed == timezone.localdate()


def test_an_author_changes_many_drafts_but_nothing_published(client, portal):
    author = person("aline", "Author")
    client.force_login(author)
    assert "publish" not in dict(client.get(LIST).context["action_form"].fields["action"].choices)
    act(client, "set_owner", DRAFT, BILINGUAL, apply="1", owner=str(author.pk))
    assert listed(client, owner="me") == [DRAFT]


@pytest.mark.parametrize(("group", "is_gone"), [("Reviewer", False), ("Administrator", True)])
def test_only_administrators_delete_and_confirm_it(client, portal, group, is_gone):
    client.force_login(person("ada", group))
    key = Article.objects.get(slug=BILINGUAL).pk
    asked = client.get(address("delete", key))
    assert asked.status_code == (200 if is_gone else 403)
    assert Article.objects.filter(pk=key).exists()
    client.post(address("delete", key), {"post": "yes"})
    assert Article.objects.filter(pk=key).exists() is not is_gone


def test_administrators_delete_many(client, portal):
    client.force_login(person("ada", "Administrator"))
    act(client, "delete_selected", BILINGUAL, DRAFT, post="yes")
    assert not Article.objects.filter(slug__in=[BILINGUAL, DRAFT]).exists()
    assert User.objects.get().username == "ada"
