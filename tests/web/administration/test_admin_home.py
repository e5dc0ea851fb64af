"""The first page of the administration: what is to be done, for each what is theirs."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from tests.web.content import BILINGUAL, DRAFT, FRENCH_ONLY, STAFF, write
from tests.web.editors import person
from tests.web.html import Page
from troubleshooting.editing import change_status, keep_draft, save_pending, submit_pending
from troubleshooting.models import (
    Article,
    GapReport,
    MediaImage,
    PendingRevision,
    SearchEntry,
    SearchLog,
    StatusChange,
)
from troubleshooting.texts.sections import TEXTS

HOME = "/fr/admin/"


def home(client, user) -> Page:
    client.force_login(user)
    return Page(client.get(HOME).content.decode())


def panels(page: Page) -> set[str]:
    return {section.get("aria-labelledby") for section in page.all("section")}


def panel(page: Page, name: str) -> str:
    return page.one("section", aria_labelledby=name).text


@pytest.fixture
def author(portal):
    user = person("aline", "Author")
    Article.objects.filter(slug__in=[DRAFT, BILINGUAL]).update(owner=user)
    return user


@pytest.fixture
def reviewer(portal):
    return person("rene", "Reviewer")


def test_each_role_sees_what_is_theirs(client, author, reviewer):
    assert panels(home(client, author)) == {"drafts", "due"}
    assert panels(home(client, reviewer)) == {"drafts", "due", "waiting", "reported", "texts"}
    administrator = home(client, person("ada", "Administrator"))
    assert panels(administrator) >= {"drafts", "waiting", "upkeep"}
    staff = home(client, person("stan"))
    assert panels(staff) == set()
    assert "Rien à traiter pour l’instant." in staff.words


def test_a_rejected_draft_comes_first_with_what_was_said(client, author, reviewer, portal):
    draft = portal.articles[DRAFT]
    newer = Article.objects.create(slug="plus-recent", owner=author)
    change_status(draft, "submit", user=author)
    change_status(draft, "reject", user=reviewer, comment="Le menu a changé.")
    words = panel(home(client, author), "drafts")
    assert words.index("Brouillon secret") < words.index(newer.slug)
    assert "Refusé" in words
    assert "Le menu a changé." in words
    assert "rene" in words
    change_status(draft, "submit", user=author)
    assert "Brouillon secret" not in panel(home(client, author), "drafts")


def test_taking_back_is_no_rejection(client, author, portal):
    draft = portal.articles[DRAFT]
    change_status(draft, "submit", user=author)
    change_status(draft, "withdraw", user=author, comment="J’ai oublié l’image.")
    assert "Refusé" not in panel(home(client, author), "drafts")


def test_own_published_articles_that_are_due(client, author):
    today = timezone.localdate()
    Article.objects.filter(slug=BILINGUAL).update(review_due=today - timedelta(days=1))
    Article.objects.filter(slug=FRENCH_ONLY).update(review_due=today)  # of nobody
    Article.objects.filter(slug=DRAFT).update(review_due=today)
    words = panel(home(client, author), "due")
    assert "Plafond atteint" in words
    assert "En retard depuis" in words
    assert "Brouillon secret" not in words
    assert "Échec" not in words
    Article.objects.filter(slug=BILINGUAL).update(review_due=today + timedelta(days=31))
    assert "Aucune relecture" in panel(home(client, author), "due")


def test_what_waits_longest_comes_first(client, author, reviewer, portal):
    for slug in (STAFF, DRAFT, FRENCH_ONLY):
        Article.objects.filter(slug=slug).update(status="draft")
        portal.articles[slug].refresh_from_db()
        change_status(portal.articles[slug], "submit", user=author)
    StatusChange.objects.filter(article__slug=DRAFT).update(
        created=timezone.now() - timedelta(days=9)
    )
    words = panel(home(client, reviewer), "waiting")
    places = [words.index(title) for title in ("Brouillon secret", "Article interne", "Échec")]
    assert places == sorted(places)
    assert "Envoyé par aline" in words


def test_what_was_sent_stays_in_sight_of_who_sent_it(client, author, reviewer, portal):
    assert "sent" not in panels(home(client, author))
    change_status(portal.articles[DRAFT], "submit", user=author)
    published = portal.articles[BILINGUAL]
    texts = {**dict.fromkeys(TEXTS, ""), "title": "Nouveau"}
    options = {"texts": texts, "author": author, "base_revision": 1}
    submit_pending(save_pending(article=published, language="fr", **options), user=author)
    words = panel(home(client, author), "sent")
    assert "2" in words
    assert "Brouillon secret" in words
    assert "Nouveau" in words
    assert "Envoyé le" in words  # who sent it knows by whom
    assert "Envoyé par" not in words
    assert "sent" not in panels(home(client, reviewer))  # it waits for them
    change_status(portal.articles[DRAFT], "withdraw", user=author)
    assert "Brouillon secret" not in panel(home(client, author), "sent")


def test_pending_revisions_are_counted_and_all_a_link_away(client, author, reviewer):
    texts = {**dict.fromkeys(TEXTS, ""), "title": "Nouveau"}
    for number in range(12):
        article = Article.objects.create(slug=f"n-{number}", status="published")
        options = {"texts": texts, "author": author, "base_revision": 0}
        pending = save_pending(article=article, language="fr", **options)
        if number < 10:
            submit_pending(pending, user=author)
    page = home(client, reviewer)
    assert panel(page, "submitted").startswith("Révisions en attente à relire 10")
    (link,) = [a for a in page.all("a") if "state__exact=submitted" in a.get("href")]
    assert len(Page(client.get(link.get("href")).content.decode()).all("tr")) == 11
    assert panel(home(client, author), "own-pending").split("Nouveau")[0].endswith(" 2 ")
    listed = "/fr/admin/troubleshooting/pendingrevision/?whose=me"
    assert len(Page(client.get(listed).content.decode()).all("tr")) == 13
    client.force_login(reviewer)
    assert len(Page(client.get(listed).content.decode()).all("tr")) == 0


def test_all_that_was_sent_is_a_link_away_also_for_who_does_not_own_it(client, author, reviewer):
    other = person("paul", "Author")
    for number in range(9):
        article = Article.objects.create(slug=f"n-{number}", owner=other)
        write(article, "fr", f"Texte {number}", problem="Refus.", resolution="1.  Ouvrez.")
        change_status(article, "submit", user=author)
    Article.objects.create(slug="loin", owner=other, status="in_review")
    page = home(client, author)
    assert panel(page, "sent").startswith("Envoyé, attend d’autres personnes 9")
    (link,) = [a for a in page.all("a") if "sent=waiting" in a.get("href")]
    listed = Page(client.get(link.get("href")).content.decode())
    assert len(listed.all("tr")) == 10


def test_what_others_wrote_comes_before_what_one_wrote_in(client, author, reviewer):
    values = {"language": "fr", "base_revision": 0}
    for name, writers in (("Le mien", [reviewer, author]), ("Un autre", [author])):
        article = Article.objects.create(slug=name.replace(" ", "-"), status="published")
        for number, writer in enumerate(writers):
            texts = {"title": name, "problem": f"Refus {number}."}
            pending = save_pending(article=article, texts=texts, author=writer, **values)
        submit_pending(pending, user=author)
    words = panel(home(client, reviewer), "submitted")
    assert words.index("Un autre") < words.index("Le mien")


def test_who_wrote_is_named_in_an_order(client, author, reviewer):
    """Whoever wrote first: readers find a name where they look for it."""
    for name in ("zoe", "bea", "yves"):
        article = Article.objects.get(slug=BILINGUAL)
        values = {"article": article, "language": "fr", "base_revision": 1}
        texts = {"title": name}
        pending = save_pending(texts=texts, author=person(name, "Author"), **values)
    submit_pending(pending, user=author)
    assert "bea, yves, zoe" in panel(home(client, reviewer), "submitted")
    listed = "/fr/admin/troubleshooting/pendingrevision/"
    assert "bea, yves, zoe" in Page(client.get(listed).content.decode()).words


def test_what_is_due_and_nobody_s_is_the_reviewers(client, author, reviewer):
    today = timezone.localdate()
    Article.objects.filter(slug__in=[BILINGUAL, FRENCH_ONLY]).update(review_due=today)
    words = panel(home(client, reviewer), "due-of-nobody")
    assert "Échec" in words
    assert "Plafond" not in words  # its owner's
    assert "due-of-nobody" not in panels(home(client, author))


def test_reports_and_translations_are_counted_with_links(client, reviewer, portal):
    GapReport.objects.report("0x80180099", "", "fr")
    (entry,) = [a for a in home(client, reviewer).all("a") if a.get("href") == "/fr/admin/reports/"
                and "attente" in a.text]  # fmt: skip
    assert "1 en attente" in entry.text
    write(portal.articles[BILINGUAL], "fr", "Plafond atteint", resolution="1.  Neuf.\n2.  Dix.")
    page = home(client, reviewer)
    assert "1 signalement ouvert" in panel(page, "reported")
    assert "1 texte à mettre à jour" in panel(page, "texts")
    assert "3 textes manquants" in panel(page, "texts")
    (link,) = [a for a in page.all("a") if "state=stale" in a.get("href")]
    assert "Limit reached" in Page(client.get(link.get("href")).content.decode()).words


def test_an_administrator_sees_images_and_the_index(client, portal, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    administrator = person("ada", "Administrator")
    assert "L’index de recherche contient les 7 textes." in panel(
        home(client, administrator), "upkeep"
    )
    image = MediaImage(name="a" * 16 + ".png", content_type="image/png", width=1, height=1, size=1)
    image.file.save(image.name, ContentFile(b"x"), save=True)
    SearchEntry.objects.filter(language="en").delete()
    words = panel(home(client, administrator), "upkeep")
    assert "1 image inutilisée" in words
    assert "2 textes manquent." in words
    assert "check_index --fix" in words


def test_queries_do_not_grow(client, reviewer, portal, django_assert_max_num_queries):
    for number in range(30):
        status = "draft" if number % 2 else "in_review"
        Article.objects.create(slug=f"n-{number}", owner=reviewer, status=status)
    client.force_login(reviewer)
    with django_assert_max_num_queries(20):
        page = Page(client.get(HOME).content.decode())
    assert "Tout afficher" in panel(page, "drafts")


def test_lists_stand_below_plain_headings_and_technical_ones_are_out_of_sight(client, portal):
    page = home(client, person("ada", "Administrator"))
    headings = [h2.text for h2 in page.all("h2") if (h2.get("id") or "").startswith("nav-")]
    assert headings == ["Rédaction", "Lecteurs", "Vocabulaire", "Personnes", "Programmes"]
    links = {a.get("href") for a in page.all("a")}
    assert "/fr/admin/troubleshooting/article/" in links
    assert "/fr/admin/figures/" in links
    assert "/fr/admin/auth/user/" in links
    assert "/fr/admin/troubleshooting/articletranslation/" not in links
    ids = [element.get("id") for element in page.elements if element.get("id")]
    assert len(ids) == len(set(ids))


def test_other_pages_have_the_same_menu(client, portal):
    client.force_login(person("aline", "Author"))
    page = Page(client.get("/fr/admin/figures/").content.decode())
    (current,) = page.all("a", aria_current="page")
    assert current.get("href") == "/fr/admin/figures/"
    assert client.get("/fr/admin/troubleshooting/").status_code == 200


def test_what_waits_stands_above_what_is_done(client, reviewer, author, portal):
    published = portal.articles[BILINGUAL]
    save_pending(
        article=published, language="fr", texts={**dict.fromkeys(TEXTS, ""), "title": "Nouveau"},
        author=author, base_revision=1,
    )  # fmt: skip
    submit_pending(PendingRevision.objects.get(), user=author)
    headings = [section.get("aria-labelledby") for section in home(client, reviewer).all("section")]
    assert headings.index("submitted") < headings.index("waiting")
    change_status(portal.articles[DRAFT], "submit", user=author)
    headings = [section.get("aria-labelledby") for section in home(client, reviewer).all("section")]
    assert headings.index("waiting") < headings.index("submitted") < headings.index("drafts")


def test_texts_that_were_not_saved_are_listed_with_where_they_are_offered(client, author, portal):
    article = portal.articles[DRAFT]
    for number, (page, of, title) in enumerate([
        ("form", article, "Titre tapé"), ("pending", article, ""), ("translate", article, ""),
        ("form", None, ""),
    ]):  # fmt: skip
        keep_draft(
            user=author, token=str(number), page=page, article=of, language="en",
            fields={"title": [title], "text-title": ["Rangée"]} if page == "translate"
            else {"title": [title]},
        )  # fmt: skip
    keep_draft(
        user=person("rene2", "Reviewer"), token="x", page="form", article=article, language="en",
        fields={"title": ["D’un autre"]},
    )  # fmt: skip
    page = home(client, author)
    assert "D’un autre" not in page.words
    form = f"/fr/admin/troubleshooting/article/{article.pk}/change/?language=en"
    expected = [
        ("Pas encore de titre", "/fr/admin/troubleshooting/article/add/?language=en#kept=3"),
        ("Rangée", f"/fr/admin/troubleshooting/article/{article.pk}/translate/en/#kept=2"),
        (article.slug, f"{form}&pending=1#kept=1"),
        ("Titre tapé", f"{form}#kept=0"),
    ]
    links = [(link.text.strip(), link.get("href")) for link in page.all("a")]
    assert [link for link in links if link in expected] == expected


@pytest.mark.parametrize(
    ("days", "said"), [((), "presque aucune"), (range(1, 13), "0,2 par heure")]
)
def test_what_is_searched_suddenly_says_what_is_usual(client, portal, days, said):
    """A code that nobody searched before is not searched “0,0” times an hour."""
    now = timezone.now()
    moments = [*[now] * 6, *(now - timedelta(day) for day in days for _time in range(5))]
    row = {"kind": "code", "codes": ["0x80180014"], "language": "fr", "hits": 1}
    for moment in moments:
        SearchLog.objects.create(created=moment, **row)
    assert said in panel(home(client, person("ada", "Administrator")), "surges")
