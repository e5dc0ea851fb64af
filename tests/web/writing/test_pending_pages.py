"""Pending revisions on their pages: an author writes one, a reviewer decides."""

import pytest

from tests.web.content import BILINGUAL, FRENCH_ONLY
from tests.web.content import write as edit
from tests.web.editors import address, person, posted
from tests.web.html import Page
from troubleshooting.models import Article, ArticleTranslation, ErrorReport, PendingRevision

LIST = "/fr/admin/troubleshooting/pendingrevision/"


@pytest.fixture
def article(portal) -> Article:
    return portal.articles[BILINGUAL]


@pytest.fixture
def lea(portal):
    return person("lea", "Author")


@pytest.fixture
def rene(portal):
    return person("rene", "Reviewer")


def write(client, article: Article, language: str = "fr", number: int = 0, **changes: str):
    form = posted(article, language, pending="1", base_pending=number, **changes)
    return client.post(address("change", article.pk), form, follow=True)


def page_of(article: Article, language: str = "fr") -> str:
    return address("pending", article.pk, language)


def decide(client, article: Article, act: str, language: str = "fr", **posted: str):
    return client.post(
        page_of(article, language), {"act": act, "number": "1", "live": "1", **posted}
    )


def live(article: Article, language: str = "fr") -> ArticleTranslation:
    return ArticleTranslation.objects.get(article=article, language=language)


def test_from_the_authors_form_to_the_readers_page(client, article, lea, rene):
    client.force_login(lea)
    form = Page(client.get(address("change", article.pk) + "?language=fr").content.decode())
    assert "révision en attente" in form.words
    write(client, article, cause="Trop d’appareils.", _submit="1")
    assert live(article).cause == "A & B < C."
    client.force_login(rene)
    assert "Plafond atteint" in Page(client.get(LIST).content.decode()).words
    shown = Page(client.get(page_of(article)).content.decode())
    assert "appareils" in shown.one("section", class_="history-diff").text
    decide(client, article, "publish")
    assert live(article).cause == "Trop d’appareils."
    assert "Trop d’appareils." in client.get(f"/fr/articles/{BILINGUAL}/").content.decode()
    assert client.get(page_of(article)).status_code == 404


def test_a_rejection_is_read_where_the_author_goes_on(client, article, lea, rene):
    client.force_login(lea)
    write(client, article, cause="Trop.", _submit="1")
    client.force_login(rene)
    refused = decide(client, article, "reject", comment="")
    assert "Dites pourquoi" in refused.content.decode()
    decide(client, article, "reject", comment="Combien ?")
    client.force_login(lea)
    home = client.get("/fr/admin/").content.decode()
    assert "Combien ?" in home
    form = client.get(address("change", article.pk) + "?language=fr").content.decode()
    assert "Combien ?" in form
    assert "Trop." in form


@pytest.mark.parametrize("decided", ["", "publish", "discard"])
def test_a_form_that_is_behind_is_brought_together_with_what_waits(
    client, article, lea, rene, decided
):
    """Or with what is live by then; what comes of it is kept, and nothing before."""
    client.force_login(lea)
    write(client, article, cause="Une.")
    if decided:
        client.force_login(rene)
        decide(client, article, decided)
        client.force_login(lea)
    there = PendingRevision.objects.get().texts if not decided else live(article).texts()
    answer = write(client, article, cause="Deux.", number=0 if not decided else 1)
    assert answer.status_code == 409
    page = Page(answer.content.decode())
    assert {"discard": "import"}.get(decided, "lea") in page.words.casefold()
    # What waits has no number of its own; the text that is live has.
    assert ("a enregistré cette révision en attente" in page.words) is not bool(decided)
    assert ("(révision" in page.words) is bool(decided)
    assert not decided or not PendingRevision.objects.exists()
    assert decided or PendingRevision.objects.get().texts == there
    form = {
        one.get("name"): one.get("value") if one.tag == "input" else one.text.removeprefix("\n")
        for one in page.elements
        if one.tag in ("input", "textarea") and one.get("name")
    }
    action = page.one("form", id="merge").get("action")
    client.post(action, {**form, "cause": "Les deux."})
    assert PendingRevision.objects.get().texts["cause"] == "Les deux."


def test_details_are_not_changed_beside_it(client, article, lea):
    client.force_login(lea)
    write(client, article, cause="Une.", audience="staff", slug="ailleurs")
    article.refresh_from_db()
    assert (article.audience, article.slug) == ("public", BILINGUAL)


def test_details_and_a_pending_text_are_saved_together_or_not_at_all(
    client, article, lea, rene, settings
):
    """With four eyes a reviewer decides the details at once; the text waits, or is refused."""
    settings.FOUR_EYES = True
    client.force_login(lea)
    write(client, article, cause="Une.")
    client.force_login(rene)
    for refused in ({"title": ""}, {"number": 0}):
        write(client, article, **{"cause": "Deux.", "audience": "staff", "number": 1, **refused})
        article.refresh_from_db()
        assert article.audience == "public"
    answer = write(client, article, cause="Deux.", audience="staff", number=0)
    page = Page(answer.content.decode())
    form = {
        one.get("name"): one.get("value") if one.tag == "input" else one.text.removeprefix("\n")
        for one in page.elements
        if one.tag in ("input", "textarea") and one.get("name")
    }
    client.post(page.one("form", id="merge").get("action"), {**form, "cause": "Les deux."})
    article.refresh_from_db()
    assert article.audience == "staff"
    assert PendingRevision.objects.get().texts["cause"] == "Les deux."


@pytest.mark.parametrize("act", ["publish", "reject"])
def test_whoever_decides_too_late_is_told_what_is_true_of_them(client, article, lea, rene, act):
    client.force_login(lea)
    write(client, article, cause="Une.", _submit="1")
    write(client, article, cause="Deux.", number=1)
    client.force_login(rene)
    words = Page(decide(client, article, act, comment="Non.").content.decode()).words
    assert "Rien n’a été fait" in words
    assert "brouillon" not in words
    assert PendingRevision.objects.get().texts["cause"] == "Deux."


def test_a_reviewer_chooses_between_the_live_text_and_a_pending_one(client, article, rene):
    client.force_login(rene)
    write(client, article, cause="En attente.")
    assert live(article).cause == "A & B < C."
    client.post(address("change", article.pk), posted(article, "fr", cause="Tout de suite."))
    assert live(article).cause == "Tout de suite."
    shown = client.get(address("change", article.pk) + "?language=fr").content.decode()
    assert "Voir cette révision" in shown
    conflict = decide(client, article, "publish", live="2")
    assert conflict.status_code == 409
    assert live(article).cause == "Tout de suite."


@pytest.mark.parametrize(
    ("language", "said", "own"),
    [
        (
            "fr",
            ("Texte enregistré par lea", "la révision en attente", "le texte publié"),
            "Votre texte",
        ),
        ("en", ("Text of lea", "the pending revision", "the live text"), "Your text"),
    ],
)
def test_whose_text_a_pending_revision_is_says_the_page_where_it_meets_the_live_one(
    client, article, lea, rene, language: str, said: tuple[str, ...], own: str
):
    client.force_login(lea)
    write(client, article, cause="En attente.", _submit="1")
    edit(article, "fr", **{**live(article).texts(), "cause": "Tout de suite."})
    place = address("pending", article.pk, "fr", language=language)
    form = {"act": "publish", "number": "1", "live": "2"}
    pages = []
    for user in (rene, lea):
        client.force_login(user)
        if user is lea:
            lea.groups.set(rene.groups.all())
        answer = client.post(place, form)
        assert answer.status_code == 409
        pages.append(Page(answer.content.decode()).words)
    assert all(words in pages[0] for words in said)
    assert own not in pages[0]
    assert own in pages[1]


@pytest.mark.parametrize("live_number", ["1", "", "x"])
def test_what_is_published_is_the_comparison_that_was_read(client, article, lea, rene, live_number):
    client.force_login(lea)
    write(client, article, cause="En attente.", _submit="1")
    edit(article, "fr", **{**live(article).texts(), "problem": "Enregistré depuis."})
    client.force_login(rene)
    refused = decide(client, article, "publish", live=live_number)
    again = Page(refused.content.decode())
    assert "Le texte publié a changé" in again.one("p", role="alert").text
    assert live(article).cause == "A & B < C."
    fields = {name: again.all("input", name=name)[0].get("value") for name in ("number", "live")}
    decide(client, article, "publish", **fields)
    assert (live(article).cause, live(article).problem) == ("En attente.", "Enregistré depuis.")


def test_with_four_eyes_a_reviewer_writes_no_live_text(client, article, rene, settings):
    settings.FOUR_EYES = True
    client.force_login(rene)
    form = posted(article, "fr", cause="Seul.", audience="staff")
    client.post(address("change", article.pk), form)
    article.refresh_from_db()
    assert (live(article).cause, article.audience) == ("A & B < C.", "staff")
    shown = client.get(page_of(article)).content.decode()
    assert "double regard" in shown
    assert decide(client, article, "publish").status_code == 403


def test_a_first_text_waits_as_well(client, portal, lea, rene):
    article = portal.articles[FRENCH_ONLY]
    client.force_login(lea)
    write(client, article, "en", title="Profile failed", problem="Nothing.", _submit="1")
    assert client.get(f"/en/articles/{FRENCH_ONLY}/").content.decode().count("Profile failed") == 0
    edit(article, "fr", "Échec", problem="Rien.", resolution="1.  Redémarrez.")
    client.force_login(rene)
    refused = Page(decide(client, article, "publish", "en", live="0").content.decode())
    assert "résolution, ligne 1 (Redémarrez.)" in refused.words
    assert client.get(f"/en/articles/{FRENCH_ONLY}/").content.decode().count("Profile failed") == 0
    asked = refused.one("input", name="left_out").get("value")
    decide(client, article, "publish", "en", live="0", left_out=asked)
    assert "Profile failed" in client.get(f"/en/articles/{FRENCH_ONLY}/").content.decode()


@pytest.mark.parametrize("role", ["", "Author"])
def test_who_sees_and_decides_nothing(client, article, lea, role):
    client.force_login(lea)
    write(client, article, cause="Une.")
    client.force_login(person("autre", role))
    seen = client.get(page_of(article)).status_code
    assert seen == (200 if role else 403)
    for act in ("publish", "reject", "discard"):
        answer = decide(client, article, act, comment="Non.")
        assert answer.status_code == 403, act
    assert PendingRevision.objects.exists()


@pytest.mark.parametrize(
    ("size", "cause", "is_told", "names_the_size"),
    [
        ("typo", "A & B < C, jamais D.", True, True),
        ("", "A & B < C, jamais D.", True, False),
        ("typo", "A & B < C", False, False),
    ],
)
def test_the_reviewer_is_told_that_the_meaning_may_have_changed(
    client, article, lea, rene, size, cause, is_told, names_the_size
):
    client.force_login(lea)
    write(client, article, cause=cause, size=size, _submit="1")
    client.force_login(rene)
    words = Page(client.get(page_of(article)).content.decode()).words
    assert ("Le sens a peut-être changé" in words) is is_told
    assert ("une faute de frappe corrigée" in words) is names_the_size


def test_only_what_tells_two_pending_texts_apart_is_marked(client, article, lea):
    client.force_login(lea)
    write(client, article, cause="Elle clignote.\n\nLe voyant est vert.")
    answer = write(client, article, cause="Elle clignote.\n\nLe voyant est rouge.", number=0)
    page = Page(answer.content.decode())
    marked = {one.text.replace("\xa0", " ") for one in page.elements if one.tag == "ins"}
    assert {"[nouveau : rouge]", "[nouveau : vert]"} <= marked


def test_an_author_goes_on_seeing_what_a_reviewer_wrote_on_with(client, article, lea, rene):
    Article.objects.filter(pk=article.pk).update(owner=lea)
    client.force_login(lea)
    write(client, article, cause="Une.")
    client.force_login(rene)
    write(client, article, cause="Une, relue.", number=1)
    client.force_login(lea)
    home = Page(client.get("/fr/admin/").content.decode())
    assert "Plafond atteint" in home.one("section", aria_labelledby="own-pending").text


def test_what_readers_report_is_read_where_it_is_mended(client, article, lea, rene):
    row = {"article": article, "language": "fr", "revision_number": 1}
    ErrorReport.objects.create(**row, comment="Le bouton manque.")
    ErrorReport.objects.create(**row, comment="Fait.", status="done")
    for user in (lea, rene):
        client.force_login(user)
        html = client.get(address("change", article.pk) + "?language=fr").content.decode()
        assert "Le bouton manque." in html
        assert "Fait." not in html
        assert "?kind=error" in html
