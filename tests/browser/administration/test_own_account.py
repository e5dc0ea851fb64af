"""An account of one's own: invited by a letter, then told of what happens as its owner wants."""

import re

import pytest
from django.core import mail

from tests.browser.administration.filled import portal  # noqa: F401
from tests.browser.editing.test_editing import sign_in
from tests.web.editors import PASSWORD, person
from troubleshooting.models import NoticePreference

#: What the pages say, by language, and the language of letters that is chosen there.
WORDS = {
    "fr": {
        "name": "Nom d’utilisateur",
        "email": "Adresse électronique",
        "role": "Auteur",
        "save": "Enregistrer",
        "sent": "Le lien a été envoyé à camille par courriel.",
        "password": "Nouveau mot de passe",
        "again": "Confirmation du nouveau mot de passe",
        "set": "Enregistrer le mot de passe",
        "enter": "Se connecter",
        "own_password": "Mot de passe",
        "profile": "Mon profil",
        "daily": "Un courriel par jour",
        "letters": "Langue des courriels",
        "kept": "Enregistré",
        "chosen": "en",
    },
    "en": {
        "name": "Username",
        "email": "Email address",
        "role": "Author",
        "save": "Save",
        "sent": "The link was sent to camille by email.",
        "password": "New password",
        "again": "New password confirmation",
        "set": "Set the password",
        "enter": "Sign in",
        "own_password": "Password",
        "profile": "My profile",
        "daily": "One letter a day",
        "letters": "Language of emails",
        "kept": "Saved",
        "chosen": "fr",
    },
}


@pytest.mark.parametrize("language", WORDS)
def test_somebody_is_invited_and_says_how_they_are_told(
    browser, page, live_server, portal, settings, language  # noqa: F811
):  # fmt: skip
    words = WORDS[language]
    settings.SITE_ADDRESS = live_server.url
    sign_in(page.context, live_server, person("ada", "Administrator"))
    person("aline", "Author")  # with whom the role comes back into the emptied table
    page.goto(f"/{language}/admin/auth/user/add/")
    page.get_by_label(words["name"]).fill("camille")
    page.get_by_label(words["email"]).fill("camille@example.org")
    page.get_by_label(words["role"]).check()
    page.get_by_role("button", name=words["save"], exact=True).click()
    page.get_by_text(words["sent"]).wait_for()

    (letter,) = mail.outbox
    own = browser.new_context(base_url=live_server.url)
    tab = own.new_page()
    tab.goto(re.search(rf"\S+/{language}/password/\S+", letter.body)[0])
    tab.get_by_label(words["password"], exact=True).fill(PASSWORD)
    tab.get_by_label(words["again"]).fill(PASSWORD)
    tab.get_by_role("button", name=words["set"]).click()
    tab.get_by_role("main").get_by_role("link", name=words["enter"]).click()
    tab.locator("main [name=username]").fill("camille")
    tab.get_by_label(words["own_password"], exact=True).fill(PASSWORD)
    with tab.expect_response(lambda answer: answer.request.method == "POST"):
        tab.get_by_role("main").get_by_role("button", name=words["enter"]).click()
    tab.goto(f"/{language}/admin/")
    tab.locator("summary", has_text="camille").click()
    tab.get_by_role("link", name=words["profile"]).click()
    tab.get_by_label(words["daily"]).check()
    tab.get_by_label(words["letters"]).select_option(words["chosen"])
    tab.get_by_role("button", name=words["save"], exact=True).click()
    tab.get_by_text(words["kept"]).wait_for()
    own.close()
    kept = NoticePreference.objects.get(user__username="camille")
    assert (kept.mails, kept.language) == ("daily", words["chosen"])
