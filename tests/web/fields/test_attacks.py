"""Roles that hold within a field: who may do what to which article, by every way that changes one.

A row says who tries what on which article, and whether anything of it is another afterwards. Ways
are those of browsers and programs: what the pages would not offer is posted all the same.
"""

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.web import editors
from tests.web.fields.people import FIELDS
from tests.web.fields.ways import WAYS, World, snapshot, waiting
from troubleshooting.models import Article
from troubleshooting.rights import forget_fields

DONE, NOT = True, False
ROWS = [
    ("form: text", "ada", "own", DONE),
    ("form: text", "ada", "foreign", NOT),
    ("form: text", "ada", "foreign-draft", NOT),
    ("form: text", "ada", "shared", DONE),
    ("form: text", "ada", "general", NOT),
    ("form: text", "alan", "own", NOT),
    ("form: text", "alan", "own-draft", DONE),
    ("form: text", "alan", "own-archived", NOT),
    ("form: text", "alan", "foreign-draft", NOT),
    ("form: text", "nora", "own", NOT),
    ("form: text", "nora", "own-draft", NOT),
    ("form: text", "gina", "general", DONE),
    ("form: text", "gina", "own", NOT),
    ("form: text", "saul", "imported", DONE),
    ("form: text", "saul", "own", NOT),
    ("form: text", "ada", "imported", NOT),
    ("form: text", "max", "foreign", NOT),
    ("form: text", "max", "foreign-draft", DONE),
    ("form: text", "rita", "foreign", DONE),
    ("form: text", "admin", "foreign", DONE),
    ("form: kind", "ada", "foreign", NOT),
    ("form: kind", "ada", "own", DONE),
    ("form: audience", "alan", "foreign-draft", NOT),
    ("form: address", "ada", "foreign", NOT),
    ("form: platform comes", "ada", "own", NOT),
    ("form: platform comes", "max", "own", NOT),
    ("form: platform comes", "max", "own-draft", DONE),
    ("form: platform comes", "rita", "own", DONE),
    ("form: platform goes", "ada", "shared", NOT),
    ("form: platform goes", "rita", "shared", DONE),
    ("form: other platform", "ada", "own", NOT),
    ("form: other platform", "alan", "own-draft", NOT),
    ("form: all platforms", "ada", "own", NOT),
    ("form: all platforms", "gina", "general", NOT),
    ("form: platform goes", "gina", "general", NOT),
    ("form: send to review", "alan", "own-draft", DONE),
    ("form: send to review", "alan", "foreign-draft", NOT),
    ("status: publish", "ada", "own-review", DONE),
    ("status: publish", "ada", "foreign-review", NOT),
    ("status: publish", "alan", "own-review", NOT),
    ("status: publish", "max", "foreign-review", NOT),
    ("status: reject", "ada", "foreign-review", NOT),
    ("status: unpublish", "ada", "foreign", NOT),
    ("status: archive", "ada", "foreign", NOT),
    ("status: archive", "ada", "shared", DONE),
    ("status: archive", "nora", "own", NOT),
    ("status: reopen", "ada", "foreign-archived", NOT),
    ("status: reopen", "ada", "own-archived", DONE),
    ("bulk: publish", "ada", "foreign-review", NOT),
    ("bulk: archive", "ada", "foreign", NOT),
    ("bulk: archive", "ada", "own", DONE),
    ("bulk: reopen", "ada", "foreign-archived", NOT),
    ("bulk: kind", "ada", "foreign", NOT),
    ("bulk: audience", "ada", "foreign", NOT),
    ("bulk: owner", "ada", "foreign", NOT),
    ("bulk: review date", "ada", "foreign", NOT),
    ("bulk: reviewed", "ada", "foreign", NOT),
    ("bulk: reviewed", "ada", "own", DONE),
    ("bulk: reviewed", "max", "foreign", NOT),
    ("bulk: platforms in", "ada", "foreign", NOT),
    ("bulk: platforms in", "ada", "general", NOT),
    ("bulk: platforms out", "ada", "own", NOT),
    ("bulk: platforms out", "alan", "own-draft", NOT),
    ("bulk: undo of others", "ada", "foreign", NOT),
    ("bulk: undo of others", "ada", "own", DONE),
    ("pending: publish", "ada", "own", DONE),
    ("pending: publish", "ada", "foreign", NOT),
    ("pending: publish", "alan", "own", NOT),
    ("schedule: publish", "ada", "foreign-draft", NOT),
    ("schedule: publish", "ada", "own-draft", DONE),
    ("schedule: pending", "ada", "foreign", NOT),
    ("schedule: end", "ada", "foreign", NOT),
    ("schedule: cancel", "ada", "foreign", NOT),
    ("schedule: cancel", "ada", "own", DONE),
    ("merge: taken in", "ada", "foreign", NOT),
    ("merge: taken in", "ada", "shared", NOT),
    ("merge: taken in", "ada", "own-draft", DONE),
    ("merge: given", "ada", "foreign", NOT),
    ("split", "ada", "foreign", NOT),
    ("split", "ada", "shared", DONE),
    ("trash", "ada", "own", NOT),
    ("trash", "admin", "foreign", DONE),
    ("trash", "dora", "own", DONE),
    ("trash", "dora", "foreign", NOT),
    ("trash: restore", "dora", "own", DONE),
    ("trash: restore", "dora", "foreign", NOT),
    ("replace", "ada", "own", DONE),
    ("replace", "ada", "foreign", NOT),
    ("replace", "ada", "general", NOT),
    ("revision: restore", "ada", "own", DONE),
    ("revision: restore", "ada", "foreign", NOT),
    ("translate", "alan", "own-draft", DONE),
    ("translate", "ada", "foreign", NOT),
    ("translate", "alan", "foreign-draft", NOT),
    ("xliff", "ada", "own", DONE),
    ("xliff", "ada", "foreign", NOT),
    ("removed: keep", "ada", "own", DONE),
    ("removed: keep", "ada", "foreign", NOT),
    ("removed: archive", "ada", "foreign", NOT),
    ("snippet", "ada", "own", DONE),
    ("snippet", "ada", "foreign", NOT),
    ("snippet", "ada", "foreign-draft", NOT),
    ("snippet", "rita", "foreign", DONE),
    ("api: text", "ada", "own", DONE),
    ("api: text", "ada", "foreign", NOT),
    ("api: text", "alan", "foreign-draft", NOT),
    ("api: kind", "ada", "foreign", NOT),
    ("api: platform comes", "ada", "own", NOT),
    ("api: other platform", "ada", "own", NOT),
    ("api: all platforms", "ada", "own", NOT),
    ("api: publish", "ada", "foreign-review", NOT),
    ("api: publish", "ada", "own-review", DONE),
    ("api: archive", "ada", "foreign", NOT),
    ("api: restore", "ada", "foreign", NOT),
    ("api: restore", "ada", "own", DONE),
]


def changes(client, user: User, way: str, slug: str) -> bool:
    """Return whether anything is another after an attempt, of which nothing stays."""
    forget_fields(user)
    with transaction.atomic():
        world = World(client, user, Article.objects.get(slug=slug))
        client.force_login(user)
        before = snapshot()
        if callable(attempt := WAYS[way](world)):
            before = snapshot()
            attempt()
        found = snapshot() != before
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("who", FIELDS)
def test_who_may_do_what(client, people, who: str):
    rows = [row for row in ROWS if row[1] == who]
    wrong = [
        f"{way} on {slug}: expected {expected}"
        for way, _who, slug, expected in rows
        if changes(client, people[who], way, slug) is not expected
    ]
    assert not wrong, "\n".join(wrong)


def test_every_way_is_tried_on_what_is_outside():
    assert {way for way, _who, _slug, expected in ROWS if not expected} == set(WAYS)


# Without the setting.

PAGES = ["changelist", "add", "change", "revisions", "translate", "schedule", "pending", "merge"]


@pytest.mark.parametrize("page", PAGES)
def test_without_the_setting_nothing_is_asked(client, people, settings, page: str):
    settings.ROLES_BY_FIELD = False
    client.force_login(people["nora"])
    article = Article.objects.get(slug="foreign")
    of_text = page not in ("changelist", "add", "change")
    keys = [] if page in ("changelist", "add") else [article.pk, *(["fr"] if of_text else [])]
    if page == "pending":
        waiting(World(client, people["nora"], article))
    with CaptureQueriesContext(connection) as asked:
        assert client.get(editors.address(page, *keys)).status_code == 200
    assert not [
        each["sql"] for each in asked if "responsibility" in each["sql"].partition("FROM")[2]
    ]


def test_without_the_setting_roles_hold_everywhere(client, people, settings):
    settings.ROLES_BY_FIELD = False
    wrong = [row for row in ROWS if row[1] == "ada" and row[0] not in ("trash", "trash: restore")
             and not changes(client, people["ada"], row[0], row[2])]  # fmt: skip
    assert wrong == []
