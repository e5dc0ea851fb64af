"""What is typed and not saved is kept on the server; a form sent twice makes one article."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.web.content import BILINGUAL, DRAFT
from tests.web.editors import address, person, posted
from tests.web.html import Page
from troubleshooting.editing import end_draft, keep_draft
from troubleshooting.editing.drafts import LONGEST, MOST
from troubleshooting.models import Article, ArticleTranslation, FormReceipt, KeptDraft, Revision

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal")]


@pytest.fixture
def author(client):
    user = person("aline", "Author")
    client.force_login(user)
    return user


def keep(client, slug: str | None = DRAFT, token: str = "a1", page: str = "form", **fields):
    key = Article.objects.get(slug=slug).pk if slug else ""
    place = {"draft_article": key, "draft_language": "fr", "draft_page": page, "kept_draft": token}
    return client.post(address("drafts"), {**place, **fields})


def kept(client, slug: str | None = DRAFT, page: str = "form", language: str = "fr"):
    key = Article.objects.get(slug=slug).pk if slug else ""
    place = {"draft_article": key, "draft_language": language, "draft_page": page}
    response = client.get(address("drafts"), place)
    return json.loads(response.content)["drafts"] if response.status_code == 200 else response


@pytest.mark.parametrize("page", ["form", "translate"])
@pytest.mark.parametrize("slug", [DRAFT, None])
def test_every_field_comes_back_as_it_was(client, author, slug, page):
    fields = {
        "title": "Titre",
        "problem": "Un\xa0texte\xa0:\r\n\r\n* point",
        "audience": "staff",
        "platforms": ["1", "2"],
        "review_due": "31/01/2030",
        "comment": "Pourquoi",
        "base_revision": "3",
    }
    assert keep(client, slug, page=page, **fields).status_code == 204
    (draft,) = kept(client, slug, page)
    assert draft["token"] == "a1"
    expected = {
        name: value if isinstance(value, list) else [value] for name, value in fields.items()
    }
    assert draft["fields"] | expected == draft["fields"]
    assert "csrfmiddlewaretoken" not in draft["fields"]


def test_it_belongs_to_its_person_place_and_language(client, author):
    keep(client, title="Mien")
    assert kept(client, page="translate") == []
    assert kept(client, language="en") == []
    assert kept(client, None) == []
    client.force_login(person("rene", "Reviewer"))
    assert kept(client) == []
    assert keep(client, token="a1", title="Tien").status_code == 204
    assert KeptDraft.objects.filter(token="a1").count() == 2


def test_all_are_offered_the_newest_first_and_one_that_is_not_wanted_goes(client, author):
    keep(client, token="a1", title="Ancien")
    keep(client, token="a2", title="Nouveau")
    assert [draft["fields"]["title"] for draft in kept(client)] == [["Nouveau"], ["Ancien"]]
    client.post(address("drafts"), {"discard": "a2"})
    assert kept(client)[0]["fields"]["title"] == ["Ancien"]


@pytest.mark.parametrize(
    ("who", "slug", "status"),
    [
        ("", DRAFT, 302),
        ("Author", BILINGUAL, 204),
        ("nobody", DRAFT, 403),
        ("nobody", None, 403),
        ("Author", DRAFT, 204),
    ],
)
def test_only_who_may_write_there_keeps_and_reads(client, who, slug, status):
    if who:
        client.force_login(person("x", "" if who == "nobody" else who))
    assert keep(client, slug, title="x").status_code == status
    assert KeptDraft.objects.count() == (status == 204)
    if status != 204:
        assert kept(client, slug).status_code == status


def test_what_is_too_long_too_much_or_too_old_is_not_kept(client, author):
    assert keep(client, problem="x" * (LONGEST + 1)).status_code == 413
    for number in range(MOST + 3):
        keep(client, token=f"t{number}", title=str(number))
    assert KeptDraft.objects.count() == MOST
    KeptDraft.objects.update(modified=timezone.now() - timedelta(days=31))
    assert kept(client) == []
    keep(client, token="new", title="x")
    assert KeptDraft.objects.count() == 1


def test_saving_ends_it(client, author):
    article = Article.objects.get(slug=DRAFT)
    keep(client, token="a1", title="x")
    client.post(address("change", article.pk), posted(article, cause="Autre.", kept_draft="a1"))
    assert not KeptDraft.objects.exists()
    end_draft(author, "")


def test_a_refused_form_keeps_it(client, author):
    article = Article.objects.get(slug=DRAFT)
    keep(client, token="a1", title="x")
    client.post(address("change", article.pk), posted(article, title="", kept_draft="a1"))
    assert KeptDraft.objects.count() == 1


def test_a_form_has_its_own_number(client, author):
    numbers = [client.get(address("add")).context["text_form"]["draft"].value() for _ in "ab"]
    assert all(numbers)
    assert numbers[0] != numbers[1]


@pytest.mark.parametrize("slug", ["", "mon-adresse"])
def test_a_form_sent_twice_makes_one_article(client, author, slug):
    number = Article.objects.count()
    form = posted(
        None, title="Écran noir", problem="Rien.", slug=slug, draft="f1", audience="staff"
    )
    first = client.post(address("add"), form)
    again = client.post(address("add"), form, follow=True)
    assert Article.objects.count() == number + 1
    assert "aucun deuxième n’a été créé" in again.content.decode()
    assert again.redirect_chain[0][0] == first.url
    assert FormReceipt.objects.get().article.translations.get().revision_number == 1


def test_back_and_save_again_changes_the_one_article(client, author):
    number = Article.objects.count()
    client.post(address("add"), posted(None, title="Écran noir", problem="Rien.", draft="f1"))
    client.post(address("add"), posted(None, title="Écran bleu", problem="Rien.", draft="f1"))
    assert Article.objects.count() == number + 1
    text = FormReceipt.objects.get().article.translations.get()
    assert (text.title, text.revision_number) == ("Écran bleu", 2)


def test_back_and_save_over_what_another_wrote_is_a_conflict(client, author):
    client.post(address("add"), posted(None, title="Écran noir", problem="Rien.", draft="f1"))
    article = FormReceipt.objects.get().article
    client.force_login(person("rene", "Reviewer"))
    client.post(address("change", article.pk), posted(article, cause="Le câble."))
    client.force_login(author)
    again = client.post(address("add"), posted(None, title="Autre", problem="Non.", draft="f1"))
    assert again.status_code == 409
    assert ArticleTranslation.objects.get(article=article).cause == "Le câble."
    assert Revision.objects.filter(translation__article=article).count() == 2


def test_the_number_of_another_person_is_another_form(client, author):
    client.post(address("add"), posted(None, title="Un", problem="Rien.", draft="f1"))
    client.force_login(person("rene", "Reviewer"))
    client.post(address("add"), posted(None, title="Deux", problem="Rien.", draft="f1"))
    assert FormReceipt.objects.count() == 2


def test_published_meanwhile_it_is_not_the_authors_to_change(client, author):
    client.post(address("add"), posted(None, title="Un", problem="Rien.", draft="f1"))
    Article.objects.filter(pk=FormReceipt.objects.get().article_id).update(status="published")
    again = client.post(address("add"), posted(None, title="Deux", problem="Rien.", draft="f1"))
    assert again.status_code == 403


def test_a_kept_draft_is_replaced_not_added(author):
    for words in ("a", "b"):
        keep_draft(
            user=author, token="t", page="form", article=None, language="fr",
            fields={"title": [words]},
        )  # fmt: skip
    assert KeptDraft.objects.get().fields == {"title": ["b"]}


def seen_of(token: str) -> str:
    return KeptDraft.objects.get(token=token).modified.isoformat()


@pytest.mark.parametrize("act", ["discard", "restored"])
def test_what_was_kept_since_it_was_seen_stays(client, author, act):
    keep(client, token="a1", title="Un")
    seen = seen_of("a1")
    keep(client, token="a1", title="Un et plus")
    for moment, left in ((seen, {"a1"}), (seen_of("a1"), set())):
        answer = {act: "a1", f"{act}_seen": moment}
        if act == "discard":
            client.post(address("drafts"), answer)
        else:
            keep(client, token="a2", title="Un", **answer)
        assert set(KeptDraft.objects.values_list("token", flat=True)) - {"a2"} == left


def test_what_names_a_draft_is_no_part_of_it(client, author):
    keep(client, token="a1", title="Un", restored="a0", restored_seen="gestern", draft="f1")
    assert KeptDraft.objects.get().fields == {"title": ["Un"], "draft": ["f1"]}


def test_a_refused_page_goes_on_with_its_draft(client, author):
    article = Article.objects.get(slug=DRAFT)
    page = client.post(address("change", article.pk), posted(article, title="", kept_draft="a1"))
    assert 'data-kept="a1"' in page.content.decode()


def test_what_was_typed_before_a_publication_is_offered_for_a_pending_revision(client, author):
    keep(client, token="a1", title="Un")
    Article.objects.filter(slug=DRAFT).update(status="published")
    assert [draft["token"] for draft in kept(client, page="pending")] == ["a1"]
    keep(client, token="a2", page="pending", title="Deux")
    client.force_login(person("rene", "Reviewer"))
    assert kept(client, page="pending") == []
    keep(client, token="a3", title="Trois")
    assert kept(client, page="pending") == []


def test_the_checks_do_not_name_the_article_that_the_form_made_a_moment_ago(client, author):
    words = {"title": "Écran noir", "problem": "> Écran noir après la mise en veille (0x80FA0017)"}
    form = posted(None, **words, draft="f1")
    client.post(address("add"), form)
    rule = 'data-rule="likely_duplicate"'
    assert rule not in client.post(address("preview"), form).json()["report"]
    # Another form that says the same is told of it.
    assert rule in client.post(address("preview"), {**form, "draft": "f2"}).json()["report"]


@pytest.mark.parametrize(
    ("page", "typed", "said"),
    [
        ("form", {"title": "Écran noir", "problem": "Rien."}, ("Écran noir", "15 caractères")),
        ("form", {"problem": "Rien ne\r\ns’affiche."}, ("Rien ne s’affiche.", "19 caractères")),
        ("form", {"cause": "m" * 90}, (f"{'m' * 79}…", "90 caractères")),
        ("form", {"title": " ", "kind": "error"}, ("Pas encore de titre", "1 caractère ")),
    ],
)
def test_kept_texts_are_told_from_each_other(client, author, page, typed, said):
    """By their title or first words and by their length: two new articles have nothing else."""
    keep(client, None, token="a1", page=page, **typed)
    home = Page(client.get("/fr/admin/").content.decode()).words.replace("\xa0", " ")
    assert all(words in home for words in said), home
