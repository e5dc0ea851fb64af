"""A form that is open in a browser while somebody else publishes, saves, or throws away."""

import re

import pytest

from tests.browser.editing.test_editing import form_of, portal, reviewer, sign_in  # noqa: F401
from tests.web.content import DRAFT, write
from tests.web.editors import person
from troubleshooting.editing import change_status, trash_articles
from troubleshooting.models import Article, PendingRevision

pytestmark = pytest.mark.usefixtures("portal")

#: What the form says: by language.
WORDS = {
    "fr": {"gone": "ada a mis «", "here": "L’article n’est plus là", "send": "Envoyer en relecture",
           "named": "Non modifié : Type", "taken": "la révision 2 est affichée"},
    "en": {"gone": "ada put “", "here": "The article is no longer there", "send": "Send to review",
           "named": "Not changed: Kind", "taken": "revision 2 is shown now"},
}  # fmt: skip


@pytest.fixture
def draft(live_server, page):
    """The draft, whose form an author has open."""
    sign_in(page.context, live_server, person("lea", "Author"))
    return Article.objects.get(slug=DRAFT)


def save(page):
    page.keyboard.press("Control+S")


@pytest.mark.parametrize("language", WORDS)
def test_an_article_in_the_trash_is_said_to_be_there(page, draft, language):
    words = WORDS[language]
    page = page.context.new_page()  # the first one counts what the portal refuses as a fault
    page.goto(form_of(DRAFT).replace("/fr/", f"/{language}/"))
    trash_articles([draft], user=person("ada", "Administrator"))
    page.locator("#id_title").fill("Ce que j’ai écrit")
    page.locator("[data-draft-state]", has_text=words["here"]).wait_for()
    save(page)
    state = page.locator("[data-save-state]", has_text=words["gone"])
    state.wait_for()
    page.locator("#presence", has_text=words["gone"]).wait_for()
    assert page.locator("#id_title").input_value() == "Ce que j’ai écrit"
    bar = page.locator(".save-bar")
    assert bar.evaluate("one => one.scrollWidth <= one.clientWidth")


@pytest.mark.parametrize("language", WORDS)
def test_published_meanwhile_the_form_says_what_it_is_now(page, draft, reviewer, language):  # noqa: F811
    words = WORDS[language]
    page.goto(form_of(DRAFT).replace("/fr/", f"/{language}/"))
    change_status(draft, "publish", user=reviewer, accept_missing=True)
    page.locator("#id_title").fill("Autre titre")
    page.locator("#id_kind").select_option("advice")
    save(page)
    page.locator("[data-save-state]", has_text=words["named"]).wait_for()
    assert page.locator("#id_kind").is_disabled()
    assert page.locator("#id_kind").input_value() == "problem"
    page.get_by_role("button", name=words["send"]).click()
    page.wait_for_url(re.compile("/pending/"))
    assert PendingRevision.objects.get().state == "submitted"


@pytest.mark.parametrize("language", WORDS)
def test_who_writes_nothing_sees_what_was_saved_meanwhile(page, draft, language):
    page.goto(form_of(DRAFT).replace("/fr/", f"/{language}/") + "?language=fr")
    write(draft, "fr", "Le Wi-Fi tombe", problem="Depuis lundi.")
    page.locator("#id_kind").select_option("advice")
    save(page)
    page.locator("[data-save-state]", has_text=WORDS[language]["taken"]).wait_for()
    assert page.locator("#id_title").input_value() == "Le Wi-Fi tombe"
    page.locator("#id_title").fill("Le Wi-Fi tombe souvent")
    save(page)
    page.locator("[data-save-state][data-kind=saved]").wait_for()
    text = Article.objects.get(slug=DRAFT).translations.get(language="fr")
    assert (text.title, text.problem) == ("Le Wi-Fi tombe souvent", "Depuis lundi.")
