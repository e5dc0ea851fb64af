"""The audit: who did what and when, before and after, whatever becomes of them."""

import csv
from io import StringIO

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.web.content import BILINGUAL, DRAFT
from tests.web.editors import PASSWORD, address, person, posted
from tests.web.html import Page
from troubleshooting.auditing import note
from troubleshooting.editing import change_many, change_status, update_article
from troubleshooting.models import Article, AuditEntry, BulkChange
from troubleshooting.texts.remarks import remark

pytestmark = pytest.mark.usefixtures("portal")


@pytest.fixture
def administrator(client):
    user = person("ada", "Administrator")
    client.force_login(user)
    return user


def page_of(name: str, *args: object) -> str:
    with translation.override("fr"):
        return reverse(f"admin:{name}", args=args)


def said(client) -> str:
    """Return what the list says."""
    answer = client.get(page_of("troubleshooting_auditentry_changelist"))
    return Page(answer.content.decode()).words.replace("\xa0", " ")


def acts() -> list[tuple[str, str, str]]:
    return list(AuditEntry.objects.order_by("pk").values_list("who", "act", "name"))


@pytest.mark.parametrize("path", ["/fr/sign-in/", "/fr/admin/login/"])
def test_signing_in_and_out_is_noted(client, path: str):
    person("rene", "Reviewer")
    client.post(path, {"username": "rene", "password": "wrong words"})
    assert not acts()
    client.post(path, {"username": "rene", "password": PASSWORD})
    client.post("/fr/admin/logout/" if "admin" in path else "/fr/sign-out/")
    assert acts() == [("rene", "sign_in", ""), ("rene", "sign_out", "")]


@pytest.mark.parametrize(("name", "called"), [("rene", "rene"), ("my password", "")])
def test_too_many_wrong_passwords_are_noted_as_nobodys(client, administrator, name, called):
    person("rene", "Reviewer")
    for _attempt in range(7):
        Client().post("/fr/sign-in/", {"username": name, "password": "wrong"})
    assert acts() == [("", "refused", called)]
    words = said(client)
    assert "Connexion refusée" in words
    assert "Trop de mots de passe faux" in words
    assert "inconnu" in words


def test_what_a_form_changed_is_noted_before_and_after(client, administrator):
    article = Article.objects.get(slug=DRAFT)
    form = posted(article, cause="Autre cause.", kind="error", title="Titre nouveau")
    client.post(address("change", article.pk), form)
    entry = AuditEntry.objects.get()
    assert (entry.who, entry.act, entry.kind, entry.name) == (
        "ada", "changed", "article", "Titre nouveau",
    )  # fmt: skip
    assert (entry.before["kind"], entry.after["kind"]) == ("problem", "error")
    assert (entry.before["fr"], entry.after["fr"]) == ("1", "2")


def test_states_deletions_and_restorations_are_noted(client, administrator):
    article = Article.objects.get(slug=BILINGUAL)
    change_status(article, "archive", user=administrator, comment="Périmé.")
    client.post(address("delete", article.pk), {"post": "yes"})
    client.post(page_of("troubleshooting_trashedarticle_restore", 1))
    assert [act for _who, act, _name in acts()] == ["status", "deleted", "restored"]
    status = AuditEntry.objects.get(act="status")
    assert status.after != status.before
    assert status.detail == "Périmé."
    assert {name for _who, _act, name in acts()} == {"Plafond atteint"}
    assert said(client).count("Dans la corbeille") == 1


def test_a_line_has_one_dash_for_all_that_it_does_not_say(client, administrator):
    note(administrator, "exported")
    assert "– –" not in said(client).split("ada")[-1]


def test_roles_are_noted_and_passwords_never(client, administrator):
    User.objects.filter(pk=administrator.pk).update(is_superuser=True)
    other = person("nadia")
    group, _new = Group.objects.get_or_create(name="Author")
    form = {"username": "nadia", "is_active": "on", "is_staff": "on", "groups": [group.pk],
            "date_joined_0": "2026-01-01", "date_joined_1": "10:00"}  # fmt: skip
    client.post(page_of("auth_user_change", other.pk), form)
    entry = AuditEntry.objects.get()
    assert (entry.before["groups"], entry.after["groups"]) == ("", "Author")
    words = said(client)
    assert "Groupes : – → Auteur" in words
    secret = "another quiet phrase 77"
    client.post(
        f"/fr/admin/auth/user/{other.pk}/password/",
        {"password1": secret, "password2": secret, "usable_password": "true"},
    )
    rows = AuditEntry.objects.values_list("before", "after", "detail", "name")
    assert secret not in str(list(rows))
    other.delete()
    assert AuditEntry.objects.filter(name="nadia").exists()


def test_exports_are_noted(client, administrator):
    form = {"status": ["published"], "language": ["fr"]}
    assert client.post(address("export"), form).headers["Content-Type"] == "application/zip"
    assert [act for _who, act, _name in acts()] == ["exported"]


def test_an_act_on_many_is_called_in_the_language_of_the_reader(client, administrator):
    articles = Article.objects.filter(slug__in=[BILINGUAL, DRAFT])
    with translation.override("fr"):
        done = change_many(
            articles, lambda one: update_article(one, audience="staff"), action="set_audience",
            user=administrator,
        )  # fmt: skip
    client.post(page_of("troubleshooting_bulkchange_undo", done.change.pk))
    lists = {
        "fr": ("Définir le public (2)", "Modification annulée."),
        "en": ("Set the audience (2)", "Undone."),
    }
    for language, said in lists.items():
        for kind in ("troubleshooting/auditentry", "admin/logentry"):
            words = Page(client.get(f"/{language}/admin/{kind}/").content.decode()).words
            assert all(one in words for one in said), (language, kind)


def test_the_page_narrows_and_goes_as_a_table(client, administrator):
    AuditEntry.objects.create(who="=cmd()", act="deleted", kind="article", name="Parti")
    AuditEntry.objects.create(who="rene", act="sign_in")
    listed = page_of("troubleshooting_auditentry_changelist")
    page = Page(client.get(listed, {"act__exact": "deleted"}).content.decode())
    assert "Parti" in page.words
    answer = client.get(page_of("troubleshooting_auditentry_csv"), {"act__exact": "deleted"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(StringIO(text), delimiter=";")
    assert (row["Qui"], row["Action"], row["Quoi"]) == ("'=cmd()", "Suppression", "Parti")
    assert row["Type"] == "Article"


@pytest.mark.parametrize("role", ["Author", "Reviewer"])
def test_it_is_the_administrators(client, role: str):
    client.force_login(person("nom", role))
    for name in ("troubleshooting_auditentry_changelist", "troubleshooting_auditentry_csv"):
        assert client.get(page_of(name)).status_code == 403


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ["Tous", "Article", "Modification groupée"]),
        ("en", ["All", "Article", "Change of many articles"]),
    ],
)
def test_what_was_acted_on_is_narrowed_by_words_of_people(client, administrator, language, words):
    for kind in ("article", "bulkchange"):
        AuditEntry.objects.create(who="rene", act="changed", kind=kind, name="Un")
    with translation.override(language):
        listed = reverse("admin:troubleshooting_auditentry_changelist")
    (found,) = [
        filters
        for filters in client.get(listed).context["cl"].filter_specs
        if getattr(filters, "field_path", "") == "kind"
    ]
    choices = list(found.choices(client.get(listed).context["cl"]))
    with translation.override(language):
        assert [str(choice["display"]) for choice in choices] == words


@pytest.fixture
def lines(administrator) -> None:
    """Note three lines: a merge, one with a status, and one from before there were remarks."""
    article = Article.objects.get(slug=BILINGUAL)
    merged = remark("Merged with “%(title)s”", title="Échec du café")
    note(administrator, "many", name=remark("Articles: %(count)d", count=3))
    note(administrator, "changed", article, detail=f"{merged} · jeton")
    states = {"before": {"status": "draft"}, "after": {"status": "archived", "own": "Épinglé"}}
    note(administrator, "status", article, **states)
    note(administrator, "deleted", name="Noted in English")


@pytest.mark.parametrize(
    ("language", "search", "count"),
    [
        ("fr", "fusionné", 1),
        ("fr", "Fusionne", 1),
        ("fr", "merged", 0),
        ("fr", "fusionné café", 1),
        ("fr", '"Fusionné avec"', 1),
        ("fr", "fusionné suppression", 0),
        ("fr", "jeton", 1),
        ("fr", "suppression", 1),
        # What was done, where the line names the doing; an article goes to the trash.
        ("fr", "supprimé", 1),
        ("fr", "corbeille", 0),
        ("en", "deleted", 1),
        ("en", "supprimé", 0),
        ("fr", "english", 1),
        ("fr", "archivé", 1),
        ("fr", "Épinglé", 1),
        ("fr", "said", 0),
        ("en", "merged", 1),
        ("en", "fusionné", 0),
        ("en", "café", 1),
        ("en", "archived", 1),
        ("en", '{"said": "', 0),
    ],
)
def test_lines_are_searched_in_the_language_of_the_reader(
    client, lines, language: str, search: str, count: int
):
    with translation.override(language):
        listed = reverse("admin:troubleshooting_auditentry_changelist")
        table = reverse("admin:troubleshooting_auditentry_csv")
    assert client.get(listed, {"q": search}).context["cl"].result_count == count
    rows = b"".join(client.get(table, {"q": search}).streaming_content).decode()
    assert (
        len(list(csv.reader(StringIO(rows), delimiter=";" if language == "fr" else ",")))
        == count + 1
    )
    with translation.override(language):
        journal = reverse("admin:admin_logentry_changelist")
    assert client.get(journal, {"q": search}).status_code == 200


@pytest.mark.parametrize(("language", "word"), [("fr", "corbeille"), ("en", "trash")])
def test_what_went_to_the_trash_and_came_back_is_found_by_it(
    client, administrator, language: str, word: str
):
    article = Article.objects.get(slug=BILINGUAL)
    for act in ("added", "deleted", "restored"):
        note(administrator, act, article)
    note(administrator, "deleted", administrator)
    with translation.override(language):
        listed = reverse("admin:troubleshooting_auditentry_changelist")
    assert client.get(listed, {"q": word}).context["cl"].result_count == 2


def test_what_looks_like_a_remark_breaks_no_search(client, administrator):
    note(administrator, "deleted", name='{"said": "never closed')
    found = client.get(page_of("troubleshooting_auditentry_changelist"), {"q": "closed"})
    assert found.context["cl"].result_count == 1


def test_the_journal_is_searched_in_the_language_of_the_reader(client, administrator):
    article = Article.objects.get(slug=BILINGUAL)
    LogEntry.objects.log_actions(
        administrator.pk, [article], CHANGE, remark("Merged with “%(title)s”", title="x"),
        single_object=True,
    )  # fmt: skip
    listed = page_of("admin_logentry_changelist")
    for search, count in [("fusionné", 1), ("modifié", 1), ("merged", 0)]:
        assert client.get(listed, {"q": search}).context["cl"].result_count == count


def test_an_act_on_many_says_what_was_before_and_after(client, administrator):
    alma = person("alma", "Author")
    User.objects.filter(pk=alma.pk).update(first_name="Alma", last_name="Roy")
    chosen = list(Article.objects.filter(slug__in=[BILINGUAL, DRAFT]).order_by("pk"))
    update_article(chosen[0], owner=administrator)
    for values in ({"owner": User.objects.get(pk=alma.pk)}, {"kind": "advice"}, {"platforms": []}):
        change_many(
            chosen,
            lambda article, values=values: update_article(article, **values),
            action="set_owner",
            user=administrator,
        )
    told = said(client)
    assert "Responsable : ada; – → Alma Roy" in told
    assert "Conseil" in told
    assert "Plateformes : " in told
    listed = client.get(page_of("troubleshooting_bulkchange_changelist")).content.decode()
    assert "Responsable : ada; – → Alma Roy" in Page(listed).words.replace("\xa0", " ")
    act = BulkChange.objects.earliest("pk")
    shown = client.get(page_of("troubleshooting_bulkchange_change", act.pk)).content.decode()
    assert "Responsable : ada; – → Alma Roy" in Page(shown).words.replace("\xa0", " ")
    act.rows = [{name: row[name] for name in ("article", "before", "after")} for row in act.rows]
    assert act.changed() == ({}, {})  # one of former times, which knows keys alone
