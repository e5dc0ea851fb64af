"""Roles that hold within a field: who may do what to which article, by every way that changes one.

A row says who tries what on which article, and whether anything of it is another afterwards. Ways
are those of browsers and programs: what the pages would not offer is posted all the same.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core import serializers
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.web import editors
from tests.web.content import DOCUMENT, write
from tests.web.html import Page
from troubleshooting.api.preconditions import revision_etag
from troubleshooting.editing import (
    change_many,
    change_status,
    merge_platforms,
    publish_pending,
    save_pending,
    take_back,
    trash_articles,
)
from troubleshooting.editing.reusing import save_snippet
from troubleshooting.editing.scheduling import carry_out_due, schedule_end, schedule_publication
from troubleshooting.models import (
    Article,
    ArticleTranslation,
    BulkChange,
    Comment,
    ImportRun,
    Notice,
    PendingRevision,
    Platform,
    RenderedTranslation,
    Responsibility,
    ScheduledChange,
    Snippet,
    Source,
    SourceDocument,
    SourceEntry,
    StatusChange,
    TrashedArticle,
    UnfinishedTranslation,
)
from troubleshooting.rights import forget_fields, may_edit
from troubleshooting.tokens.issuing import issue

#: The articles of the tests: their platforms, their status.
ARTICLES = {
    "own": (["android"], "published"),
    "own-draft": (["android"], "draft"),
    "own-review": (["android"], "in_review"),
    "own-archived": (["android"], "archived"),
    "foreign": (["ios"], "published"),
    "foreign-draft": (["ios"], "draft"),
    "foreign-review": (["ios"], "in_review"),
    "foreign-archived": (["ios"], "archived"),
    "shared": (["android", "ios"], "published"),
    "general": ([], "published"),
    "general-draft": ([], "draft"),
    "imported": (["macos"], "published"),
}
TEXT = {"problem": "Un **mot**.\n", "resolution": "### A\n\n1.  Un.\n\n### B\n\n1.  Deux.\n"}
#: Tries at once, or makes ready and returns what tries then.
Way = Callable[["World"], Any]


class World:
    """One attempt: who tries, by which browser, on which article."""

    def __init__(self, client, user: User, article: Article) -> None:
        self.client, self.user, self.article = client, user, article

    def post(self, page: str, **values: Any) -> Any:
        """Post to a page of the text in French."""
        return self.client.post(editors.address(page, self.article.pk, "fr"), values)

    def api(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        secret = issue(self.user, "x", ["read", "write", "import"], 1).secret
        self.client.logout()
        headers = {"authorization": f"Bearer {secret}", **headers}
        ask = getattr(self.client, method)
        return ask(f"/api/v1/{path}", body, "application/json", headers=headers)

    def form(self, **changes: Any) -> Any:
        """Send the form of the article as if its fields were open."""
        form = {**editors.posted(self.article, "fr"), "base_pending": "0", **changes}
        return self.client.post(editors.address("change", self.article.pk), form)

    def bulk(self, action: str, *others: Article, **values: Any) -> Any:
        chosen = [self.article.pk, *(one.pk for one in others)]
        form = {"action": action, "_selected_action": chosen, "apply": "1", **values}
        return self.client.post(editors.address("changelist"), form)


def platform(slug: str) -> Platform:
    return Platform.objects.get(slug=slug)


def snapshot() -> str:
    """Return all that is decided and said of articles by now; what is proposed is not."""
    models = (
        Article, ArticleTranslation, RenderedTranslation, UnfinishedTranslation, StatusChange,
        ScheduledChange, SourceEntry,
    )  # fmt: skip
    rows = [row for model in models for row in model.objects.order_by("pk")]
    return serializers.serialize("json", rows)


def waiting(world: World, *, of: User | None = None) -> PendingRevision:
    """Return what waits of the article, written by somebody else."""
    text = world.article.translations.get(language="fr")
    made = save_pending(
        article=world.article, language="fr", author=of, base_revision=text.revision_number,
        texts={**text.texts(), "cause": "Autre chose."},
    )  # fmt: skip
    assert made
    PendingRevision.objects.filter(pk=made.pk).update(state="submitted")
    return made


def pending(act: str) -> Way:
    def way(world: World) -> Any:
        waiting(world)
        return lambda: world.post("pending", act=act, number="1", comment="Non.")

    return way


def scheduled(act: str) -> Way:
    moment = (timezone.localtime() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")

    def way(world: World) -> None:
        if act == "pending":
            waiting(world)
        world.post("schedule", act=act, at=moment, number="1")

    return way


def status(transition: str) -> Way:
    def way(world: World) -> None:
        world.client.post(
            editors.address("status", world.article.pk, transition), {"comment": "Parce que."}
        )

    return way


def lead_by_form(world: World) -> None:
    world.form(_transition="submit")


def platforms(*slugs: str) -> Way:
    def way(world: World) -> None:
        world.form(platforms=[platform(slug).pk for slug in slugs])

    return way


def replace(world: World) -> None:
    texts = ArticleTranslation.objects.filter(article=world.article)
    chosen = {"find": "mot", "replace": "terme", "text": [text.pk for text in texts]}
    world.client.post("/fr/admin/replace/", chosen)


def restore(world: World) -> Any:
    write(world.article, "fr", "Deuxième", **TEXT)
    return lambda: world.post("revisions", restore="1", base_revision="2")


def merge_in(world: World) -> None:
    """Take the article into one of one's own."""
    own = Article.objects.get(slug="own")
    world.client.post(editors.address("merge", own.pk, "fr"), {"other": world.article.pk})


def merge_out(world: World) -> None:
    """Give one's own article to another."""
    world.post("merge", other=Article.objects.get(slug="own").pk)


def split(world: World) -> None:
    text = world.article.translations.get(language="fr")
    world.post(
        "split", part="resolution-2", title_fr="Neuf", revision_fr=str(text.revision_number),
        token="t", look="1", confirm="1", act="split",
    )  # fmt: skip


def translate(world: World) -> None:
    """Send the page with a word in every row, whether or not it offers to."""
    address = editors.address("translate", world.article.pk, "en")
    form: dict[str, Any] = {"whole": "1"}
    for element in Page(world.client.get(address).content.decode()).elements:
        name = element.get("name") or ""
        if element.tag == "textarea":
            form.setdefault(name, []).append("Word")
        elif name.startswith("form-"):
            value = element.get("value") if element.tag == "input" else "block:0"
            form.setdefault(name, []).append(value)
        elif name in ("base_revision", "base_unfinished", "source_revision"):
            form[name] = element.get("value")
    world.client.post(address, form)


def take_xliff(world: World) -> None:
    address = editors.address("xliff", world.article.pk, "en")
    raw = world.client.get(address).content.replace(b"<target/>", b"")
    filled = raw.replace(b"</source>", b"</source><target>Word</target>")
    world.client.post(address, {"file": SimpleUploadedFile("a.xlf", filled)})


def trash(world: World) -> None:
    world.client.post(editors.address("delete", world.article.pk), {"post": "yes"})


def bulk(action: str, **values: Any) -> Way:
    return lambda world: world.bulk(action, **values)


def bulk_platforms(*slugs: str) -> Way:
    return lambda world: world.bulk(
        "set_platforms", platforms=[platform(slug).pk for slug in slugs]
    )


def bulk_owner(world: World) -> None:
    world.bulk("set_owner", owner=world.user.pk)


def undo_of_others(world: World) -> Any:
    """Take back what somebody else did to it."""
    admin = User.objects.get(username="admin")
    change_many(
        [world.article],
        lambda one: Article.objects.filter(pk=one.pk).update(kind="advice"),
        action="set_kind",
        user=admin,
    )
    key = BulkChange.objects.get().pk
    return lambda: world.client.post(f"/fr/admin/troubleshooting/bulkchange/{key}/undo/")


def removed(action: str) -> Way:
    """Decide about the article of a part that its document no longer holds."""

    def way(world: World) -> Any:
        entry = SourceEntry.objects.create(
            document=SourceDocument.objects.filter(key=DOCUMENT)[0], article=world.article,
            anchor="x", position=900, first_line=1, last_line=2, removed=timezone.now(),
        )  # fmt: skip
        form = {"action": action, "_selected_action": [entry.pk]}
        return lambda: world.client.post("/fr/admin/troubleshooting/sourceentry/", form)

    return way


def snippet(world: World) -> Any:
    """Change a snippet that the article holds."""
    made = save_snippet(Snippet(key="relance"), {"fr": "1.  Un."}, author=None).snippet
    write(world.article, "fr", "Titre", problem="[!SNIPPET relance]\n")
    form = {"text_fr": "1.  Neuf.", "text_en": "", "base_version": "1"}
    address = f"/fr/admin/troubleshooting/snippet/{made.pk}/change/"
    return lambda: world.client.post(address, form)


def restore_from_trash(world: World) -> Any:
    admin = User.objects.get(username="admin")
    trash_articles([world.article], user=admin)
    key = TrashedArticle.objects.get().pk
    return lambda: world.client.post(f"/fr/admin/troubleshooting/trashedarticle/{key}/restore/")


def cancel_schedule(world: World) -> Any:
    row = schedule_end(
        world.article, timezone.now() + timedelta(days=3), user=User.objects.get(username="admin")
    )
    return lambda: world.post("schedule", act="cancel", row=str(row.pk))


def api_text(world: World) -> Any:
    number = world.article.translations.get(language="fr").revision_number
    body = {"title": "Autre", "problem": "Autre."}
    return world.api(
        "put", f"articles/{world.article.pk}/texts/fr/", body, **{"if-match": revision_etag(number)}
    )


def api_details(**values: Any) -> Way:
    return lambda world: world.api("patch", f"articles/{world.article.pk}/", values)


def api_status(transition: str) -> Way:
    return lambda world: world.api(
        "post", f"articles/{world.article.pk}/status/",
        {"transition": transition, "comment": "Non.", "accept_missing": True},
    )  # fmt: skip


def api_restore(world: World) -> Any:
    write(world.article, "fr", "Deuxième", **TEXT)
    path = f"articles/{world.article.pk}/texts/fr/revisions/1/restore/"
    return lambda: world.api("post", path, None, **{"if-match": revision_etag(2)})


WAYS: dict[str, Way] = {
    "form: text": lambda world: world.form(cause="Autre."),
    "form: kind": lambda world: world.form(kind="error"),
    "form: audience": lambda world: world.form(audience="staff"),
    "form: address": lambda world: world.form(slug="ailleurs"),
    "form: platform comes": platforms("android", "ios"),
    "form: platform goes": platforms("android"),
    "form: other platform": platforms("ios"),
    "form: all platforms": platforms(),
    "form: send to review": lead_by_form,
    "status: publish": status("publish"),
    "status: reject": status("reject"),
    "status: unpublish": status("unpublish"),
    "status: archive": status("archive"),
    "status: reopen": status("reopen"),
    "bulk: publish": bulk("publish"),
    "bulk: archive": bulk("archive"),
    "bulk: reopen": bulk("reopen"),
    "bulk: kind": bulk("set_kind", kind="error"),
    "bulk: audience": bulk("set_audience", audience="staff"),
    "bulk: owner": bulk_owner,
    "bulk: review date": bulk("set_review_date", review_due="2030-01-02"),
    "bulk: reviewed": bulk("mark_as_reviewed"),
    "bulk: platforms in": bulk_platforms("android"),
    "bulk: platforms out": bulk_platforms("ios"),
    "bulk: undo of others": undo_of_others,
    "pending: publish": pending("publish"),
    "schedule: publish": scheduled("publish"),
    "schedule: pending": scheduled("pending"),
    "schedule: end": scheduled("end"),
    "schedule: cancel": cancel_schedule,
    "merge: taken in": merge_in,
    "merge: given": merge_out,
    "split": split,
    "trash": trash,
    "trash: restore": restore_from_trash,
    "replace": replace,
    "revision: restore": restore,
    "translate": translate,
    "xliff": take_xliff,
    "removed: keep": removed("keep"),
    "removed: archive": removed("archive"),
    "snippet": snippet,
    "api: text": api_text,
    "api: kind": api_details(kind="error"),
    "api: platform comes": api_details(platforms=["android", "ios"]),
    "api: other platform": api_details(platforms=["ios"]),
    "api: all platforms": api_details(platforms=[]),
    "api: publish": api_status("publish"),
    "api: archive": api_status("archive"),
    "api: restore": api_restore,
}
# ada reviews android; alan writes about android; rita reviews all; gina reviews what is for all
# platforms; dora may put articles into the trash and reviews android; saul reviews what came from
# a source; nora has the role and no field; max reviews android and writes about ios; admin gives
# fields.
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


FIELDS = {
    "ada": ("Reviewer", [("reviewer", "android")]),
    "alan": ("Author", [("author", "android")]),
    "rita": ("Reviewer", [("reviewer", "everything")]),
    "gina": ("Reviewer", [("reviewer", "general")]),
    "saul": ("Reviewer", [("reviewer", "source")]),
    "nora": ("Reviewer", []),
    "max": ("Reviewer", [("reviewer", "android"), ("author", "ios")]),
    "dora": ("Reviewer", [("reviewer", "android")]),
    "admin": ("Administrator", []),
}


def give(user: User, role: str, field: str) -> None:
    """Make ``user`` responsible for a platform, or for what a scope says."""
    values: dict[str, Any] = {"scope": field}
    if field == "source":
        values["source"] = Source.objects.get()
    elif field not in ("everything", "general"):
        values = {"scope": "platform", "platform": platform(field)}
    Responsibility.objects.create(user=user, role=role, **values)
    forget_fields(user)


@pytest.fixture
def people(portal, settings) -> dict[str, User]:
    """Return the people by name, each with their fields, and the articles made for them."""
    settings.ROLES_BY_FIELD = True
    Article.objects.all().delete()
    for slug, (slugs, state) in ARTICLES.items():
        article = Article.objects.create(slug=slug, status=state)
        article.platforms.set(Platform.objects.filter(slug__in=slugs))
        write(article, "fr", f"Titre {slug}", **TEXT)
    source = Source.objects.create(slug="s", name="S", location="/s")
    document = SourceDocument.objects.filter(key=DOCUMENT)[0]
    SourceDocument.objects.filter(pk=document.pk).update(source=source)
    SourceEntry.objects.create(
        document=document, article=Article.objects.get(slug="imported"), anchor="a", position=800,
        first_line=1, last_line=2,
    )  # fmt: skip
    found = {name: editors.person(name, group) for name, (group, _fields) in FIELDS.items()}
    for name, (_group, fields) in FIELDS.items():
        for role, field in fields:
            give(found[name], role, field)
    found["dora"].user_permissions.add(Permission.objects.get(codename="delete_article"))
    return found


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


# What is left open to everybody, and what is not an article yet.


def sees(client, path: str) -> str:
    return Page(client.get(path).content.decode()).words


@pytest.mark.parametrize("who", ["ada", "alan", "nora"])
def test_outside_their_field_people_read_comment_and_propose(client, people, who: str):
    article = Article.objects.get(slug="foreign")
    client.force_login(people[who])
    before = snapshot()
    world = World(client, people[who], article)
    assert "Titre foreign" in sees(client, editors.address("change", article.pk))
    world.form(cause="Un conseil.", _submit="1")
    pending = PendingRevision.objects.get(article=article)
    assert (pending.author, pending.state) == (people[who], "submitted")
    world.post("comments", act="say", text="À revoir.")
    assert Comment.objects.filter(article=article, author=people[who]).count() == 1
    assert snapshot() == before
    publish_pending(pending, user=people["rita"])
    assert article.translations.get().cause.strip() == "Un conseil."


def test_a_program_proposes_outside_its_field(client, people):
    world = World(client, people["ada"], Article.objects.get(slug="foreign"))
    assert api_text(world).status_code == 202
    assert PendingRevision.objects.get().author == people["ada"]


@pytest.mark.parametrize(
    ("who", "slugs", "made"),
    [
        ("ada", ["android"], True),
        ("alan", ["android"], True),
        ("alan", ["android", "ios"], False),
        ("ada", ["ios"], False),
        ("ada", [], False),
        ("gina", [], True),
        ("gina", ["android"], False),
        ("max", ["android", "ios"], True),
        ("nora", ["android"], False),
        ("saul", ["macos"], False),
        ("rita", ["ios"], True),
        ("admin", [], True),
    ],
)
def test_where_a_new_article_may_stand(client, people, who: str, slugs: list[str], made: bool):
    number = Article.objects.count()
    client.force_login(people[who])
    keys = [platform(slug).pk for slug in slugs]
    form = editors.posted(None, title="Neuf", problem="P.", draft="t", platforms=keys)
    client.post(editors.address("add"), form)
    assert (Article.objects.count() > number) is made
    world = World(client, people[who], Article.objects.get(slug="own"))
    body = {"language": "fr", "title": "Neuf aussi", "details": {"platforms": slugs}}
    assert (world.api("post", "articles/", body).status_code == 201) is made


def test_a_list_that_mixes_changes_its_part_and_says_the_rest(client, people):
    client.force_login(people["ada"])
    own, shared, foreign, general = (
        Article.objects.get(slug=slug) for slug in ("own", "shared", "foreign", "general")
    )
    answer = World(client, people["ada"], own).bulk("archive", shared, foreign, general)
    said = sees(client, answer.headers["Location"])
    states = {one.slug: one.status for one in Article.objects.all()}
    assert [states[slug] for slug in ("own", "shared", "foreign", "general")] == [
        "archived", "archived", "published", "published",
    ]  # fmt: skip
    assert "2 articles ont été modifiés" in said
    assert "2 articles ont été laissés de côté" in said
    assert "hors de votre domaine" in said


def test_what_mixes_in_the_trash_or_in_what_is_undone_changes_nothing(client, people):
    both = list(Article.objects.filter(slug__in=["own", "foreign"]))
    with pytest.raises(PermissionDenied):
        trash_articles(both, user=people["dora"])
    outcome = change_many(
        both, lambda one: change_status(one, "archive", user=people["admin"]),
        action="archive", user=people["admin"],
    )  # fmt: skip
    assert outcome.change
    with pytest.raises(ValidationError):
        take_back(outcome.change, user=people["ada"])
    assert not Article.objects.filter(pk__in=[one.pk for one in both], status="published").exists()
    assert take_back(outcome.change, user=people["rita"]) == (2, 0)


def test_find_and_replace_counts_what_it_leaves_out(client, people):
    client.force_login(people["ada"])
    page = client.get("/fr/admin/replace/", {"find": "mot", "replace": "terme"}).content.decode()
    shown = {box.get("value") for box in Page(page).all("input", type="checkbox", name="text")}
    own = {"own", "own-draft", "own-review", "own-archived", "shared"}
    texts = ArticleTranslation.objects.filter(article__slug__in=own)
    assert shown == {str(text.pk) for text in texts}
    assert f"{len(ARTICLES) - len(own)} textes ont été laissés de côté" in Page(page).words


def test_what_was_allowed_is_not_done_for_who_lost_the_field(people):
    article = Article.objects.get(slug="own-draft")
    soon = timezone.now() + timedelta(minutes=5)
    schedule_publication(article, soon, user=people["ada"])
    people["ada"].responsibilities.all().delete()
    assert carry_out_due(soon + timedelta(minutes=1)) == 0
    article.refresh_from_db()
    assert article.status == "draft"
    assert ScheduledChange.objects.get().refused


@pytest.mark.parametrize(("who", "may"), [("ada", 0), ("saul", 0), ("rita", 1), ("admin", 1)])
def test_an_import_is_for_who_is_responsible_for_everything(client, people, who: str, may: int):
    client.force_login(people[who])
    page = "/fr/admin/troubleshooting/sourcedocument/import/"
    source = Source.objects.get()
    start = f"/fr/admin/troubleshooting/source/{source.pk}/start/"
    assert client.get(page).status_code == (200 if may else 403)
    assert client.post(start).status_code == (302 if may else 403)
    world = World(client, people[who], Article.objects.get(slug="own"))
    text = "# T\n\n## Erreur\n\nUn.\n"
    body = {"files": [{"name": "a.md", "text": text}], "language": "fr"}
    assert world.api("post", "imports/", body).status_code == (202 if may else 403)
    if not may:
        assert not ImportRun.objects.exists()


def test_platforms_that_become_one_take_their_people_along(people):
    android, ios = platform("android"), platform("ios")
    for user in (people["ada"], people["dora"]):
        user.user_permissions.add(Permission.objects.get(codename="delete_platform"))
    with pytest.raises(PermissionDenied):
        merge_platforms(android, [ios], user=User.objects.get(username="ada"))
    merge_platforms(ios, [android], user=people["admin"])
    forget_fields(people["ada"])
    assert may_edit(people["ada"], Article.objects.get(slug="foreign"))


def test_a_group_has_a_field_for_its_members(people):
    team = Group.objects.create(name="Équipe Apple")
    Responsibility.objects.create(
        group=team, role="author", scope="platform", platform=platform("ios")
    )
    draft = Article.objects.get(slug="foreign-draft")
    assert not may_edit(people["alan"], draft)
    people["alan"].groups.add(team)
    forget_fields(people["alan"])
    assert may_edit(people["alan"], draft)
    assert not may_edit(people["alan"], Article.objects.get(slug="foreign"))


def test_a_field_gives_nobody_more_than_their_role(people):
    give(people["alan"], "reviewer", "everything")
    assert not may_edit(people["alan"], Article.objects.get(slug="own"))
    reader = editors.person("lecteur")
    give(reader, "reviewer", "everything")
    assert not may_edit(reader, Article.objects.get(slug="own-draft"))


@pytest.mark.parametrize(
    ("slug", "told"),
    [
        ("own-draft", {"ada", "dora", "max"}),
        ("foreign-draft", {"rita"}),  # nobody reviews it but who reviews all
        ("general-draft", {"gina"}),
    ],
)
def test_those_responsible_are_told(people, slug: str, told: set[str]):
    change_status(Article.objects.get(slug=slug), "submit", user=people["admin"])
    assert set(Notice.objects.values_list("user__username", flat=True)) == told


def test_where_nobody_is_responsible_administrators_are_told(people):
    Responsibility.objects.exclude(user=people["ada"]).delete()
    boss = editors.person("boss", "Administrator")
    change_status(Article.objects.get(slug="foreign-draft"), "submit", user=boss)
    assert set(Notice.objects.values_list("user__username", flat=True)) == {"admin"}


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
