"""What a reader without a network needs: the worker, the page and the index."""

import json
import re

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache

from tests.infra.project import ROOT
from tests.web.content import BILINGUAL, CODE, DRAFT, FRENCH_ONLY, STAFF, write
from troubleshooting.models import Article, ArticleTranslation, Symptom
from troubleshooting.views import offline


@pytest.mark.django_db
def test_the_worker_is_served_at_the_root_and_keeps_what_exists(client):
    answer = client.get("/sw.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assets = json.loads(re.search(r"const ASSETS = (\[.*\]);", answer.content.decode())[1])
    assert "/fr/offline/" in assets
    assert "/static/portal/articles/article.css" in assets
    for path in assets:
        assert client.get(path).status_code == 200 or path.startswith("/static/"), path


def test_the_worker_keeps_what_pages_of_readers_load_and_nothing_of_the_administration():
    templates = ROOT / "templates"
    pages = [path for path in templates.rglob("*.html") if templates / "admin" not in path.parents]
    named = r"{% static ['\"]portal/([\w./-]+)['\"] %}"
    loaded = {name for path in pages for name in re.findall(named, path.read_text())}
    assert "calls/call.js" in loaded
    assert loaded <= set(offline._files())
    assert not [name for name in offline._files() if name.startswith("admin/")]


@pytest.mark.usefixtures("portal")
def test_the_index_holds_public_articles_whoever_asks(client):
    client.force_login(User.objects.create_superuser("editor"))
    rows = client.get("/en/offline/index.json").json()["articles"]
    by_url = {row["url"]: row for row in rows}
    assert by_url[f"/en/articles/{BILINGUAL}/"]["title"] == "Limit reached"
    assert by_url[f"/en/articles/{BILINGUAL}/"]["codes"] == [CODE]
    assert by_url[f"/en/articles/{FRENCH_ONLY}/"]["language"] == "fr"
    shown = {"url", "language", "title", "codes", "messages", "first", "steps", "because"}
    assert all(set(row) <= shown for row in rows)
    assert not {f"/en/articles/{DRAFT}/", f"/en/articles/{STAFF}/"} & set(by_url)


@pytest.mark.usefixtures("portal")
def test_the_index_holds_messages_of_public_texts_alone(client):
    for slug in (BILINGUAL, DRAFT):
        text = ArticleTranslation.objects.filter(article__slug=slug, language="fr").get()
        Symptom.objects.filter(translation=text).delete()
        Symptom.objects.create(translation=text, position=0, text=f"Dit {slug}", key=slug)
    rows = client.get("/fr/offline/index.json").json()["articles"]
    assert [row["messages"] for row in rows if row["messages"]] == [[f"Dit {BILINGUAL}"]]


@pytest.mark.usefixtures("portal")
def test_the_index_holds_the_messages_of_both_languages(client):
    for language in ("fr", "en"):
        text = ArticleTranslation.objects.get(article__slug=BILINGUAL, language=language)
        Symptom.objects.filter(translation=text).delete()
        Symptom.objects.create(translation=text, position=0, text=f"In {language}", key=language)
    rows = client.get("/en/offline/index.json").json()["articles"]
    assert [row["messages"] for row in rows if row["messages"]] == [["In en", "In fr"]]


@pytest.mark.usefixtures("portal")
def test_the_index_says_where_a_code_is_dealt_with_and_what_a_cause_names(client):
    other, itself = (f"/en/articles/{slug}/" for slug in (FRENCH_ONLY, BILINGUAL))
    write(
        Article.objects.get(slug=BILINGUAL),
        "en",
        "Limit reached",
        problem=f"It says {CODE}.",
        cause=f"It follows **0x80070005**, see [the profile]({other}) and [itself]({itself}).",
        resolution="1. Open it.\n2. Wait for 0x80CF0441.\n",
    )
    rows = client.get("/en/offline/index.json").json()["articles"]
    row = next(one for one in rows if BILINGUAL in one["url"])
    assert row["first"] == "resolution-1-step-1"
    assert row["steps"] == {"0x80CF0441": "resolution-1-step-2"}
    assert row["because"] == ["0x80070005", other]


@pytest.mark.usefixtures("portal")
def test_a_cause_names_no_article_that_readers_do_not_see(client):
    link = f"[that](/en/articles/{DRAFT}/)"
    write(Article.objects.get(slug=BILINGUAL), "en", "Limit reached", cause=f"See {link}.")
    rows = client.get("/en/offline/index.json").json()["articles"]
    assert not any(DRAFT in str(row) for row in rows)


@pytest.mark.usefixtures("portal")
def test_the_parts_of_the_index_hold_each_article_once(client, monkeypatch):
    whole = client.get("/fr/offline/index.json").json()
    assert "next" not in whole
    monkeypatch.setattr(offline, "PART", 1)
    cache.clear()
    address, rows, parts = "/fr/offline/index.json", [], 0
    while address:
        part = client.get(address).json()
        rows += part["articles"]
        address, parts = part.get("next"), parts + 1
    in_order = sorted(whole["articles"], key=lambda row: row["url"])
    assert sorted(rows, key=lambda row: row["url"]) == in_order
    assert parts == len(rows) > 1


@pytest.mark.parametrize("after", ["x", "-1", "1" * 16, ""])
@pytest.mark.usefixtures("portal")
def test_a_part_after_what_is_no_key_is_not_there(client, after):
    assert client.get(f"/fr/offline/index.json?after={after}").status_code == 404


@pytest.mark.usefixtures("portal")
def test_who_has_a_part_need_not_read_it_again(client, django_assert_num_queries):
    had = client.get("/fr/offline/index.json?after=1").headers["ETag"]
    with django_assert_num_queries(1):
        again = client.get("/fr/offline/index.json?after=1", HTTP_IF_NONE_MATCH=had)
    assert again.status_code == 304


@pytest.mark.usefixtures("portal")
def test_a_part_takes_six_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        client.get("/fr/offline/index.json")
