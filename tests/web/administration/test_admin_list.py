"""The list of articles in the administration: columns, filters, search, changes of many at once."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone, translation

from tests.web.content import BILINGUAL, DRAFT, FRENCH_ONLY, STAFF, write
from tests.web.editors import address, person, posted
from tests.web.html import Page
from troubleshooting.admin.articles import listing
from troubleshooting.editing import pending_of, save_pending, submit_pending, update_article
from troubleshooting.editing.bulk import change_many
from troubleshooting.editing.whole.trash import trash_articles
from troubleshooting.models import Article, BulkChange, ImportRun, Platform, StatusChange

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


def shown(client, *slugs: str) -> dict[str, str]:
    """Return what the page posts that asks whether to publish."""
    page = Page(act(client, "publish", *slugs).content.decode())
    return {"apply": "1", "seen": page.one("input", name="seen").get("value")}


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


def test_search_by_what_a_text_says_among_what_filters_leave(client, reviewer, portal):
    resolution = "1.  Débranchez le concentrateur."
    for slug in (DRAFT, FRENCH_ONLY):
        write(portal.articles[slug], "fr", "Titre", problem="Rien.", resolution=resolution)
    assert set(listed(client, q="concentrateur")) == {DRAFT, FRENCH_ONLY}
    assert set(listed(client, q="débrancher concentrateurs")) == {DRAFT, FRENCH_ONLY}
    assert listed(client, q="concentrateur", status__exact="draft") == [DRAFT]
    assert listed(client, q="imprimante") == []


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
    chosen = ["conseils", DRAFT, BILINGUAL]
    page = Page(act(client, "publish", *chosen, **shown(client, *chosen)).content.decode())
    assert Article.objects.get(slug="conseils").status == "published"
    assert Article.objects.get(slug=DRAFT).status == "draft"
    assert "1 article a été modifié" in page.words
    assert "Aucune langue n’a de résolution" in page.words
    assert "Brouillon secret" in page.words
    assert StatusChange.objects.get().author == reviewer


def test_many_are_published_as_they_were_when_the_page_asked(client, reviewer, portal):
    for slug in ("conseils", DRAFT):
        Article.objects.filter(slug=slug).update(status="in_review")
        write(portal.articles[slug], "fr", "Titre", problem="Rien.", resolution="1.  Oui.")
    form = shown(client, "conseils", DRAFT)
    write(portal.articles[DRAFT], "fr", "Titre", problem="Rien.", resolution="1.  Formatez.")
    page = act(client, "publish", "conseils", DRAFT, **form).content.decode()
    assert "Le texte a changé entre-temps" in page
    states = Article.objects.filter(slug__in=["conseils", DRAFT])
    assert dict(states.values_list("slug", "status")) == {
        "conseils": "published", DRAFT: "in_review",
    }  # fmt: skip


@pytest.mark.parametrize("seen", ["", "[]", '{"1": 2}', "no"])
def test_what_no_page_posts_publishes_nothing(client, reviewer, portal, seen: str):
    Article.objects.filter(slug=DRAFT).update(status="in_review")
    assert act(client, "publish", DRAFT, apply="1", seen=seen).status_code == 200
    assert Article.objects.get(slug=DRAFT).status == "in_review"


def test_archiving_many_asks_with_counts_and_links(client, reviewer, portal):
    text = f"Voir [l’article](/fr/articles/{BILINGUAL}/), puis fermez."
    write(portal.articles["conseils"], "fr", "Conseils", problem=text)
    asked = act(client, "archive", BILINGUAL, FRENCH_ONLY, DRAFT)
    page = Page(asked.content.decode())
    assert not Article.objects.filter(status="archived").exists()
    assert "3 articles sélectionnés" in page.words
    assert "Publié : 2" in page.words.replace("\xa0", " ")
    assert "Brouillon : 1" in page.words.replace("\xa0", " ")
    assert "1 lien d’un autre texte y mène" in page.words
    assert "Conseils" in page.words
    act(client, "archive", BILINGUAL, FRENCH_ONLY, apply="1")
    assert set(listed(client, status__exact="archived")) == {BILINGUAL, FRENCH_ONLY}


def undo(client, follow: bool = True):
    """Press the button of the last message, or that of the list."""
    with translation.override("fr"):
        path = reverse(
            "admin:troubleshooting_bulkchange_undo", args=[BulkChange.objects.first().pk]
        )
    return client.post(path, follow=follow)


def test_archiving_many_is_taken_back_from_its_message(client, reviewer):
    answer = act(client, "archive", BILINGUAL, FRENCH_ONLY, DRAFT, apply="1")
    (form,) = [
        one for one in Page(answer.content.decode()).all("form") if one.get("class") == "undo"
    ]
    answer = client.post(form.get("action"), follow=True)
    assert "3 articles sont comme avant" in answer.content.decode()
    statuses = Article.objects.filter(slug__in=[BILINGUAL, FRENCH_ONLY, DRAFT])
    assert dict(statuses.values_list("slug", "status")) == {
        BILINGUAL: "published", FRENCH_ONLY: "published", DRAFT: "draft",
    }  # fmt: skip
    assert "déjà été annulée" in undo(client).content.decode()


def test_what_was_changed_since_stays(client, reviewer):
    act(client, "set_audience", BILINGUAL, FRENCH_ONLY, DRAFT, apply="1", audience="staff")
    Article.objects.filter(slug=FRENCH_ONLY).update(audience="public")
    Article.objects.get(slug=DRAFT).delete()
    page = undo(client).content.decode()
    assert "1 article est comme avant" in page
    assert "Il a été modifié depuis." in page
    assert "1 article n’existe plus" in page
    assert Article.objects.get(slug=BILINGUAL).audience == "public"


@pytest.mark.parametrize(
    ("action", "values", "field", "after"),
    [
        ("set_kind", {"kind": "advice"}, "kind", "advice"),
        ("set_audience", {"audience": "staff"}, "audience", "staff"),
        ("set_review_date", {"review_due": "2031-05-01"}, "review_due", date(2031, 5, 1)),
    ],
)
def test_a_detail_of_many_is_set_and_taken_back(client, reviewer, action, values, field, after):
    before = getattr(Article.objects.get(slug=BILINGUAL), field)
    act(client, action, BILINGUAL, apply="1", **values)
    assert getattr(Article.objects.get(slug=BILINGUAL), field) == after
    undo(client)
    assert getattr(Article.objects.get(slug=BILINGUAL), field) == before


def test_the_platforms_of_many_are_set_and_taken_back(client, reviewer):
    platforms = Article.objects.get(slug=BILINGUAL).platforms
    before = set(platforms.all())
    macos = Platform.objects.get(slug="macos")
    act(client, "set_platforms", BILINGUAL, FRENCH_ONLY, apply="1", platforms=[macos.pk])
    assert set(platforms.all()) == {macos}
    undo(client)
    assert set(platforms.all()) == before


def test_reopening_many(client, reviewer):
    Article.objects.filter(slug__in=[BILINGUAL, DRAFT]).update(status="archived")
    act(client, "reopen", BILINGUAL, DRAFT, apply="1")
    statuses = Article.objects.filter(slug__in=[BILINGUAL, DRAFT]).values_list("status", flat=True)
    assert set(statuses) == {"draft"}


def test_the_acts_are_listed_for_reviewers_and_to_others_their_own(client, reviewer):
    act(client, "archive", BILINGUAL, FRENCH_ONLY, apply="1")
    with translation.override("fr"):
        listing = reverse("admin:troubleshooting_bulkchange_changelist")
        one = reverse("admin:troubleshooting_bulkchange_change", args=[BulkChange.objects.get().pk])
    assert "Archiver" in client.get(listing).content.decode()
    assert "undo/" in client.get(one).content.decode()
    author = person("aline", "Author")
    client.force_login(author)
    assert "Archiver" not in client.get(listing).content.decode()
    assert "undo/" not in client.get(one, follow=True).content.decode()
    assert undo(client, follow=False).status_code == 403
    draft = Article.objects.get(slug=DRAFT)
    change_many([draft], lambda one: update_article(one, kind="advice"), action="kind", user=author)
    with translation.override("fr"):
        own = reverse("admin:troubleshooting_bulkchange_change",
                      args=[BulkChange.objects.get(user=author).pk])  # fmt: skip
    assert own in client.get(listing).content.decode()
    assert "undo/" in client.get(own).content.decode()
    undo(client)
    assert BulkChange.objects.get(user=author).undone


def test_setting_the_owner_asks_whose(client, reviewer):
    asked = act(client, "set_owner", BILINGUAL)
    assert "1 article sélectionné" in asked.content.decode()
    act(client, "set_owner", BILINGUAL, FRENCH_ONLY, apply="1", owner=str(reviewer.pk))
    assert set(listed(client, owner="me")) == {BILINGUAL, FRENCH_ONLY}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_who_may_not_write_is_offered_as_no_owner_but_kept_where_they_are_one(
    client, reviewer, language: str
):
    reader, former = person("lea"), person("ines", "Author")
    article = Article.objects.get(slug=BILINGUAL)
    form = address("change", article.pk, language=language)

    def offered(response) -> set[User]:
        form = response.context.get("details") or response.context["form"]
        return {value.instance for value, _label in form.fields["owner"].choices if value}

    assert offered(client.get(form)) == {reviewer, former}
    update_article(article, owner=former)
    former.groups.clear()
    other = address("change", Article.objects.get(slug=DRAFT).pk)
    for url in (address("add", language=language), other):
        assert offered(client.get(url)) == {reviewer}
    assert offered(act(client, "set_owner", DRAFT)) == {reviewer}
    assert offered(client.get(form)) == {reviewer, former}
    sent = {**posted(article, language), "comment": "x", "cause": "Autre."}
    assert client.post(form, sent).status_code == 302
    article.refresh_from_db()
    assert article.owner == former
    refused = client.post(form, {**posted(article, language), "owner": reader.pk})
    assert refused.context["details"].errors["owner"]
    assert f"?owner={former.pk}" in client.get(LIST).content.decode()


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
    if is_gone:  # by what people call it, not by its address
        assert "Plafond atteint" in asked.content.decode()
        assert BILINGUAL not in asked.content.decode()
    assert Article.objects.filter(pk=key).exists()
    client.post(address("delete", key), {"post": "yes"})
    assert Article.objects.filter(pk=key).exists() is not is_gone


def test_administrators_delete_many(client, portal):
    client.force_login(person("ada", "Administrator"))
    act(client, "delete_selected", BILINGUAL, DRAFT, post="yes")
    assert not Article.objects.filter(slug__in=[BILINGUAL, DRAFT]).exists()
    assert User.objects.get().username == "ada"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("article", "Rédiger un article"),
        ("snippet", "Rédiger un fragment"),
        ("articletemplate", "Rédiger un modèle"),
        ("glossaryterm", "Ajouter : terme"),
    ],
)
def test_a_list_calls_what_begins_a_row_by_its_verb(client, reviewer, name: str, words: str):
    address = reverse(f"admin:troubleshooting_{name}_changelist")
    buttons = Page(client.get(address).content.decode()).all("a", **{"class": "addlink"})
    assert [button.text.strip().replace("\xa0", " ")[: len(words)] for button in buttons] == [words]


@pytest.mark.parametrize(("most", "is_told"), [(1, True), (200, False)])
def test_a_search_that_lists_the_best_texts_alone_says_so(
    client, reviewer, monkeypatch, most: int, is_told: bool
):
    monkeypatch.setattr(listing, "_MOST_TEXTS", most)
    page = Page(client.get(LIST, {"q": "plafond"}).content.decode())
    assert ("qui le disent le mieux" in page.words) is is_told


def test_an_action_on_what_was_found_says_nothing_of_the_list(client, reviewer, monkeypatch):
    monkeypatch.setattr(listing, "_MOST_TEXTS", 1)
    key = Article.objects.get(slug=BILINGUAL).pk
    form = {"action": "archive", "_selected_action": [key]}
    for answer in (client.post(f"{LIST}?q=plafond", form), client.get(LIST)):
        assert "qui le disent le mieux" not in Page(answer.content.decode()).words


def test_moments_of_a_list_are_short(client, admin_client, portal):
    """The long form took the room of two columns: a button of the trash was cut off."""
    trashed = trash_articles([portal.articles[DRAFT]], user=person("ada", "Administrator"))
    page = Page(admin_client.get("/fr/admin/troubleshooting/trashedarticle/").content.decode())
    day = timezone.localtime(trashed[0].deleted)
    assert page.one("td", class_="field-deleted").text == f"{day:%d/%m/%Y %H:%M}"
    revisions = admin_client.get("/fr/admin/troubleshooting/revision/?o=7").content.decode()
    assert (
        f"{timezone.localtime():%d/%m/%Y}"
        in Page(revisions).all("td", class_="field-created")[0].text
    )


def test_a_link_to_a_row_stays_on_its_moment(admin_client, portal):
    run = ImportRun.objects.create(files=[])
    page = Page(admin_client.get("/fr/admin/troubleshooting/importrun/").content.decode())
    links = [
        link.text for link in page.all("a") if f"importrun/{run.pk}/change/" in link.get("href")
    ]
    assert f"{timezone.localtime(run.created):%d/%m/%Y %H:%M}" in links


def test_filters_have_a_button_where_there_is_no_room_beside_the_rows(client, reviewer):
    page = Page(client.get(LIST).content.decode())
    assert page.one("button", class_="filters-button").get("aria-controls") == "changelist-filter"
    trash = Page(client.get("/fr/admin/troubleshooting/snippet/").content.decode())
    assert not trash.all("button", class_="filters-button")


def test_an_article_about_no_platform_is_about_all_in_the_filter_too(client, reviewer, portal):
    portal.articles[STAFF].platforms.clear()
    page = Page(client.get(LIST).content.decode())
    (link,) = [one for one in page.all("a") if one.get("href") == "?platforms__isnull=True"]
    assert link.text == "Toutes les plateformes"


def test_what_one_sent_beside_a_live_text_is_listed_as_sent(client, portal):
    author = person("aline", "Author")
    client.force_login(author)
    article = Article.objects.get(slug=BILINGUAL)
    text = article.translations.get(language="fr")
    save_pending(article=article, language="fr", texts={**text.texts(), "cause": "Autre."},
                 author=author, base_revision=text.revision_number)  # fmt: skip
    assert listed(client, sent="waiting") == []
    submit_pending(pending_of(article, "fr"), user=author)
    assert listed(client, sent="waiting") == [BILINGUAL]
