"""The page of who is responsible for what, as administrators and editors use it."""

import pytest

from tests.web import editors
from tests.web.html import Page
from troubleshooting.models import AuditEntry, Platform, Responsibility

PAGE = "/fr/admin/responsibilities/"


@pytest.fixture
def admin(portal, client, settings):
    settings.ROLES_BY_FIELD = True
    found = editors.person("admin", "Administrator")
    client.force_login(found)
    return found


def words(answer) -> str:
    return Page(answer.content.decode()).words


def give(client, holder: str, role: str, field: str):
    return client.post(PAGE, {"holder": holder, "role": role, "field": field}, follow=True)


@pytest.mark.usefixtures("admin")
def test_a_field_is_given_and_taken_back_and_both_are_known_for_good(client):
    ada = editors.person("ada", "Reviewer")
    ios = Platform.objects.get(slug="ios")
    assert "domaines ont des articles mais aucun relecteur" in words(client.get(PAGE))
    said = words(give(client, f"user:{ada.pk}", "reviewer", f"platform:{ios.pk}"))
    assert "ada est responsable de\xa0: iOS/iPadOS." in said
    row = Responsibility.objects.get()
    assert (row.user, row.role, row.platform) == (ada, "reviewer", ios)
    assert "ada était déjà responsable" in words(
        give(client, f"user:{ada.pk}", "reviewer", f"platform:{ios.pk}")
    )
    said = words(client.post(PAGE, {"take": str(row.pk)}, follow=True))
    assert "ada n’est plus responsable de\xa0: iOS/iPadOS." in said
    assert not Responsibility.objects.exists()
    acts = AuditEntry.objects.filter(kind="responsibility").order_by("pk")
    assert [(one.act, one.who) for one in acts] == [("added", "admin"), ("deleted", "admin")]
    assert acts[0].after["field"] == acts[1].before["field"] == "iOS/iPadOS"


@pytest.mark.parametrize(
    ("holder", "role", "field"),
    [
        ("", "reviewer", "everything:0"),
        ("user:99999", "reviewer", "everything:0"),
        ("user:{ada}", "administrator", "everything:0"),
        ("user:{ada}", "reviewer", ""),
        ("user:{ada}", "reviewer", "platform:99999"),
        ("user:{reader}", "reviewer", "everything:0"),
    ],
)
@pytest.mark.usefixtures("admin")
def test_what_is_no_choice_is_refused(client, holder: str, role: str, field: str):
    ada, reader = editors.person("ada", "Author"), editors.person("lecteur")
    reader.is_staff = False
    reader.save()
    answer = give(client, holder.format(ada=ada.pk, reader=reader.pk), role, field)
    assert "errorlist" in answer.content.decode()
    assert not Responsibility.objects.exists()


@pytest.mark.parametrize("group", ["Author", "Reviewer"])
@pytest.mark.usefixtures("admin")
def test_editors_see_it_and_change_nothing(client, group: str):
    user = editors.person("ada", group)
    row = Responsibility.objects.create(user=user, role="author", scope="everything")
    client.force_login(user)
    page = Page(client.get(PAGE).content.decode())
    assert "Qui est responsable de quoi" in page.words
    assert not page.all("select", name="field")
    assert give(client, f"user:{user.pk}", "reviewer", "everything:0").status_code == 403
    assert client.post(PAGE, {"take": str(row.pk)}).status_code == 403
    assert Responsibility.objects.get() == row


def test_it_stands_in_the_menu_where_it_is_in_force(client, admin, settings):
    assert PAGE in client.get("/fr/admin/").content.decode()
    settings.ROLES_BY_FIELD = False
    assert PAGE not in client.get("/fr/admin/").content.decode()
    assert "ne sont pas en vigueur" in words(client.get(PAGE))  # prepared before it is


def test_staff_without_a_role_see_nothing(client, admin):
    client.force_login(editors.person("lecteur"))
    assert client.get(PAGE).status_code == 403
