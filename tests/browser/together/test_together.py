"""Several people at one published text: what waits, words about it, a moment, a second look.

Readers see the live text until somebody else has decided.
"""

import pytest

from tests.browser.editing.test_editing import form_of, portal, sign_in, write  # noqa: F401
from tests.web.content import BILINGUAL
from tests.web.content import write as store
from tests.web.editors import person
from troubleshooting.editing.reusing import save_snippet
from troubleshooting.models import Article, Responsibility, ScheduledChange, Snippet

PAGE = f"/fr/articles/{BILINGUAL}/"


@pytest.fixture
def lea(portal):  # noqa: F811
    return person("lea", "Author")


@pytest.fixture
def rene(portal):  # noqa: F811
    return person("rene", "Reviewer")


def test_a_published_text_is_revised_discussed_and_given_an_end(
    page, live_server, lea, rene, settings
):
    """The author prepares and asks, the reviewer reads what differs, publishes, and sets an end."""
    settings.TIME_ZONE = "Europe/Paris"
    sign_in(page.context, live_server, lea)
    page.goto(f"{form_of(BILINGUAL)}?language=fr")
    page.get_by_text("Vous rédigez une révision en attente").wait_for()
    write(page, "Cause", " Trop d’appareils.")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_text("La révision en attente a été enregistrée").wait_for()
    page.goto(PAGE)
    assert page.get_by_text("Trop d’appareils.").count() == 0
    page.goto(f"{form_of(BILINGUAL)}?language=fr")
    page.get_by_role("button", name="Envoyer en relecture").click()
    page.get_by_text("envoyée en relecture").wait_for()
    page.goto(f"{form_of(BILINGUAL)}?language=fr")
    page.get_by_role("link", name="Commentaires").click()
    page.get_by_label("Nouveau fil").fill("@rene Combien, au juste ?")
    page.get_by_role("button", name="Commenter").click()
    page.get_by_text("Combien, au juste").first.wait_for()

    sign_in(page.context, live_server, rene)
    page.goto("/fr/admin/")
    notices = page.get_by_role("region", name="Avis")
    told = notices.get_by_role("listitem").filter(has_text="Vous êtes mentionné")
    told.get_by_role("link", name="Plafond atteint").click()
    page.get_by_label("Répondre").fill("Cinq.")
    page.get_by_role("button", name="Répondre").click()
    page.get_by_text("Cinq.", exact=True).wait_for()
    page.get_by_role("button", name="Résoudre").click()
    page.get_by_text("Résolu le").wait_for()
    page.goto("/fr/admin/")
    page.get_by_role("button", name="Marquer comme lu").click()
    page.wait_for_url("**/fr/admin/")
    assert page.get_by_role("region", name="Avis").count() == 0
    page.locator("#shell-nav").get_by_role("link", name="Révisions en attente").click()
    page.get_by_role("link", name="Plafond atteint").click()
    assert page.locator(".history-diff ins", has_text="appareils").count() == 1
    page.get_by_role("button", name="Publier").click()
    page.get_by_text("est maintenant publiée").wait_for()
    page.goto(PAGE)
    page.get_by_text("Trop d’appareils.").wait_for()

    page.goto(f"{form_of(BILINGUAL)}?language=fr")
    page.get_by_role("link", name="Programmer").click()
    end = page.get_by_role("region", name="Fin de validité")
    end.get_by_label("Date et heure").fill("2031-03-30T02:30")  # an hour that summer time skips
    end.get_by_role("button", name="Programmer").click()
    end.locator(".errorlist").wait_for()
    end.get_by_label("Date et heure").fill("2031-04-01T09:30")
    end.get_by_role("button", name="Programmer").click()
    page.locator("[data-scheduled]").get_by_text("1 avril 2031").wait_for()
    assert ScheduledChange.objects.get().act == "expire"
    page.get_by_role("button", name="Annuler la modification").click()
    page.get_by_text("Rien n’est programmé pour cet article.").wait_for()


def test_a_snippet_waits_for_a_second_look(page, live_server, rene, settings):
    """In English, with four eyes: who proposes does not approve, and readers see it only then."""
    texts = {"fr": "1.  Relancez.", "en": "1.  Restart it."}
    save_snippet(Snippet(key="relance"), texts, author=None)
    article = Article.objects.get(slug=BILINGUAL)
    store(article, "en", "Limit reached", resolution="[!SNIPPET relance]")
    settings.FOUR_EYES = True
    live = f"/en/articles/{BILINGUAL}/"

    sign_in(page.context, live_server, rene)
    page.goto("/en/admin/troubleshooting/snippet/")
    page.get_by_role("link", name="relance").click()
    page.get_by_role("heading", name="Used in 1 article").wait_for()
    page.locator("#id_text_en").fill("1.  Wait a **minute**.")
    page.get_by_role("button", name="Preview").click()
    page.locator("#snippet-preview strong", has_text="minute").wait_for()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Kept as a proposal").wait_for()
    page.get_by_text("Somebody else has to approve it.").wait_for()
    assert page.get_by_role("button", name="Approve").count() == 0
    page.goto(live)
    page.get_by_text("Restart it.").wait_for()

    sign_in(page.context, live_server, person("nadia", "Reviewer"))
    page.goto("/en/admin/troubleshooting/snippet/")
    page.get_by_role("link", name="relance").click()
    page.get_by_role("heading", name="Proposed by rene").wait_for()
    page.get_by_role("button", name="Approve").click()
    page.get_by_text("1 text says it now").wait_for()
    page.goto(live)
    page.get_by_text("Wait a minute.").wait_for()
    assert Snippet.objects.get().version == 2


def test_a_field_is_given_and_what_is_outside_is_proposed(page, live_server, portal, lea, settings):  # noqa: F811
    """The administrator gives a field; the author finds what is theirs, and proposes elsewhere."""
    settings.ROLES_BY_FIELD = True
    sign_in(page.context, live_server, person("ada", "Administrator"))
    page.goto("/en/admin/")
    page.locator("#shell-nav").get_by_role("link", name="Responsibilities").click()
    page.get_by_text("no reviewer of their own").wait_for()
    page.get_by_label("Account or group").select_option(label="lea")
    page.get_by_label("Role").select_option(label="Author")
    page.get_by_label("Field").select_option(label="iOS/iPadOS")
    page.get_by_role("button", name="Make responsible").click()
    page.get_by_text("Lea is responsible for: iOS/iPadOS.").wait_for()
    assert Responsibility.objects.get().user == lea

    sign_in(page.context, live_server, lea)
    page.goto(form_of(BILINGUAL).replace("/fr/", "/en/"))  # of Android: a proposal it is
    page.get_by_text("You are writing a pending revision").wait_for()

    sign_in(page.context, live_server, person("eve", "Administrator"))
    page.goto("/en/admin/responsibilities/")
    page.get_by_role("button", name="Take “iOS/iPadOS” from lea").click()
    page.get_by_text("Lea is no longer responsible for: iOS/iPadOS.").wait_for()
    assert not Responsibility.objects.exists()
