"""What a reader without a network needs: the worker, the page and the index."""

import json
import re

import pytest
from django.contrib.auth.models import User

from tests.web.content import BILINGUAL, CODE, DRAFT, FRENCH_ONLY, STAFF, write
from troubleshooting.models import Article, ArticleTranslation, Symptom


@pytest.mark.django_db
def test_the_worker_is_served_at_the_root_and_keeps_what_exists(client):
    answer = client.get("/sw.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assets = json.loads(re.search(r"const ASSETS = (\[.*\]);", answer.content.decode())[1])
    assert "/fr/offline/" in assets
    assert "/static/portal/article.css" in assets
    for path in assets:
        assert client.get(path).status_code == 200 or path.startswith("/static/"), path


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
    code, place = row["because"]
    assert code == "0x80070005"
    assert FRENCH_ONLY in rows[place]["url"]


@pytest.mark.usefixtures("portal")
def test_the_index_takes_three_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        client.get("/fr/offline/index.json")
