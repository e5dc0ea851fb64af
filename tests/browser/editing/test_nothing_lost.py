"""What editors do not touch stays as it is, to the last no-break space."""

import os
import re
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.browser.editing.test_editing import form_of, sign_in
from tests.kept import copied
from tests.web.content import FRENCH_ONLY, make_portal
from tests.web.editors import address, person
from troubleshooting.editing import save_translation
from troubleshooting.models import Article, ArticleTranslation, Revision

FIXTURES = Path(__file__).parents[3] / "fixtures"
NBSP = "\N{NO-BREAK SPACE}"
PROBLEM = f"Le message suivant s’affiche{NBSP}:\n\n> «{NBSP}Accès refusé{NBSP}»{NBSP}!"

#: Sends the form of a field without going anywhere: what its scripts make of it on the way.
WHAT_IS_SENT = """field => new Promise((resolve) => {
    const form = field.closest("form");
    form.addEventListener("submit", (event) => {
        event.preventDefault();
        resolve(Object.fromEntries(new FormData(form)));
    });
    form.requestSubmit();
})"""


#: One text of so many is opened; all take a minute.
SHARE = int(os.environ.get("OPENED_AGAIN") or 3)


def _imported() -> None:
    make_portal()
    call_command("import_docs", *FIXTURES.glob("*.md"), verbosity=0)


@pytest.fixture
def reviewer(transactional_db):
    copied(make_portal)
    return person("rene", "Reviewer")


@pytest.mark.slow
def test_an_opened_french_text_is_sent_as_it_is(page, live_server, transactional_db):
    copied(_imported)
    sign_in(page.context, live_server, person("rene", "Reviewer"))
    texts = ArticleTranslation.objects.filter(language="fr")
    assert texts.filter(problem__contains=NBSP).exists()
    # The preview takes most of the time; to answer it here by a route would keep no file of a page.
    page.add_init_script("window.fetch = async () => new Response('')")
    for text in texts.select_related("article").order_by("pk")[::SHARE]:
        page.goto(f"{address('change', text.article_id)}?language=fr")
        page.get_by_role("textbox", name="Problème", exact=True).click()
        sent = page.get_by_role("textbox", name="Problème", exact=True).evaluate(WHAT_IS_SENT)
        kept = {name: sent[name].replace("\r\n", "\n") for name in text.texts()}
        assert kept == text.texts()


def test_opening_and_saving_makes_no_revision(page, live_server, reviewer):
    before = Revision.objects.count()
    sign_in(page.context, live_server, reviewer)
    page.goto(f"{form_of(FRENCH_ONLY)}?language=fr")
    page.get_by_role("textbox", name="Problème", exact=True).click()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_text("Rien n’a changé.").wait_for()
    assert Revision.objects.count() == before


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["Control+End", "Fin"], f"{PROBLEM}Fin"),
        (["Control+Home", "Oui"], f"Oui{PROBLEM}"),
        (["Control+Home", "End", f"{NBSP}?"], PROBLEM.replace(f"{NBSP}:", f"{NBSP}:{NBSP}?")),
        (["Control+Home", "Control+ArrowRight", "x"], PROBLEM.replace("Le", "Lex")),
        (["Control+End", "Backspace", "Backspace"], PROBLEM[:-2]),
        # é comes as from an input method: as a sign without a key, and keys right after it.
        (["Control+End", "été déjà"], f"{PROBLEM}été déjà"),
    ],
    ids=[
        "at the end",
        "at the beginning",
        "a no-break space",
        "within a line",
        "taken away",
        "signs without keys",
    ],
)
def test_what_is_typed_beside_them_leaves_them(page, live_server, reviewer, keys, expected):
    article = Article.objects.get(slug=FRENCH_ONLY)
    texts = ArticleTranslation.objects.get(article=article, language="fr").texts()
    save_translation(
        article=article, language="fr", texts={**texts, "problem": PROBLEM},
        author=None, origin="editor",
    )  # fmt: skip
    sign_in(page.context, live_server, reviewer)
    page.goto(form_of(FRENCH_ONLY))
    page.get_by_role("textbox", name="Problème", exact=True).click()
    for key in keys:
        if re.fullmatch(r"Control\+\w+|End|Backspace", key):
            page.keyboard.press(key)
        else:
            page.keyboard.type(key)
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_text("Le texte a été enregistré.").wait_for()
    assert ArticleTranslation.objects.get(article=article, language="fr").problem == expected
