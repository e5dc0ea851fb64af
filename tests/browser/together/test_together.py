"""Several people at one published text: what waits, words about it, a moment, a second look.

Readers see the live text until somebody else has decided.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.editing.test_editing import form_of, portal, sign_in, write  # noqa: F401
from tests.web.content import BILINGUAL
from tests.web.content import write as store
from tests.web.editors import person
from troubleshooting.editing.reusing import save_snippet
from troubleshooting.models import Article, Responsibility, ScheduledChange, Snippet

#: What the pages say, by language, in the order in which people meet it.
REVISIONS = {
    "fr": {
        "writes": "Vous rédigez une révision en attente",
        "save": "Enregistrer",
        "saved": "La révision en attente a été enregistrée",
        "send": "Envoyer en relecture",
        "sent": "envoyée en relecture",
        "comments": "Commentaires",
        "thread": "Nouveau fil",
        "comment": "Commenter",
        "notices": "Notifications",
        "mentioned": "Vous êtes mentionné",
        "answer": "Répondre",
        "resolve": "Résoudre",
        "resolved": "Résolu le",
        "read": "Tout marquer comme lu",
        "list": "Révisions en attente",
        "publish": "Publier",
        "live": "est maintenant publiée",
        "schedule": "Programmer",
        "end": "Fin de validité",
        "moment": "Date et heure",
        "day": "1 avril 2031",
        "cancel": "Annuler la programmation",
        "nothing": "Rien n’est programmé pour cet article.",
    },
    "en": {
        "writes": "You are writing a pending revision",
        "save": "Save",
        "saved": "The pending revision was saved",
        "send": "Send to review",
        "sent": "was sent to review",
        "comments": "Comments",
        "thread": "New thread",
        "comment": "Comment",
        "notices": "Notices",
        "mentioned": "You are mentioned",
        "answer": "Answer",
        "resolve": "Resolve",
        "resolved": "Resolved on",
        "read": "Mark all as read",
        "list": "Pending revisions",
        "publish": "Publish",
        "live": "is live now",
        "schedule": "Schedule",
        "end": "Comes to its end",
        "moment": "Date and time",
        "day": "April 1, 2031",
        "cancel": "Cancel the schedule",
        "nothing": "Nothing is scheduled for this article.",
    },
}
SNIPPETS = {
    "fr": {
        "used": "Utilisé dans 1 article", "preview": "Aperçu", "save": "Enregistrer",
        "kept": "Gardé comme proposition", "waits": "Quelqu’un d’autre doit l’approuver.",
        "approve": "Approuver", "proposed": "Proposé par rene", "said": "1 texte le dit maintenant",
    },
    "en": {
        "used": "Used in 1 article", "preview": "Preview", "save": "Save",
        "kept": "Kept as a proposal", "waits": "Somebody else has to approve it.",
        "approve": "Approve", "proposed": "Proposed by rene", "said": "1 text says it now",
    },
}  # fmt: skip
FIELDS = {
    "fr": {
        "page": "Responsabilités", "orphans": "relecteur propre", "holder": "Compte ou groupe",
        "role": "Rôle", "author": "Auteur", "field": "Domaine", "give": "Confier le domaine",
        "given": "Lea est responsable de", "pending": "Vous rédigez une révision en attente",
        "take": "Retirer «\N{NO-BREAK SPACE}iOS/iPadOS\N{NO-BREAK SPACE}» à lea",
        "taken": "Lea n’est plus responsable de",
    },
    "en": {
        "page": "Responsibilities", "orphans": "no reviewer of their own",
        "holder": "Account or group", "role": "Role", "author": "Author", "field": "Field",
        "give": "Make responsible", "given": "Lea is responsible for",
        "pending": "You are writing a pending revision", "take": "Take “iOS/iPadOS” from lea",
        "taken": "Lea is no longer responsible for",
    },
}  # fmt: skip
#: In the language of the page, or of the text that is spoken of.
TITLE = re.compile("Plafond atteint|Limit reached")
PAGE = f"/fr/articles/{BILINGUAL}/"


@pytest.fixture
def lea(portal):  # noqa: F811
    return person("lea", "Author")


@pytest.fixture
def rene(portal):  # noqa: F811
    return person("rene", "Reviewer")


@pytest.mark.parametrize("language", REVISIONS)
def test_a_published_text_is_revised_discussed_and_given_an_end(
    page, live_server, lea, rene, settings, language
):
    """The author prepares and asks, the reviewer reads what differs, publishes, and sets an end."""
    words = REVISIONS[language]
    form = form_of(BILINGUAL).replace("/fr/", f"/{language}/") + "?language=fr"
    settings.TIME_ZONE = "Europe/Paris"
    sign_in(page.context, live_server, lea)
    prepare(page, form, words)
    ask(page, form, words)
    sign_in(page.context, live_server, rene)
    answer(page, language, words)
    publish(page, words)
    set_an_end(page, form, words)


def prepare(page, form: str, words) -> None:
    """Write a revision that readers do not see, and send it to review."""
    page.goto(form)
    page.get_by_text(words["writes"]).wait_for()
    write(page, "Cause", " Trop d’appareils.")
    page.get_by_role("button", name=words["save"], exact=True).click()
    page.get_by_text(words["saved"]).wait_for()
    page.goto(PAGE)
    assert page.get_by_text("Trop d’appareils.").count() == 0
    page.goto(form)
    page.get_by_role("button", name=words["send"]).click()
    page.get_by_text(words["sent"]).wait_for()


def ask(page, form: str, words) -> None:
    page.goto(form)
    page.get_by_role("link", name=words["comments"]).click()
    page.get_by_label(words["thread"]).fill("@rene Combien, au juste ?")
    page.get_by_role("button", name=words["comment"]).click()
    page.get_by_text("Combien, au juste").first.wait_for()


def answer(page, language: str, words) -> None:
    """Come to the question by its notice, answer it, and read all notices."""
    page.goto(f"/{language}/admin/")
    notices = page.get_by_role("region", name=words["notices"])
    told = notices.get_by_role("listitem").filter(has_text=words["mentioned"])
    told.get_by_role("link", name=TITLE).click()
    page.get_by_label(words["answer"]).fill("Cinq.")
    page.get_by_role("button", name=words["answer"]).click()
    page.get_by_text("Cinq.", exact=True).wait_for()
    page.get_by_role("button", name=words["resolve"]).click()
    page.get_by_text(words["resolved"]).wait_for()
    page.goto(f"/{language}/admin/")
    page.get_by_role("button", name=words["read"]).click()
    page.wait_for_url(f"**/{language}/admin/")
    expect(page.get_by_role("region", name=words["notices"])).to_have_count(0)


def publish(page, words) -> None:
    page.locator("#shell-nav").get_by_role("link", name=words["list"]).click()
    page.get_by_role("link", name=TITLE).click()
    expect(page.locator(".history-diff ins", has_text="appareils")).to_have_count(1)
    page.get_by_role("button", name=words["publish"]).click()
    page.get_by_text(words["live"]).wait_for()
    page.goto(PAGE)
    page.get_by_text("Trop d’appareils.").wait_for()


def set_an_end(page, form: str, words) -> None:
    """Set it for an hour that summer time skips, for one that there is, and take it back."""
    page.goto(form)
    page.locator(".form-menu > summary").click()
    page.get_by_role("link", name=words["schedule"]).click()
    end = page.get_by_role("region", name=words["end"])
    end.get_by_label(words["moment"]).fill("2031-03-30T02:30")
    end.get_by_role("button", name=words["schedule"]).click()
    end.locator(".errorlist").wait_for()
    end.get_by_label(words["moment"]).fill("2031-04-01T09:30")
    end.get_by_role("button", name=words["schedule"]).click()
    page.locator("[data-scheduled]").get_by_text(words["day"]).wait_for()
    assert ScheduledChange.objects.get().act == "expire"
    page.get_by_role("button", name=words["cancel"]).click()
    page.get_by_text(words["nothing"]).wait_for()


@pytest.mark.parametrize("language", SNIPPETS)
def test_a_snippet_waits_for_a_second_look(page, live_server, rene, settings, language):
    """With four eyes: who proposes does not approve, and readers see it only then."""
    words = SNIPPETS[language]
    texts = {"fr": "1.  Relancez.", "en": "1.  Restart it."}
    save_snippet(Snippet(key="relance"), texts, author=None)
    article = Article.objects.get(slug=BILINGUAL)
    store(article, language, "Plafond atteint", resolution="[!SNIPPET relance]")
    settings.FOUR_EYES = True
    live = f"/{language}/articles/{BILINGUAL}/"

    sign_in(page.context, live_server, rene)
    page.goto(f"/{language}/admin/troubleshooting/snippet/")
    page.get_by_role("link", name="relance").click()
    page.get_by_role("heading", name=words["used"]).wait_for()
    page.locator(f"#id_text_{language}").fill("1.  Wait a **minute**.")
    page.get_by_role("button", name=words["preview"]).click()
    page.locator("#snippet-preview strong", has_text="minute").wait_for()
    page.get_by_role("button", name=words["save"], exact=True).click()
    page.get_by_text(words["kept"]).wait_for()
    page.get_by_text(words["waits"]).wait_for()
    assert page.get_by_role("button", name=words["approve"]).count() == 0
    page.goto(live)
    page.get_by_text({"fr": "Relancez.", "en": "Restart it."}[language]).wait_for()

    sign_in(page.context, live_server, person("nadia", "Reviewer"))
    page.goto(f"/{language}/admin/troubleshooting/snippet/")
    page.get_by_role("link", name="relance").click()
    page.get_by_role("heading", name=words["proposed"]).wait_for()
    page.get_by_role("button", name=words["approve"]).click()
    page.get_by_text(words["said"]).wait_for()
    page.goto(live)
    page.get_by_text("Wait a minute.").wait_for()
    assert Snippet.objects.get().version == 2


@pytest.mark.parametrize("language", FIELDS)
def test_a_field_is_given_and_what_is_outside_is_proposed(
    page, live_server, portal, lea, settings, language  # noqa: F811
):  # fmt: skip
    """The administrator gives a field; the author finds what is theirs, and proposes elsewhere."""
    words = FIELDS[language]
    settings.ROLES_BY_FIELD = True
    sign_in(page.context, live_server, person("ada", "Administrator"))
    page.goto(f"/{language}/admin/")
    page.locator("#shell-nav").get_by_role("link", name=words["page"]).click()
    page.get_by_text(words["orphans"]).wait_for()
    page.get_by_label(words["holder"]).select_option(label="lea")
    page.get_by_label(words["role"]).select_option(label=words["author"])
    page.get_by_label(words["field"]).select_option(label="iOS/iPadOS")
    page.get_by_role("button", name=words["give"]).click()
    page.get_by_text(words["given"]).wait_for()
    assert Responsibility.objects.get().user == lea

    sign_in(page.context, live_server, lea)
    page.goto(form_of(BILINGUAL).replace("/fr/", f"/{language}/"))  # of Android: a proposal it is
    page.get_by_text(words["pending"]).wait_for()

    sign_in(page.context, live_server, person("eve", "Administrator"))
    page.goto(f"/{language}/admin/responsibilities/")
    page.get_by_role("button", name=words["take"]).click()
    page.get_by_text(words["taken"]).wait_for()
    assert not Responsibility.objects.exists()
