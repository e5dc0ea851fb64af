"""Writing by the API: as the owner of the token may, from what was read, never by a cookie."""

from __future__ import annotations

import json
import re

import pytest

from tests.people import person
from tests.web.content import BILINGUAL, CODE, DRAFT, write
from troubleshooting.editing import save_unfinished
from troubleshooting.models import (
    Article,
    ErrorReport,
    GapReport,
    Outcome,
    PendingRevision,
    Platform,
    UnfinishedTranslation,
)
from troubleshooting.tokens.issuing import issue

pytestmark = pytest.mark.usefixtures("portal")
BASE = "/api/v1/"
NEW = {"language": "en", "title": "Paper jam", "problem": "It jams.", "resolution": "1.  Pull."}


class Program:
    """A caller with a token of a person."""

    def __init__(self, client, role: str, *scopes: str, name: str = "") -> None:
        self.client = client
        self.secret = issue(
            person(role, name), role, scopes or ("read", "write", "outcomes"), 1
        ).secret

    def __call__(self, method: str, address: str, body: object = None, **headers: str):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(
            method,
            f"{BASE}{address}",
            b"" if body is None else json.dumps(body).encode(),
            "application/json",
            headers={"authorization": f"Bearer {self.secret}", **named},
        )


@pytest.fixture
def author(client) -> Program:
    return Program(client, "author")


@pytest.fixture
def reviewer(client) -> Program:
    return Program(client, "reviewer")


def number_of(slug: str) -> int:
    return Article.objects.get(slug=slug).pk


def test_an_article_from_its_beginning_to_its_end(author, reviewer):
    details = {"platforms": ["android"], "kind": "error"}
    made = author("POST", "articles/", {**NEW, "details": details})
    assert made.status_code == 201
    number = made.json()["number"]
    assert made.json() == {
        "number": number, "slug": "paper-jam", "status": "draft", "language": "en",
        "revision": 1, "pending": 0,
    }  # fmt: skip
    text = f"articles/{number}/texts/en/"
    read = author("GET", text)
    assert (read.json()["title"], read.headers["ETag"]) == ("Paper jam", '"r1"')
    saved = author("PUT", text, {"title": "Jam", "problem": "Jams."}, if_match='"r1"')
    assert (saved.status_code, saved.json()["revision"]) == (200, 2)
    listed = author("GET", f"{text}revisions/").json()
    assert [one["number"] for one in listed] == [2, 1]
    back = author("POST", f"{text}revisions/1/restore/", if_match='"r2"')
    assert (back.status_code, back.json()["revision"]) == (200, 3)
    french = {"title": "Bourrage", "problem": "Ça bourre."}
    path = f"articles/{number}/texts/fr/"
    assert author("PUT", path, french, if_none_match="*").json()["revision"] == 1
    assert author("GET", path).json()["translated_from"] == "en"
    move = {"transition": "publish", "accept_missing": True, "revisions": {"en": 3, "fr": 1}}
    assert author("POST", f"articles/{number}/status/", move).status_code == 403
    assert reviewer("POST", f"articles/{number}/status/", move).json()["status"] == "published"
    assert author.client.get(f"{BASE}articles/{number}/").status_code == 200
    changed = reviewer("PATCH", f"articles/{number}/", {"slug": "jam", "platforms": []})
    assert changed.json()["slug"] == "jam"
    assert not Article.objects.get(pk=number).platforms.exists()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 428),
        ({"if_match": '"r1"'}, 200),
        ({"if_match": 'W/"r1"'}, 412),  # RFC 9110, section 13.1.1: strong comparison
        ({"if_match": 'W/"r1", "r1"'}, 200),
        ({"if_match": '"r7", "r1"'}, 200),
        ({"if_match": "*"}, 200),
        ({"if_match": '"r2"'}, 412),
        ({"if_match": "r1"}, 412),
        ({"if_match": ""}, 412),
        ({"if_match": '"r99999999999999"'}, 412),
        ({"if_none_match": "*"}, 412),
        ({"if_none_match": '"r1"'}, 428),
    ],
)
def test_a_change_says_what_it_began_from(reviewer, headers: dict, status: int):
    path = f"articles/{number_of(DRAFT)}/texts/fr/"
    answer = reviewer("PUT", path, {"title": "Nouveau"}, **headers)
    assert answer.status_code == status
    assert (answer.status_code == 200) == ("revision" in answer.json())


def test_what_readers_see_is_changed_by_a_review(author, settings):
    path = f"articles/{number_of(BILINGUAL)}/texts/en/"
    answer = author("PUT", path, {"title": "Proposed"}, if_match='"r1"')
    assert (answer.status_code, answer.json()["pending"]) == (202, 1)
    assert PendingRevision.objects.get().texts["title"] == "Proposed"
    assert author("GET", path).json()["title"] == "Limit reached"


@pytest.mark.parametrize(
    ("method", "address", "body", "status"),
    [
        ("POST", "articles/", {**NEW, "title": " "}, 422),
        ("POST", "articles/", {**NEW, "title": "x" * 301}, 422),
        ("POST", "articles/", {**NEW, "language": "de"}, 422),
        ("POST", "articles/", {**NEW, "more": 1}, 422),
        ("POST", "articles/", {**NEW, "details": {"platforms": ["none"]}}, 422),
        ("POST", "articles/", {**NEW, "details": {"slug": BILINGUAL}}, 409),
        ("POST", "articles/", {**NEW, "details": {"slug": "a b"}}, 422),
        ("POST", "articles/", {**NEW, "details": {"review_due": "2026-02-30"}}, 422),
        ("POST", "articles/", {**NEW, "details": {"review_due": 0}}, 422),
        ("POST", "articles/", {**NEW, "problem": "a\0b"}, 422),
        ("POST", "articles/", {**NEW, "problem": "> " * 5000}, 422),
        ("POST", "articles/", [], 422),
        ("PATCH", "articles/999999/", {"kind": "error"}, 404),
        ("PUT", "articles/999999/texts/fr/", {"title": "x"}, 404),
        ("GET", "articles/999999/texts/fr/", None, 404),
        ("POST", "articles/999999/status/", {"transition": "publish"}, 404),
        ("POST", "platforms/", {"slug": "android", "name": "Other"}, 409),
        ("POST", "platforms/", {"slug": "other", "name": "Android"}, 409),
        ("POST", "platforms/", {"slug": "x", "name": "X", "position": -1}, 422),
        ("POST", "platforms/", {"slug": "x", "name": "X", "position": False}, 422),
        ("POST", "platforms/", {"slug": "x", "name": "X", "position": 2.5}, 422),
        ("PUT", "platforms/none/", {"slug": "x", "name": "X"}, 404),
        ("POST", "articles/999999/outcomes/", {"verdict": "solved"}, 404),
        ("POST", "gaps/", {"subject": " "}, 422),
    ],
)
def test_what_is_wrong_is_said_and_nothing_stored(reviewer, method, address, body, status):
    before = Article.objects.count(), Platform.objects.count()
    answer = reviewer(method, address, body, if_match='"r1"')
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert before == (Article.objects.count(), Platform.objects.count())


@pytest.mark.parametrize(
    ("transition", "status"),
    [("submit", 409), ("withdraw", 409), ("publish", 409), ("reject", 409), ("no", 422), ("", 422)],
)
def test_states_change_as_in_the_administration(reviewer, transition: str, status: int):
    address = f"articles/{number_of(BILINGUAL)}/status/"
    move = {"transition": transition, "revisions": {"en": 1, "fr": 1}}
    assert reviewer("POST", address, move).status_code == status


@pytest.mark.parametrize(
    ("revisions", "status"),
    [
        (None, 428),
        ({}, 409),
        ({"fr": 1}, 409),
        ({"fr": 2, "en": 1}, 409),
        ({"fr": 0}, 422),
        ({"fr": 2}, 200),
    ],
)
def test_what_is_published_is_what_was_read(reviewer, revisions: dict | None, status: int):
    article = Article.objects.get(slug=DRAFT)
    write(article, "fr", "Plafond", problem="Bas.", resolution="1.  Montez.")
    move = {"transition": "publish", "accept_missing": True}
    move |= {} if revisions is None else {"revisions": revisions}
    assert reviewer("POST", f"articles/{article.pk}/status/", move).status_code == status
    assert (Article.objects.get(pk=article.pk).status == "published") is (status == 200)


def test_platforms_are_made_and_changed(client):
    program = Program(client, "administrator")
    made = program("POST", "platforms/", {"slug": "linux", "name": "Linux"})
    assert (made.status_code, made.json()["icon"]) == (201, "")
    moved = program("PUT", "platforms/linux/", {"slug": "gnu-linux", "name": "GNU/Linux"})
    assert moved.status_code == 200
    assert client.get("/en/platforms/linux/").status_code == 301


def test_reports_are_kept(client):
    program = Program(client, "reader", "outcomes")
    number = number_of(BILINGUAL)
    step = {"verdict": "stuck", "anchor": "resolution-1-step-2", "reason": "unclear"}
    assert program("POST", f"articles/{number}/outcomes/?language=en", step).status_code == 201
    row = Outcome.objects.get()
    assert (row.language, row.anchor, row.revision_number) == ("en", "resolution-1-step-2", 1)
    wrong = {"verdict": "stuck", "anchor": "resolution-7-step-1"}
    assert program("POST", f"articles/{number}/outcomes/", wrong).status_code == 404
    said = {"comment": "typo"}
    for _time in range(2):
        assert program("POST", f"articles/{number}/errors/", said).status_code == 201
    assert ErrorReport.objects.get().comment == "typo"
    for _time in range(2):
        assert program("POST", "gaps/", {"subject": CODE}).status_code == 201
    assert GapReport.objects.get().count == 2
    hidden = number_of(DRAFT)
    assert program("POST", f"articles/{hidden}/outcomes/", {"verdict": "solved"}).status_code == 404
    assert program("GET", "gaps/").status_code == 403
    gaps = Program(client, "author")("GET", "gaps/?limit=1").json()
    assert [one["subject"] for one in gaps["items"]] == [CODE]


@pytest.mark.parametrize(
    ("role", "scopes", "status"),
    [
        ("author", ("read",), 403),
        ("author", ("outcomes",), 403),
        ("staff", ("read", "write"), 403),
        ("author", ("write",), 201),
    ],
)
def test_writing_needs_the_scope_and_the_right(client, role: str, scopes: tuple, status: int):
    assert Program(client, role, *scopes)("POST", "articles/", NEW).status_code == status


def test_no_cookie_writes(client):
    client.force_login(person("administrator"))
    answer = client.post(f"{BASE}articles/", NEW, "application/json")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert not Article.objects.filter(slug="paper-jam").exists()


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("🦓", 201),
        ("مشكلة", 201),
        ("é", 201),
        ("\u200b", 201),
        ("\u3000\u2003\u00a0", 422),
        ("\t\n", 422),
        ("\x1c", 422),
        ("\ufeff", 422),
        ("", 422),
    ],
)
def test_a_title_says_something_in_any_script(author, title: str, status: int):
    answer = author("POST", "articles/", {"language": "fr", "title": title})
    assert answer.status_code == status
    said = author.client.get(f"{BASE}schema/").json()["components"]["schemas"]["TextIn"]
    assert bool(re.search(said["properties"]["title"]["pattern"], title)) is (status == 201)


def test_an_address_that_leads_elsewhere_is_a_conflict(reviewer):
    first = number_of(BILINGUAL)
    assert reviewer("PATCH", f"articles/{first}/", {"slug": "moved"}).status_code == 200
    taken = {"details": {"slug": BILINGUAL}, "language": "fr", "title": "x"}
    assert reviewer("POST", "articles/", taken).status_code == 409
    draft = f"articles/{number_of(DRAFT)}/"
    assert reviewer("PATCH", draft, {"slug": BILINGUAL}).status_code == 409
    assert reviewer("PATCH", draft, {"slug": "moved"}).status_code == 409


def test_a_save_names_what_the_next_one_has_to_name(author):
    made = author("POST", "articles/", NEW)
    assert (made.status_code, made.headers["ETag"]) == (201, '"r1"')
    assert made.headers["Location"] == f"{BASE}articles/{made.json()['number']}/"
    assert author("GET", made.headers["Location"].removeprefix(BASE)).status_code == 200
    text = f"articles/{made.json()['number']}/texts/en/"
    saved = author("PUT", text, {"title": "Jam"}, if_match=made.headers["ETag"])
    again = author("PUT", text, {"title": "Jam again"}, if_match=saved.headers["ETag"])
    assert (saved.status_code, again.status_code, again.headers["ETag"]) == (200, 200, '"r3"')
    back = author("POST", f"{text}revisions/1/restore/", if_match=again.headers["ETag"])
    assert back.headers["ETag"] == author("GET", text).headers["ETag"] == '"r4"'
    french = text.replace("/en/", "/fr/")
    first = author("PUT", french, {"title": "Bourrage"}, if_none_match="*")
    assert (first.status_code, first.headers["Location"]) == (201, f"{BASE}{french}")
    assert first.headers["ETag"] == author("GET", french).headers["ETag"] == '"r1"'


def test_what_waits_for_a_review_leaves_the_name_of_the_text(author):
    text = f"articles/{number_of(BILINGUAL)}/texts/en/"
    read = author("GET", text).headers["ETag"]
    waits = author("PUT", text, {"title": "Other"}, if_match=read)
    assert (waits.status_code, "ETag" in waits.headers) == (202, False)
    assert author("GET", text).headers["ETag"] == read


@pytest.mark.parametrize(
    ("headers", "status", "said"),
    [
        ({"if_match": '"r1"'}, 412, '"r1", "p1" in If-Match'),
        ({"if_match": "*"}, 412, '"r1", "p1" in If-Match'),
        ({"if_match": '"r1", W/"p1"'}, 412, '"r1", "p1" in If-Match'),
        ({"if_match": '"r1", "p2"'}, 412, '"r1", "p1" in If-Match'),
        ({"if_match": '"p1"'}, 412, "The text is at revision 1 now."),
        ({"if_match": '"r1", "p1"'}, 202, ""),
    ],
)
def test_what_somebody_else_left_waiting_is_written_over_by_name_alone(
    client, author, headers: dict, status: int, said: str
):
    text = f"articles/{number_of(BILINGUAL)}/texts/en/"
    assert author("PUT", text, {"title": "First"}, if_match='"r1"').json()["pending"] == 1
    other = Program(client, "author", name="other")
    answer = other("PUT", text, {"title": "Second"}, accept_language="en", **headers)
    assert (answer.status_code, said in answer.json().get("detail", "")) == (status, True)
    waits = PendingRevision.objects.get()
    kept = ("Second", 2) if status == 202 else ("First", 1)
    assert (waits.texts["title"], waits.number) == kept
    if status == 202:
        assert author("PUT", text, {"title": "Third"}, if_match='"r1"').status_code == 412


def test_who_wrote_what_waits_goes_on_writing_it(author):
    text = f"articles/{number_of(BILINGUAL)}/texts/en/"
    for number, match in enumerate(('"r1"', '"r1"', '"r1", "p2"'), 1):
        answer = author("PUT", text, {"title": f"Title {number}"}, if_match=match)
        assert (answer.status_code, answer.json()["pending"]) == (202, number)
    assert author("PUT", text, {"title": "Old"}, if_match='"r1", "p2"').status_code == 412


def test_a_first_text_names_what_waits_beside_that_there_is_none(client, author):
    article = Article.objects.get(slug=BILINGUAL)
    article.translations.filter(language="en").delete()
    text, none = f"articles/{article.pk}/texts/en/", {"if_none_match": "*"}
    assert author("PUT", text, {"title": "First"}, **none).status_code == 202
    other = Program(client, "author", name="other")
    assert other("PUT", text, {"title": "Second"}, **none).status_code == 412
    assert other("PUT", text, {"title": "Second"}, **none, if_match='"p1"').status_code == 202
    assert PendingRevision.objects.get().texts["title"] == "Second"


@pytest.mark.parametrize("role", ["author", "reviewer"])
def test_a_first_text_does_not_hide_a_translation_that_was_begun(client, role: str):
    article = Article.objects.get(slug=BILINGUAL)
    article.translations.filter(language="en").delete()
    begun = {"title": "Begun", "problem": "Half."}
    save_unfinished(article=article, language="en", texts=begun, source_language="fr", author=None)
    text = f"articles/{article.pk}/texts/en/"
    answer = Program(client, role)(
        "PUT", text, {"title": "Other"}, if_none_match="*", accept_language="en"
    )
    assert (answer.status_code, "was begun" in answer.json()["detail"]) == (409, True)
    assert not article.translations.filter(language="en").exists()
    assert UnfinishedTranslation.objects.get().texts["title"] == "Begun"


def test_a_pending_revision_that_is_gone_is_told(author):
    text = f"articles/{number_of(BILINGUAL)}/texts/en/"
    answer = author("PUT", text, {"title": "First"}, if_match='"r1", "p1"', accept_language="en")
    assert (answer.status_code, "No pending revision" in answer.json()["detail"]) == (412, True)
    assert not PendingRevision.objects.exists()


def test_a_platform_that_was_made_is_where_it_says(reviewer):
    made = reviewer("POST", "platforms/", {"slug": "printers", "name": "Printers"})
    assert (made.status_code, made.headers["Location"]) == (201, f"{BASE}platforms/printers/")
    read = reviewer("GET", "platforms/printers/")
    assert (read.status_code, read.json()["name"]) == (200, "Printers")
    assert reviewer("GET", "platforms/none/").status_code == 404
