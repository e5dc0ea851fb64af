"""What ticket systems get and say: notes without foreign markup, uses that name no ticket."""

from __future__ import annotations

import json
from typing import get_args

import lxml.html
import pytest

from tests.people import person
from tests.web.content import BILINGUAL, DRAFT, write
from troubleshooting.api.tickets import FormName
from troubleshooting.models import Article, ArticleUse
from troubleshooting.representing.notes import NOTATIONS
from troubleshooting.tokens.issuing import issue

pytestmark = pytest.mark.usefixtures("portal")
BASE = "/api/v1/articles/"
STEP = "resolution-1-step-2-1"
#: Words that are markup somewhere.
TRAPS = [
    "{code}rm -rf{code}", "[click|https://evil.example]", "*bold* _it_ -no- +yes+ ^up^ ~down~",
    "!image.png!", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[/code]<b>x</b>",
    "[code]<b>", "a & b < c", "# heading", "`code`", "h1. title",
    "\\\\server\\share",
    "{color:red}x", "~~gone~~", "![x](https://evil.example)", "ligne « une » : deux",
    "\u202egpj.exe",
]  # fmt: skip


def number_of(slug: str) -> int:
    return Article.objects.get(slug=slug).pk


def note(client, form: str, number: int, **query: object) -> str:
    answer = client.get(f"{BASE}{number}/note/", {"form": form, "language": "en", **query})
    assert answer.status_code == 200
    return answer.json()["text"]


def test_every_form_is_offered():
    assert set(get_args(FormName)) == set(NOTATIONS)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (
            "plain",
            "Limit reached\n{url}\nArticle no. {n}, revision no. 1, {date}\nCode: 0x80CF0440\n"
            "Steps done:\n- 2.1. Tap Remove.\nSolved\n",
        ),
        (
            "markdown",
            "[Limit reached]({url})\n\nArticle no. {n}, revision no. 1, {date}\n\n"
            "Code: 0x80CF0440\n\n**Steps done**\n\n- 2.1. Tap Remove.\n\nSolved\n",
        ),
        (
            "jira",
            "[Limit reached|{url}]\nArticle no. {n}, revision no. 1, {date}\nCode: 0x80CF0440\n"
            "*Steps done*\n* 2.1. Tap Remove.\nSolved\n",
        ),
        (
            "zammad",
            '<p><a href="{url}">Limit reached</a></p><p>Article no. {n}, revision no. 1, {date}'
            "</p><p>Code: 0x80CF0440</p><p><strong>Steps done</strong></p>"
            "<ul><li>2.1. Tap Remove.</li></ul><p>Solved</p>",
        ),
        (
            "servicenow",
            '[code]<p><a href="{url}">Limit reached</a></p><p>Article no. {n}, revision no. 1,'
            " {date}</p><p>Code: 0x80CF0440</p><p><strong>Steps done</strong></p>"
            "<ul><li>2.1. Tap Remove.</li></ul><p>Solved</p>[/code]",
        ),
    ],
)
def test_a_note_in_each_form(client, form: str, expected: str):
    number = number_of(BILINGUAL)
    text = note(client, form, number, done=[STEP], outcome="solved")
    plain = note(client, "plain", number)
    date = plain.split("revision no. 1, ")[1].split("\n")[0]
    url = f"http://testserver/en/articles/{BILINGUAL}/"
    assert text == expected.format(n=number, url=url, date=date)
    assert "No step done yet." in plain


def test_a_plain_note_is_typed_as_its_language_is(client):
    assert "\nÉtapes faites\u00a0:\n" in note(client, "plain", number_of(BILINGUAL), language="fr")


def test_an_article_without_steps_is_noted_with_its_resolution(client):
    article = Article.objects.create(slug="row", status="published")
    write(article, "en", "Row", problem="Error 0x80CF0440.", resolution="Wait *long*.\n\nRestart.")
    lines = note(client, "plain", article.pk, outcome="stuck").split("\n")
    assert lines[3:] == [
        "Code: 0x80CF0440", "Resolution:", "Wait long.", "Restart.", "Not solved", "",
    ]  # fmt: skip
    html = note(client, "html", article.pk)
    assert html.endswith("<p><strong>Resolution</strong></p><p>Wait long.</p><p>Restart.</p>")


def check_words(form: str, text: str) -> None:
    """Check that the words of an article are words in a form, too."""
    assert "\u202e" not in text
    if form in ("html", "zammad", "zendesk", "servicenow"):
        inner = text.removeprefix("[code]").removesuffix("[/code]")
        assert form != "servicenow" or "[" not in inner
        tree = lxml.html.fragment_fromstring(f"<div>{inner}</div>")
        assert {one.tag for one in tree.iter()} <= {"div", "p", "a", "strong"}
        assert "Title" in tree.text_content()
    if form == "jira":
        title = text.split("\n")[0].removeprefix("[").rpartition("|")[0]
        unescaped = title.replace("\\\\", "")
        assert not any(
            sign in "{}[]*_^~+-|!" and unescaped[place - 1 : place] != "\\"
            for place, sign in enumerate(unescaped)
        )


def test_no_words_of_an_article_become_markup(client):
    article = Article.objects.create(slug="trap", status="published")
    for trap in TRAPS:
        for resolution in ("1.  One.", f"Read {trap}"):
            write(article, "en", f"Title {trap}", resolution=resolution)
            for form in NOTATIONS:
                check_words(form, note(client, form, article.pk))


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"form": "word"}, 422),
        ({"done": "a b"}, 422),
        ({"done": "resolution-99-step-1"}, 422),
        ({"outcome": "maybe"}, 422),
        ({"language": "de"}, 422),
    ],
)
def test_what_may_be_asked(client, query: dict, status: int):
    assert client.get(f"{BASE}{number_of(BILINGUAL)}/note/", query).status_code == status
    assert client.get(f"{BASE}{number_of(DRAFT)}/note/").status_code == 404


def test_uses_are_counted_without_their_tickets(client):
    secret = issue(person("reader"), "desk", ["outcomes"], 1).secret

    def use(slug: str, **body: str) -> int:
        return client.post(
            f"{BASE}{number_of(slug)}/uses/?language=fr",
            json.dumps(body),
            "application/json",
            headers={"authorization": f"Bearer {secret}"},
        ).status_code

    assert use(BILINGUAL, system="Zammad") == 201
    assert use(BILINGUAL, act="flagged") == 201
    assert use(BILINGUAL, ticket="4711") == 422
    assert use(BILINGUAL, system="x" * 41) == 422
    assert use(DRAFT) == 404
    row = ArticleUse.objects.order_by("pk").first()
    assert (row.language, row.revision_number, row.act, row.system) == ("fr", 1, "linked", "Zammad")
    kept = {field.name for field in ArticleUse._meta.get_fields()} - {"id", "is_settled"}
    assert kept == {"article", "language", "revision_number", "act", "system", "created"}
