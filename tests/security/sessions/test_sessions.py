"""What is remembered of a session is believed only while nothing that says who asks has changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.kept import inserted
from tests.people import make_groups, person
from tests.web.content import BILINGUAL, DRAFT, make_portal, write
from troubleshooting.caching import sessions, version

PAGE = f"/fr/articles/{BILINGUAL}/"
DRAFT_PAGE = f"/fr/articles/{DRAFT}/"
NOTE = "Appeler le troisieme niveau"


@pytest.fixture
def portal(db):
    cache.clear()
    made = inserted(0, make_portal)
    write(made.articles[BILINGUAL], "fr", "Plafond", problem="P.", internal=NOTE)
    make_groups()
    return made


@pytest.fixture
def signed_in(portal) -> Callable[[str], Client]:
    """Return a function that makes a client which the portal remembers."""

    def make(role: str) -> Client:
        client = Client()
        client.force_login(person(role))
        for _ in range(2):
            for page in (PAGE, DRAFT_PAGE):
                client.get(page)
        assert queries(client, PAGE) == 1
        return client

    return make


def queries(client: Client, page: str) -> int:
    """Return how many queries a page costs."""
    with CaptureQueriesContext(connection) as asked:
        client.get(page)
    return len(asked)


def sees(client: Client) -> str:
    """Return the kind of reader that the pages are for, and the name that they say."""
    text = client.get(PAGE).content.decode()
    kind = "staff" if NOTE in text else "public"
    kind = "editor" if client.get(DRAFT_PAGE).status_code == 200 else kind
    name = text.split('class="signed-in"')[1] if 'class="signed-in"' in text else ""
    return f"{kind} {name.split('<span>')[1].split('<')[0]}" if name else f"{kind} anonymous"


def give(name: str, *codenames: str) -> None:
    User.objects.get(username=name).user_permissions.set(
        Permission.objects.filter(codename__in=codenames)
    )


#: What happens -> who it is remembered of, how it happens, and what they are afterwards.
CHANGES: dict[str, tuple[str, Callable[[Client], object], str]] = {
    "nothing": ("author", lambda _: None, "editor author"),
    "another signs in": ("staff", lambda _: Client().force_login(person("reader")), "staff staff"),
    "signs out": ("author", lambda client: client.post("/fr/sign-out/"), "public anonymous"),
    "the session is deleted": (
        "author", lambda _: Session.objects.all().delete(), "public anonymous",
    ),
    "the session expires": (
        "author", lambda _: Session.objects.update(expire_date=timezone.now()), "public anonymous",
    ),
    "is deactivated": (
        "author", lambda _: User.objects.update(is_active=False), "public anonymous",
    ),
    "is deleted": ("author", lambda _: User.objects.all().delete(), "public anonymous"),
    "has another password": (
        "author", lambda _: User.objects.update(password="another"), "public anonymous",
    ),
    "becomes staff": ("reader", lambda _: User.objects.update(is_staff=True), "staff reader"),
    "is no staff any more": (
        "author", lambda _: User.objects.update(is_staff=False), "public author",
    ),
    "becomes a superuser": (
        "staff", lambda _: User.objects.update(is_superuser=True), "editor staff",
    ),
    "leaves its group": ("author", lambda _: User.groups.through.objects.all().delete(),
                         "staff author"),
    "joins a group": (
        "staff",
        lambda _: User.objects.get().groups.add(Group.objects.get(name="Author")),
        "editor staff",
    ),
    "the group loses its permissions": (
        "author", lambda _: Group.objects.get(name="Author").permissions.clear(), "staff author",
    ),
    "the group is deleted": ("author", lambda _: Group.objects.all().delete(), "staff author"),
    "is given the permission": ("staff", lambda _: give("staff", "change_article"),
                                "editor staff"),
    "the permission is renamed": (
        "author",
        lambda _: Permission.objects.filter(codename="change_article").update(codename="x"),
        "staff author",
    ),
    "has another name": ("staff", lambda _: User.objects.update(username="renamed"),
                         "staff renamed"),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_counts_at_once(signed_in, change: str):
    role, happens, after = CHANGES[change]
    client = signed_in(role)
    happens(client)
    assert sees(client) == after


@pytest.mark.parametrize("role", ["reader", "staff", "author"])
def test_a_page_made_anew_does_not_ask_again_who_asks(signed_in, role: str):
    client = signed_in(role)
    version.renew(connection)
    with CaptureQueriesContext(connection) as asked:
        text = client.get(PAGE).content.decode()
    assert f"<span>{role}</span>" in text
    assert (NOTE in text) is (role != "reader")
    assert not [query["sql"] for query in asked if "auth_" in query["sql"]]


def test_an_expired_session_is_nobodys(signed_in, monkeypatch):
    client = signed_in("author")
    later = timezone.now() + timedelta(days=15)
    monkeypatch.setattr(version.timezone, "now", lambda: later)
    assert sees(client) == "public anonymous"


def test_a_change_taken_back_never_was(signed_in):
    client = signed_in("author")
    with transaction.atomic():
        User.objects.update(is_active=False)
        assert sees(client).startswith("public")
        transaction.set_rollback(True)
    assert sees(client) == "editor author"


def test_one_sign_in_costs_nobody_else_anything(signed_in):
    client = signed_in("staff")
    other = Client()
    User.objects.create_user("other", password="other-password")
    client.get(PAGE)
    assert other.login(username="other", password="other-password")
    assert queries(client, PAGE) == 1


@pytest.mark.usefixtures("portal")
def test_a_made_up_session_is_nobodys(signed_in):
    signed_in("author")
    client = Client()
    for key in ("", "x", "a" * 32, "'; --", "\ud800"[:0], "x" * 5000):
        client.cookies["sessionid"] = key
        assert sees(client) == "public anonymous"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SESSION_ENGINE", "django.contrib.sessions.backends.cache"),
        ("SESSION_SAVE_EVERY_REQUEST", True),
        ("AUTHENTICATION_BACKENDS", [f"{__name__}.ElsewhereBackend"]),
    ],
)
def test_where_something_else_says_who_asks_nobody_is_looked_up(settings, name, value):
    """The test has no database, so asking it would fail."""
    setattr(settings, name, value)
    assert sessions.session_state(connection, "any") is None


class ElsewhereBackend:
    """Takes permissions from somewhere else."""

    def has_perm(self, user, permission, obj=None) -> bool:
        return True


def test_the_list_names_the_tables_that_say_who_asks(portal):
    client = Client()
    user = person("author")
    client.force_login(user)
    with CaptureQueriesContext(connection) as asked:
        client.get("/fr/search/suggestions/?q=plafond")
        client.get("/fr/admin/")
    statements = " ".join(query["sql"] for query in asked)
    tables = set(connection.introspection.table_names())
    foreign = {table for table in tables if not table.startswith("troubleshooting_")}
    read = {table for table in foreign if f'"{table}"' in statements}
    known = {*version.ACCOUNTS, "django_session", "django_admin_log"}
    assert {"auth_user", "auth_permission", "auth_user_groups"} <= read <= known
