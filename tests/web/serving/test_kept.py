"""Pages that are not made anew, and never show what is outdated."""

import gzip
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.template import engines
from django.test import RequestFactory
from django.utils import timezone

from tests.web.content import BILINGUAL, DOCUMENT, DRAFT, make_portal, write
from troubleshooting.caching import pages, responses, version
from troubleshooting.models import (
    Article,
    ArticleTranslation,
    ErrorCode,
    Platform,
    RenderedTranslation,
    SearchLog,
    SourceDocument,
)

PATH = f"/fr/articles/{BILINGUAL}/"
PAGES = [PATH, "/fr/", "/fr/documents/", f"/fr/documents/{DOCUMENT}/", "/fr/platforms/android/"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.usefixtures("portal")
def test_304_takes_one_query_and_no_rendering(
    client, django_assert_max_num_queries, monkeypatch, path
):
    first = client.get(path)
    assert first.headers["Cache-Control"] == "no-cache"
    monkeypatch.setattr(
        "django.template.response.SimpleTemplateResponse.render",
        lambda self: pytest.fail("a page was rendered"),
    )
    with django_assert_max_num_queries(1):
        again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    with django_assert_max_num_queries(1):
        repeated = client.get(path)
    assert repeated.content == first.content
    assert repeated.headers["Content-Language"] == "fr"
    assert "Content-Security-Policy" in repeated.headers
    assert client.head(path).status_code == 200


CHANGES = {
    "text": lambda portal: write(portal.articles[BILINGUAL], "fr", "Neuf", problem="Neuf."),
    "other language": lambda portal: write(portal.articles[BILINGUAL], "en", "New", problem="N."),
    "neighbour": lambda portal: write(portal.articles["conseils"], "fr", "Neuf", problem="N."),
    "update": lambda portal: Article.objects.filter(slug=BILINGUAL).update(kind="advice"),
    "platforms": lambda portal: portal.articles[BILINGUAL].platforms.clear(),
    "platform": lambda portal: Platform.objects.filter(slug="android").update(name="Droïde"),
    "document": lambda portal: SourceDocument.objects.update(title="Autre titre"),
    "withdrawn": lambda portal: Article.objects.filter(slug="conseils").delete(),
    "raw": lambda portal: connection.cursor().execute(
        "UPDATE troubleshooting_article SET kind = 'advice'"
    ),
    "code": lambda portal: ErrorCode.objects.create(canonical="X_Y", kind="symbol"),
}


def _text(portal):
    """The French text of the article that is read."""
    return portal.articles[BILINGUAL].translations.filter(language="fr")


#: What a part of the page says, before and after each change: all parts that are kept by what
#: they are made of.
PARTS = {
    "title": (lambda p: _text(p).update(title="Neuf <b>"), "<h1>Neuf &lt;b&gt;</h1>"),
    "html": (
        lambda p: RenderedTranslation.objects.update(problem="<p>Neuf</p>"),
        '<div class="prose"><p>Neuf</p></div>',
    ),
    "causes": (
        lambda p: RenderedTranslation.objects.update(cause="<p>A</p>", counts={"causes": 2}),
        '<h2 id="cause">Causes</h2>',
    ),
    "message": (
        lambda p: write(p.articles[BILINGUAL], "fr", "T", problem="**« Tout neuf »** s’affiche."),
        "Copier",
    ),
    "revision": (lambda p: _text(p).update(revision_number=77), "N°\u00a077"),
    "date": (lambda p: _text(p).update(modified=datetime(2001, 2, 3, 12, tzinfo=UTC)), "2001"),
    "kind": (lambda p: Article.objects.update(kind="advice"), "Conseil"),
    "due": (lambda p: Article.objects.update(review_due=date(2001, 2, 3)), "À relire"),
    "platform": (lambda p: Platform.objects.filter(slug="android").update(name="Neuf"), "Neuf"),
    "document": (lambda p: SourceDocument.objects.update(title="Neuf"), ">Neuf</a>"),
    "licence": (lambda p: SourceDocument.objects.update(licence="Neuf"), ">Neuf</a>"),
    "neighbour": (
        lambda p: ArticleTranslation.objects.update(title="Neuf"),
        '<span lang="fr">Neuf',
    ),
    "steps": (
        lambda p: RenderedTranslation.objects.update(
            resolution='<li id="resolution-7-step-7">Neuf</li>'
        ),
        '<option value="resolution-7-step-7">',
    ),
}


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_the_page_is_made_of_what_is_there_now(client, portal, part):
    change, expected = PARTS[part]
    before = [client.get(PATH).content.decode() for _ in range(2)]
    assert expected not in _dense(before[1]) or part == "message"
    change(portal)
    after = client.get(PATH).content.decode()
    assert expected in _dense(after)
    forget_furniture()
    cache.clear()
    assert client.get(PATH).content.decode() == after


def _dense(html: str) -> str:
    """Return the page with one blank between attributes, and none around its tags."""
    return re.sub(r" ?(<[^>]*?) ?(>) ?", r"\1\2", re.sub(r"[ \n]+", " ", html))


def forget_furniture() -> None:
    """Render every template from nothing."""
    for loader in engines["django"].engine.template_loaders:
        loader.reset()


def test_a_new_program_makes_new_pages(client, portal, monkeypatch):
    first = client.get(PATH)
    for module in (responses, pages):
        monkeypatch.setattr(module, "program", lambda: "another")
    again = client.get(PATH, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_shows_at_once(client, portal, change):
    first = client.get(PATH)
    CHANGES[change](portal)
    again = client.get(PATH, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    cache.clear()
    assert client.get(PATH).content == again.content


def test_what_readers_do_changes_nothing(client, portal):
    first = client.get(PATH)
    SearchLog.objects.create(kind="words", language="fr")
    client.post(f"{PATH}feedback/", {"verdict": "solved"})
    again = client.get(PATH, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_a_change_taken_back_brings_the_old_page_back(client, portal):
    first = client.get(PATH)
    with transaction.atomic():
        write(portal.articles[BILINGUAL], "fr", "Neuf", problem="Neuf.")
        assert client.get(PATH).headers["ETag"] != first.headers["ETag"]
        transaction.set_rollback(True)
    again = client.get(PATH)
    assert (again.headers["ETag"], again.content) == (first.headers["ETag"], first.content)


def test_a_withdrawn_article_is_gone(client, portal):
    first = client.get(PATH)
    Article.objects.filter(slug=BILINGUAL).update(status="archived")
    again = client.get(PATH, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 404


def test_languages_hosts_and_queries_are_different_pages(client, portal):
    tags = {client.get(path).headers["ETag"] for path in (PATH, PATH.replace("/fr/", "/en/"))}
    tags.add(client.get(f"{PATH}?a=1").headers["ETag"])
    tags.add(client.get(PATH, headers={"host": "localhost"}).headers["ETag"])
    assert len(tags) == 4


def test_staff_see_their_own_page_and_leave_none_behind(client, portal):
    anonymous = client.get(PATH)
    client.force_login(User.objects.create_superuser("editor"))
    staff = client.get(PATH, headers={"If-None-Match": anonymous.headers["ETag"]})
    assert "Modifier ce texte" in staff.content.decode()
    assert staff.headers["Cache-Control"] == "private, no-store"
    assert "Cookie" in staff.headers["Vary"]
    assert client.get(f"/fr/articles/{DRAFT}/").status_code == 200
    client.logout()
    assert client.get(PATH).content == anonymous.content
    assert client.get(f"/fr/articles/{DRAFT}/").status_code == 404


def test_the_next_day_is_another_page(client, portal, monkeypatch):
    first = client.get(PATH)
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(responses.timezone, "localdate", lambda: tomorrow)
    assert client.get(PATH).headers["ETag"] != first.headers["ETag"]


@pytest.mark.django_db
def test_without_a_known_state_nothing_is_kept(client):
    make_portal()
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {version.VERSION}")
    assert "ETag" not in client.get(PATH).headers


@pytest.mark.django_db
def test_triggers_that_a_migration_dropped_come_back(client, portal):
    first = version.state(connection).token
    name = "troubleshooting_article_update_is_new"
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER {name}")
    version.prepare_after_migrate(connection.alias)
    second = version.state(connection).token
    Article.objects.update(kind="advice")
    assert len({first, second, version.state(connection).token}) == 3


GZIP = {"Accept-Encoding": "gzip, br"}


@pytest.mark.usefixtures("portal")
def test_compressed_and_plain_are_one_page(client):
    plain, packed = client.get(PATH), client.get(PATH, headers=GZIP)
    for again in (packed, client.get(PATH, headers=GZIP)):
        assert again.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(again.content) == plain.content
        assert again.headers["Content-Length"] == str(len(again.content))
    assert "Content-Encoding" not in client.get(PATH).headers
    assert plain.headers["ETag"] == packed.headers["ETag"]
    assert plain.headers["ETag"].startswith('W/"')
    for response in (plain, packed):
        assert {"Accept-Encoding", "Cookie"} <= set(response.headers["Vary"].split(", "))


@pytest.mark.parametrize("is_known", [True, False])
@pytest.mark.usefixtures("portal")
def test_304_says_what_the_page_would(client, is_known):
    first = client.get(PATH, headers=GZIP)
    if not is_known:
        cache.clear()
    again = client.get(PATH, headers={**GZIP, "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    for name in ("ETag", "Cache-Control"):
        assert again.headers[name] == first.headers[name]
    assert {"Accept-Encoding", "Cookie"} <= set(again.headers["Vary"].split(", "))


@pytest.mark.usefixtures("portal")
def test_a_page_from_memory_has_all_its_headers(client):
    first, again = client.get(PATH, headers=GZIP), client.get(PATH, headers=GZIP)
    of_the_request = {"X-Request-ID"}
    assert dict(again.items()).keys() == dict(first.items()).keys()
    assert {pair for pair in again.items() if pair[0] not in of_the_request} == {
        pair for pair in first.items() if pair[0] not in of_the_request
    }
    assert not again.cookies


@pytest.mark.usefixtures("portal")
def test_a_session_gets_neither_memory_nor_compression(client, django_assert_max_num_queries):
    client.get(PATH, headers=GZIP)
    client.force_login(User.objects.create_user("agent"))
    own = client.get(PATH, headers=GZIP)
    assert "Content-Encoding" not in own.headers
    assert own.headers["Cache-Control"] == "private, no-store"
    assert "agent" in own.content.decode()


@pytest.mark.usefixtures("portal")
def test_results_are_compressed_and_never_kept(client, monkeypatch):
    monkeypatch.setattr(cache, "set", lambda *args: pytest.fail("a page was kept"))
    answer = client.get("/fr/search/?q=plafond", headers=GZIP)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert client.get("/fr/articles/no-such-article/").status_code == 404


def test_editors_and_readers_at_once_see_their_own(client, portal):
    """Prepared queries are those of anonymous readers; nobody's permissions get into them."""
    path = f"/fr/articles/{DRAFT}/"
    assert client.get(path).status_code == 404
    client.force_login(User.objects.create_superuser("editor"))
    assert client.get(path).status_code == 200
    client.logout()
    assert client.get(path).status_code == 404


@pytest.mark.usefixtures("portal")
def test_a_page_for_another_place_is_never_kept_for_this_one(client):
    """Where the portal is mounted, and the path below, are told apart."""

    def page(request):
        answer = HttpResponse(f"mounted: {request.META['SCRIPT_NAME']}", headers={"ETag": '"1"'})
        answer.content_state = responses.page_state(request)
        return answer

    served = pages.CachedPagesMiddleware(page)
    foreign = "//evil.example"
    places = {foreign: "/fr/", "": f"{foreign}/fr/"}
    requests = [
        RequestFactory(SCRIPT_NAME=place).get("/", PATH_INFO=path) for place, path in places.items()
    ]
    assert [request.path for request in requests] == [f"{foreign}/fr/"] * 2
    bodies = [served(request).content.decode() for request in requests]
    assert bodies == [f"mounted: {foreign}", "mounted: "]


def test_adding_to_a_relation_is_a_change(client, portal):
    """Django adds by a statement that ignores conflicts, which SQLite extends to triggers."""
    before = version.state(connection).token
    article = Article.objects.get(slug=BILINGUAL)
    article.platforms.clear()
    cleared = version.state(connection).token
    article.platforms.add(Platform.objects.first())
    assert len({before, cleared, version.state(connection).token}) == 3
