"""Words replaced in all texts: shown place by place, done and taken back as one act."""

import pytest

from tests.web.administration.whole.pages import page_of, text_of, words
from tests.web.content import BILINGUAL, DRAFT, FRENCH_ONLY, write
from tests.web.editors import person
from tests.web.html import Page
from troubleshooting.admin.bulk import replacing
from troubleshooting.editing import take_back
from troubleshooting.editing.reusing import save_snippet
from troubleshooting.editing.whole import Replacement, matches, replace_in
from troubleshooting.models import Article, ArticleTranslation, BulkChange, Revision, Snippet
from troubleshooting.texts.remarks import in_words

pytestmark = pytest.mark.usefixtures("portal")


@pytest.mark.parametrize("role", ["", "Author"])
def test_who_may_replace(client, role: str):
    client.force_login(person("nom", role))
    assert client.get(page_of("replace")).status_code == 403
    assert client.get(page_of("findings")).status_code == (200 if role else 403)


@pytest.mark.parametrize(
    ("find", "choices", "text", "after"),
    [
        ("a.c", {}, "a.c abc", "X abc"),
        ("l'eau chaude", {}, "De l’eau\xa0chaude.", "De X."),
        ("Intune", {"matches_case": False}, "INTUNE, intune", "X, X"),
        ("Intune", {}, "INTUNE, Intune", "INTUNE, X"),
        ("port", {"whole_words": True}, "port portail du port.", "X portail du X."),
        ("\\1", {}, "un \\1 deux", "un X deux"),
        ("É", {"matches_case": False}, "été", "XtX"),
        ("box", {}, "[box](/fr/box/) ![box](/media/box.png)", "[X](/fr/box/) ![X](/media/box.png)"),
        ("box", {}, '[box](<a box> "box")', '[X](<a box> "X")'),
        ("box", {}, "https://box.example/?box=1) box", "https://box.example/?box=1) X"),
        ("box", {}, "www.box.example box", "www.box.example X"),
        ("box", {}, '<a href="box">box</a>', '<a href="box">X</a>'),
        ("box", {}, "[!SNIPPET  box-on] box", "[!SNIPPET  box-on] X"),
        ("box", {"in_addresses": True}, "[box](/box/) [!SNIPPET box]", "[X](/X/) [!SNIPPET X]"),
    ],
)
def test_what_is_replaced(find: str, choices: dict, text: str, after: str):
    replacement = Replacement(find, "X", **choices)
    assert replacement.of(text) == after
    stored = text_of(FRENCH_ONLY)
    ArticleTranslation.objects.filter(pk=stored.pk).update(cause=text)
    assert [match.text.pk for match in matches(replacement, ArticleTranslation.objects.all())
            if match.text.pk == stored.pk]  # fmt: skip


def ticked(page: Page) -> dict[str, list[str]]:
    """Return what the page of find and replace posts beside what was asked."""
    names = ("text", "place", "revision")
    return {name: [box.get("value") for box in page.all("input", name=name)] for name in names}


def shown_places(client, find: str) -> Page:
    asked = {"find": find, "replace": "Y", "matches_case": "on", "language": "fr"}
    return Page(client.get(page_of("replace"), asked).content.decode())


def test_every_place_is_shown_and_those_ticked_are_replaced(client, reviewer):
    article = Article.objects.get(slug=BILINGUAL)
    write(article, "fr", "Xqz", problem="Xqz `Xqz`, [Xqz](/fr/xqz/Xqz/)", resolution="1.  Xqz.")
    page = shown_places(client, "Xqz")
    key = text_of(BILINGUAL).pk
    places = [f"{key}.{at}" for at in ("title.0", "problem.0", "problem.1", "problem.2",
                                       "resolution.0")]  # fmt: skip
    form = ticked(page)
    assert form["place"] == places
    labels = [box.text for box in page.all("p", class_="base-place")]
    assert ["code" in label for label in labels] == [False, False, True, False, False]
    form["place"] = places[1:2] + places[4:]
    client.post(page_of("replace"), {"find": "Xqz", "replace": "Y", "matches_case": "on", **form})
    text = text_of(BILINGUAL)
    assert text.title == "Xqz"
    assert text.problem.strip() == "Y `Xqz`, [Xqz](/fr/xqz/Xqz/)"
    assert text.resolution.strip() == "1.  Y."
    listed = words(client.get("/fr/admin/troubleshooting/bulkchange/"))
    assert "« Xqz » par « Y »" in listed.replace("\xa0", " ").replace("\u202f", " ")
    form = {**ticked(shown_places(client, "Xqz")), "text": []}
    client.post(page_of("replace"), {"find": "Xqz", "replace": "Y", "matches_case": "on", **form})
    assert text_of(BILINGUAL).revision_number == text.revision_number


def test_what_was_saved_since_its_places_were_shown_is_left(client, reviewer):
    article = Article.objects.get(slug=BILINGUAL)
    write(article, "fr", "Autre", problem="Xqz.")
    form = ticked(shown_places(client, "Xqz"))
    write(article, "fr", "Autre", problem="Ne pas Xqz, mais Xqz.")
    asked = {"find": "Xqz", "replace": "Y", "matches_case": "on"}
    answer = client.post(page_of("replace"), {**asked, **form}, follow=True)
    assert "Quelqu’un l’a modifié entre-temps" in words(answer)
    client.post(page_of("replace"), {**asked, **form, "revision": []})
    client.post(page_of("replace"), {**asked, **form, "place": ["x", "1.2", "a.b.c"]})
    assert text_of(BILINGUAL).problem.strip() == "Ne pas Xqz, mais Xqz."


def test_no_more_places_are_shown_than_one_act_changes(client, reviewer, monkeypatch):
    monkeypatch.setattr(replacing, "MOST_PLACES", 3)
    for slug in (BILINGUAL, FRENCH_ONLY):
        write(Article.objects.get(slug=slug), "fr", "Autre", problem="Xqz, Xqz.")
    page = shown_places(client, "Xqz")
    assert len(ticked(page)["place"]) == 3
    assert "3 endroits sont modifiés à la fois" in page.words.replace("\xa0", " ")
    monkeypatch.setattr(replacing, "MOST_PLACES", 4)
    page = shown_places(client, "Xqz")
    assert len(ticked(page)["place"]) == 4
    assert "à la fois" not in page.words.replace("\xa0", " ")


def test_replacing_is_looked_at_done_and_taken_back_as_one_act(client, reviewer):
    before = {text.pk: text.texts() for text in ArticleTranslation.objects.all()}
    asked = {"find": "Comptes", "replace": "Profils", "matches_case": "on", "language": "fr"}
    page = Page(client.get(page_of("replace"), asked).content.decode())
    chosen = [box.get("value") for box in page.all("input", name="text")]
    assert {int(key) for key in chosen} == {
        pk for pk, texts in before.items() if "Comptes" in "".join(texts.values())
    }
    assert "Comptes" in page.words
    client.post(page_of("replace"), {**asked, **ticked(page)})
    assert "Profils" in text_of(BILINGUAL).resolution
    assert in_words(text_of(BILINGUAL).revisions.first().comment).startswith("Remplacé")
    # Somebody goes on with one of them: that one stays.
    write(Article.objects.get(slug=BILINGUAL), "fr", "Autre", resolution="1.  Profils.")
    outcome = take_back(BulkChange.objects.get(action="replace"), user=reviewer)
    assert outcome.count == len(chosen) - 1
    assert [one.slug for (one,) in outcome.skipped.values()] == [BILINGUAL]
    other = {pk: texts for pk, texts in before.items() if pk != text_of(BILINGUAL).pk}
    assert {text.pk: text.texts() for text in ArticleTranslation.objects.filter(pk__in=other)} == (
        other
    )


def test_snippets_that_say_it_are_named_and_stay_as_they_are(client, reviewer):
    texts = {"fr": "Relancez l’eau\xa0chaude.", "en": "Restart the hot water."}
    snippet = save_snippet(Snippet(key="relance"), texts, author=None).snippet
    page = words(client.get(page_of("replace"), {"find": "l'eau chaude"}))
    assert "Fragments qui le disent" in page
    assert "relance Français Relancez l’eau chaude." in page
    assert "Restart" not in page
    assert save_snippet(snippet, texts, author=reviewer).changed is False
    asked = {"find": "Restart", "language": "fr"}
    assert "Aucun texte" in words(client.get(page_of("replace"), asked))


def test_what_may_not_be_changed_is_skipped_with_the_reason(reviewer, settings):
    settings.FOUR_EYES = True
    texts = list(ArticleTranslation.objects.filter(article__slug__in=[BILINGUAL, DRAFT]))
    titles = {text.article.slug for text in texts}
    number = Revision.objects.count()
    outcome = replace_in(Replacement("e", "é"), texts, user=reviewer)
    assert titles == {BILINGUAL, DRAFT}
    assert [[one.slug for one in articles] for articles in outcome.skipped.values()] == [
        [BILINGUAL, BILINGUAL]
    ]
    assert Revision.objects.count() == number + 1


def test_what_was_skipped_is_named_by_its_title(client, reviewer, settings):
    settings.FOUR_EYES = True
    form = ticked(shown_places(client, "Plafond"))
    form["text"] = [str(text_of(BILINGUAL).pk)]
    asked = {"find": "Plafond", "replace": "Y", "matches_case": "on", **form}
    said = words(client.post(page_of("replace"), asked, follow=True))
    assert "1 article a été laissé de côté (Plafond atteint) :" in said.replace("\xa0", " ")
    assert BILINGUAL not in said
    assert "0 texte" not in said


def test_what_says_it_already_is_no_place(client, reviewer):
    write(Article.objects.get(slug=BILINGUAL), "fr", "Autre", problem="L’eau. L'eau.")
    asked = {"find": "L'eau", "replace": "L’eau", "matches_case": "on"}
    page = Page(client.get(page_of("replace"), {**asked, "language": "fr"}).content.decode())
    assert len(page.all("input", name="place")) == 1
    client.post(page_of("replace"), {**asked, **ticked(page)})
    assert text_of(BILINGUAL).problem == "L’eau. L’eau."


def test_what_was_changed_after_it_was_shown_is_shown_again(client, reviewer):
    page = shown_places(client, "Plafond")
    before = text_of(BILINGUAL).texts()
    shown = page.one("input", name="shown").get("value")
    other = {"find": "Plafond", "replace": "XXX", "matches_case": "on", "language": "fr"}
    other["shown"] = shown
    answer = client.post(page_of("replace"), {**other, **ticked(page)})
    again = Page(answer.content.decode())
    assert "rien n’a été remplacé" in again.one("p", class_="errornote").text
    assert {one.text for one in again.all("ins")} == {"XXX"}
    assert text_of(BILINGUAL).texts() == before
    other["shown"] = again.one("input", name="shown").get("value")
    client.post(page_of("replace"), {**other, **ticked(again)})
    assert "XXX" in text_of(BILINGUAL).title


def test_only_what_was_cut_ends_in_dots(client, reviewer):
    page = words(client.get(page_of("replace"), {"find": "Plafond"}))
    assert "…Plafond" not in page
