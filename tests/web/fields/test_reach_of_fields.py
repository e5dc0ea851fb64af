"""What a field of responsibility opens and leaves open, beside the articles that it holds."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.web import editors
from tests.web.fields.people import ARTICLES, give
from tests.web.fields.ways import World, api_text, platform, snapshot
from tests.web.html import Page
from troubleshooting.editing import (
    change_many,
    change_status,
    merge_platforms,
    publish_pending,
    take_back,
    trash_articles,
)
from troubleshooting.editing.scheduling import carry_out_due, schedule_publication
from troubleshooting.models import (
    Article,
    ArticleTranslation,
    Comment,
    ImportRun,
    Notice,
    PendingRevision,
    Platform,
    Responsibility,
    ScheduledChange,
    Source,
)
from troubleshooting.rights import forget_fields, may_edit


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


def test_what_mixes_in_the_trash_changes_nothing_and_undone_is_what_one_may(client, people):
    both = list(Article.objects.filter(slug__in=["own", "foreign"]))
    with pytest.raises(PermissionDenied):
        trash_articles(both, user=people["dora"])
    outcome = change_many(
        both, lambda one: change_status(one, "archive", user=people["admin"]),
        action="archive", user=people["admin"],
    )  # fmt: skip
    assert outcome.change
    undone = take_back(outcome.change, user=people["ada"])
    ((reason, left),) = undone.skipped.items()
    assert ("hors de votre domaine" in reason, [one.slug for one in left]) == (True, ["foreign"])
    states = Article.objects.filter(pk__in=[one.pk for one in both])
    assert dict(states.values_list("slug", "status")) == {"own": "published", "foreign": "archived"}
    assert take_back(outcome.change, user=people["rita"]).count == 1


@pytest.mark.parametrize(("slug", "may"), [("android", True), ("ios", False)])
def test_a_platform_is_changed_by_who_reviews_it(client, people, slug: str, may: bool):
    row = platform(slug)
    page = f"/fr/admin/troubleshooting/platform/{row.pk}/change/"
    client.force_login(people["ada"])
    form = {"name": "Changed", "slug": "changed", "icon": "", "position": "3"}
    assert client.post(page, form).status_code == (302 if may else 403)
    assert Platform.objects.filter(slug="changed").exists() is may
    world = World(client, people["ada"], Article.objects.get(slug="own"))
    path = f"platforms/{'changed' if may else slug}/"
    answer = world.api("put", path, {"name": "Again", "slug": "again"})
    assert answer.status_code == (200 if may else 403)
    assert Platform.objects.filter(slug="again").exists() is may


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
