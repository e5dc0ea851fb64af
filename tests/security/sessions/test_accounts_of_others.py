"""Nobody gives, or takes over, more than they may do themselves; what was done stays known."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from tests.people import person
from tests.web.content import BILINGUAL, make_portal
from troubleshooting.models import Article, Platform

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    user = person("administrator")
    client.force_login(user)
    return user


def page(name: str, *args: object) -> str:
    return reverse(f"admin:{name}", args=args)


def posted(user: User, **changes: object) -> dict:
    form = {
        "username": user.username, "is_active": "on", "is_staff": "on",
        "groups": list(user.groups.values_list("pk", flat=True)),
        "date_joined_0": "2026-01-01", "date_joined_1": "10:00:00",
    }  # fmt: skip
    return {**form, **changes}


def change(client, user: User, **changes: object):
    return client.post(page("auth_user_change", user.pk), posted(user, **changes))


@pytest.mark.parametrize("whom", ["self", "other"])
def test_administrators_make_no_superusers(client, administrator, whom):
    user = administrator if whom == "self" else person("author")
    every = list(Permission.objects.values_list("pk", flat=True))
    change(client, user, is_superuser="on", user_permissions=every, first_name="Ada")
    user = User.objects.get(pk=user.pk)
    assert user.first_name == "Ada"
    assert not user.is_superuser
    assert not user.user_permissions.exists()


def test_no_stronger_account_is_changed_or_taken_over(client, administrator):
    boss = User.objects.create_superuser("boss", password="first")
    special = person("author")
    special.user_permissions.add(Permission.objects.get(codename="delete_session"))
    for user in (boss, special):
        assert change(client, user, first_name="X").status_code == 403
        form = {"password1": "new-pass-9!", "password2": "new-pass-9!", "usable_password": "true"}
        answer = client.post(page("auth_user_password_change", user.pk), form)
        assert answer.status_code == 403
        client.post(page("auth_user_delete", user.pk), {"post": "yes"})
        form = {"action": "delete_selected", "_selected_action": [user.pk], "post": "yes"}
        client.post(page("auth_user_changelist"), form)
        assert User.objects.get(pk=user.pk).password == user.password


def test_groups_give_only_what_their_editor_has(client, administrator):
    strong = Group.objects.create(name="Strong")
    strong.permissions.add(Permission.objects.get(codename="delete_session"))
    change(client, administrator, groups=[strong.pk])
    assert not administrator.groups.filter(pk=strong.pk).exists()
    answer = client.post(page("auth_group_change", strong.pk), {"name": "Mine", "permissions": []})
    assert answer.status_code == 403
    own = Group.objects.get(name="Administrator")
    before = set(own.permissions.all())
    wanted = Permission.objects.get(codename="delete_session").pk
    client.post(page("auth_group_change", own.pk), {"name": own.name, "permissions": [wanted]})
    assert set(own.permissions.all()) == before


def test_a_role_without_staff_status_is_told_to_lead_nowhere(client, administrator):
    user = person("author")
    form = posted(user, is_staff="")
    answer = client.post(page("auth_user_change", user.pk), form, follow=True)
    assert "avec le statut équipe" in answer.content.decode()
    answer = client.post(page("auth_user_change", user.pk), posted(user), follow=True)
    assert "avec le statut équipe" not in answer.content.decode()


def test_superusers_still_do_everything(client):
    boss = User.objects.create_superuser("boss", password="first")
    client.force_login(boss)
    user = person("author")
    change(client, user, is_superuser="on")
    assert User.objects.get(pk=user.pk).is_superuser


def test_an_account_that_did_something_is_not_deleted(client, administrator):
    user = person("reviewer")
    LogEntry.objects.create(user=user, action_flag=2, object_repr="x")
    asked = client.get(page("auth_user_delete", user.pk)).content.decode()
    assert "Désactivez plutôt le compte" in asked
    client.post(page("auth_user_delete", user.pk), {"post": "yes"})
    assert LogEntry.objects.filter(user=user).exists()
    new = person("author", "new")
    client.post(page("auth_user_delete", new.pk), {"post": "yes"})
    assert not User.objects.filter(pk=new.pk).exists()


def test_deletions_are_in_the_journal(client, administrator):
    make_portal()
    article = Article.objects.get(slug=BILINGUAL)
    asked = client.get(page("troubleshooting_article_delete", article.pk)).content.decode()
    assert "object (" not in asked
    assert "Mots d’un message" not in asked
    client.post(page("troubleshooting_article_delete", article.pk), {"post": "yes"})
    Platform.objects.create(slug="chromeos", name="ChromeOS")
    form = {"action": "delete_selected", "post": "yes"}
    keys = [Platform.objects.get(slug="chromeos").pk]
    client.post(page("troubleshooting_platform_changelist"), {**form, "_selected_action": keys})
    journal = client.get(page("admin_logentry_changelist")).content.decode()
    assert "Plafond atteint" in journal
    assert "ChromeOS" in journal
    for role, status in (("reviewer", 403), ("author", 403)):
        client.force_login(person(role))
        assert client.get(page("admin_logentry_changelist")).status_code == status
