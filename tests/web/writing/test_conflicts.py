"""Two people save the same text: the second is shown both, and no word of either is lost."""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client

from tests.web import editors
from tests.web.content import BILINGUAL, write
from tests.web.html import Page
from troubleshooting.admin.articles.conflict import conflict_response
from troubleshooting.editing import EditConflict, save_translation
from troubleshooting.models import Article, ArticleTranslation, Revision

PAIRS = 100
_WORDS = re.compile(r"Mot\dx\d+")
STEPS = "1.  Ouvrez les paramètres.\n2.  Supprimez le compte.\n3.  Redémarrez."


def signed_in(name: str, **names: str) -> Client:
    """The browser of a reviewer."""
    user = editors.person(name, "Reviewer")
    for field, value in names.items():
        setattr(user, field, value)
    user.save()
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def two(portal) -> tuple[Client, Client]:
    """Return the browsers of two reviewers; the second is Jean Petit."""
    write(portal.articles[BILINGUAL], "fr", "Plafond atteint", problem="Avant.", resolution=STEPS)
    return signed_in("ada"), signed_in("jean", first_name="Jean", last_name="Petit")


def text() -> ArticleTranslation:
    return ArticleTranslation.objects.get(article__slug=BILINGUAL, language="fr")


def address() -> str:
    pk = Article.objects.get(slug=BILINGUAL).pk
    return editors.address("change", pk) + "?language=fr"


def save(client: Client, base: int, **texts: str):
    return client.post(address(), {**text().texts(), "base_revision": base, **texts})


def fields(page: Page) -> dict[str, str]:
    """What the page of a conflict posts when nothing is edited."""
    inputs = {e.get("name"): e.get("value") for e in page.all("input") if e.get("name")}
    # A browser leaves out the line feed that begins a text field.
    areas = {e.get("name"): e.text.removeprefix("\n") for e in page.all("textarea")}
    return {**inputs, **areas}


def test_the_second_sees_both_texts_and_saves_what_comes_of_them(two):
    base = text().revision_number
    mine = {"resolution": STEPS.replace("compte", "profil"), "problem": "D’abord."}
    theirs = {"resolution": STEPS.replace("compte", "jeton").replace("Redémarrez", "Patientez")}
    original = text().texts()
    assert two[1].post(address(), {**original, **theirs, "base_revision": base}).status_code == 302
    answer = two[0].post(
        address(), {**original, **mine, "base_revision": base, "comment": "Précision"}
    )
    assert answer.status_code == 409
    page = Page(answer.content.decode())
    assert "Jean Petit" in page.words
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert not [element for element in page.elements if element.get("style")]
    (conflict,) = page.all("section", class_="conflict")
    assert (conflict.get("data-mine"), conflict.get("data-other")) == (
        "1.  Supprimez le profil.",
        "1.  Supprimez le jeton.",
    )
    posted = fields(page)
    assert posted["comment"] == "Précision"
    assert posted["problem"] == "D’abord."
    assert posted["resolution"].splitlines() == [
        "1.  Ouvrez les paramètres.",
        "2.  Supprimez le profil.",
        "3.  Supprimez le jeton.",
        "4.  Patientez.",
    ]
    posted["resolution"] = posted["resolution"].replace("3.  Supprimez le jeton.\n", "")
    assert two[0].post(page.one("form", id="merge").get("action"), posted).status_code == 302
    assert (
        text().resolution == "1.  Ouvrez les paramètres.\n2.  Supprimez le profil.\n3.  Patientez."
    )
    assert text().problem == "D’abord."
    assert text().revisions.count() == base + 2


def test_changes_that_do_not_touch_are_merged_already(two):
    base = text().revision_number
    save(two[1], base, problem="Après.")
    original = {**text().texts(), "problem": "Avant."}
    answer = two[0].post(address(), {**original, "title": "Plafond dépassé", "base_revision": base})
    posted = fields(Page(answer.content.decode()))
    assert (posted["title"], posted["problem"]) == ("Plafond dépassé", "Après.")
    assert not Page(answer.content.decode()).all("section", class_="conflict")


def test_both_said_the_same(two):
    base = text().revision_number
    assert save(two[1], base, problem="Après.").status_code == 302
    assert save(two[0], base, problem="Après.").status_code == 302
    assert text().revision_number == base + 1


def test_markup_in_a_conflict_stays_text(two):
    base = text().revision_number
    save(two[1], base, title="<script>1</script>")
    answer = save(two[0], base, title="<img src=x onerror=1>")
    page = Page(answer.content.decode())
    assert not page.all("img", src="x")
    assert fields(page)["title"] == "<img src=x onerror=1> <script>1</script>"


@pytest.mark.django_db(transaction=True)
def test_a_hundred_pairs_at_once(rf):
    article = Article.objects.create(slug=BILINGUAL, status="draft")
    write(article, "fr", "Plafond", problem="Avant.")
    people = [editors.person(name, "Reviewer") for name in ("ada", "jean")]
    start = threading.Barrier(2)

    def save_at_once(which: int, number: int, base: ArticleTranslation) -> EditConflict | None:
        start.wait()
        try:
            save_translation(
                article=article,
                language="fr",
                texts={**base.texts(), "problem": f"Mot{which}x{number}."},
                author=people[which],
                origin=Revision.Origin.EDITOR,
                base_revision=base.revision_number,
            )
        except EditConflict as conflict:
            return conflict
        finally:
            connection.close()

    pages = []
    with ThreadPoolExecutor(2) as pool:
        for number in range(PAIRS):
            base = text()
            saves = [pool.submit(save_at_once, which, number, base) for which in (0, 1)]
            (conflict,) = (each.result() for each in saves if each.result())
            pages.append(_shown(rf, people, article, conflict))
    stored = " ".join(Revision.objects.values_list("problem", flat=True))
    saved = set(_WORDS.findall(stored))
    assert len(saved) == PAIRS
    # Each page shows its own pair: what was saved, and what was not.
    for number, page in enumerate(pages):
        pair = {f"Mot0x{number}", f"Mot1x{number}"}
        assert len(pair & saved) == 1
        assert pair <= set(_WORDS.findall(page))


def _shown(rf, people: list, article: Article, conflict: EditConflict) -> str:
    """The page of a conflict, seen by whoever lost the race."""
    request = rf.post("/")
    request.user = next(person for person in people if person != conflict.author)
    model_admin = admin.site.get_model_admin(Article)
    answer = conflict_response(request, model_admin, article, "fr", conflict)
    assert answer.status_code == 409
    return answer.render().content.decode()


def test_details_wait_for_the_text_that_they_were_saved_with(two):
    """Nothing is half done: neither where both texts meet, nor where the text is refused."""
    ada, jean = two
    article = Article.objects.get(slug=BILINGUAL)
    form = editors.posted(article, "fr", cause="Une.", audience="staff")
    save(jean, 2, cause="Autre.")
    answer = ada.post(address(), form)
    assert answer.status_code == 409
    assert ada.post(address(), {**form, "title": ""}).status_code == 200
    article.refresh_from_db()
    assert article.audience == "public"
    ada.post(address(), {**fields(Page(answer.content.decode())), "cause": "Les deux."})
    article.refresh_from_db()
    assert article.audience == "staff"
    assert text().cause == "Les deux."
