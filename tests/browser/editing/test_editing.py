"""Writing an article, as editors do it in a real browser."""

import re
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image
from playwright.sync_api import expect

from tests.browsing import watch
from tests.kept import copied
from tests.web.content import BILINGUAL, DRAFT, Portal, make_portal
from tests.web.editors import PASSWORD, address, person
from troubleshooting.editing.reusing import save_snippet
from troubleshooting.models import Article, ArticleTranslation, Revision, Snippet

pytestmark = pytest.mark.usefixtures("portal")
CODE = "0x80180014"


@pytest.fixture
def portal(transactional_db) -> Portal:
    """Return a small portal: nothing here needs a second page of results."""
    return copied(make_portal)


@pytest.fixture
def author(portal):
    return person("aline", "Author")


@pytest.fixture
def reviewer(portal):
    return person("rene", "Reviewer")


def sign_in(context, live_server, user) -> None:
    """Give the browser the session of ``user``."""
    client = Client()
    client.force_login(user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}]
    )


@pytest.fixture
def second(browser, live_server, reviewer):
    """Return a tab of another browser, in which the reviewer is signed in."""
    context = browser.new_context(base_url=live_server.url, locale="fr-FR")
    sign_in(context, live_server, reviewer)
    tab = context.new_page()
    faults = watch(tab, urlsplit(live_server.url).netloc)
    yield tab
    context.close()
    assert not faults, "\n".join(faults)


def write(page, name: str, words: str) -> None:
    """Type ``words`` at the end of the section with that label."""
    page.get_by_role("textbox", name=name, exact=True).click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(words)


def form_of(slug: str) -> str:
    return address("change", Article.objects.get(slug=slug).pk)


def test_from_a_failed_search_to_a_published_article(page, second, author):
    page.goto("/fr/admin/login/")
    page.fill("[name=username]", author.username)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Connexion").click()
    page.goto(f"/fr/search/?q={CODE}")
    page.get_by_role("link", name="Créer un article à partir de ceci").click()

    codes = page.locator("#report .codes")
    assert CODE in codes.text_content()
    page.get_by_label("Titre").fill("L’inscription est bloquée")
    write(page, "Problème", "\n\nErreur 0x8007064C.")
    codes.get_by_text("0x8007064C").wait_for()
    assert "Erreur Windows" in codes.text_content()
    page.get_by_text("Il n’y a pas de résolution.").wait_for()
    write(page, "Résolution", "1. Ouvrez les paramètres.\n2. Redémarrez.")
    page.locator("#preview .step").nth(1).wait_for()
    page.get_by_text("2 étapes").wait_for()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_text("créé comme brouillon").wait_for()
    page.get_by_role("button", name="Envoyer en relecture").click()
    page.get_by_text(re.compile("maintenant dans l’état.*En relecture")).wait_for()

    article = Article.objects.get(translations__title="L’inscription est bloquée")
    assert page.goto(f"/fr/articles/{article.slug}/").status == 200
    second.goto(address("change", article.pk))
    second.get_by_role("button", name="Publier").click()
    second.get_by_role("heading", name="Publier").wait_for()
    second.get_by_role("button", name="Publier").click()
    second.get_by_text(re.compile("maintenant dans l’état.*Publié")).wait_for()
    second.context.clear_cookies()
    assert second.goto(f"/fr/articles/{article.slug}/").status == 200
    assert second.locator("li.step").count() == 2


def test_a_text_that_was_not_saved_is_offered_again(page, live_server, author):
    sign_in(page.context, live_server, author)
    page.goto(form_of(DRAFT))
    write(page, "Cause", "Une cause à ne pas perdre.")
    # The session ends: nothing is saved, and the page says why and keeps the text.
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_text("Non enregistré\N{NO-BREAK SPACE}: vous êtes déconnecté").wait_for()
    assert "Une cause à ne pas perdre." in page.locator("#id_cause").input_value()
    sign_in(page.context, live_server, author)
    page.goto(form_of(DRAFT))
    page.get_by_text("n’a pas été enregistré").wait_for()
    page.get_by_role("button", name="Comparer").click()
    expect(page.locator(".compared")).to_contain_text("Une cause à ne pas perdre.")
    page.get_by_role("button", name="Rétablir").click()
    page.locator("#preview").get_by_text("Une cause à ne pas perdre.").wait_for()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_text("Le texte a été enregistré.").wait_for()
    text = ArticleTranslation.objects.get(article__slug=DRAFT, language="fr")
    assert text.cause == "Une cause à ne pas perdre."
    assert page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('draft:'))") == []
    assert not page.locator("#kept-draft").is_visible()


@pytest.mark.parametrize(
    ("language", "cause", "said"),
    [("fr", "Cause", "Vous êtes déconnecté."), ("en", "Cause", "You are signed out.")],
)
def test_a_preview_after_the_end_of_the_session_says_so(
    page, live_server, author, language, cause, said
):
    sign_in(page.context, live_server, author)
    page.goto(form_of(DRAFT).replace("/fr/", f"/{language}/"))
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    write(page, cause, "Après la fin.")
    page.locator(".preview-state").get_by_text(said).wait_for()
    assert page.locator("#preview").get_by_text("Après la fin.").count() == 0
    sign_in(page.context, live_server, author)
    write(page, cause, " Et après.")
    page.locator("#preview").get_by_text("Après la fin. Et après.").wait_for()
    assert page.locator(".preview-state").text_content() == ""


def test_saving_keeps_the_caret_and_what_can_be_undone(page, live_server, author):
    """Work on one page: a first save, one that is refused, two that are not seen."""
    sign_in(page.context, live_server, author)
    page.goto(address("add"))
    state = page.locator("[data-save-state]")
    write(page, "Cause", "Une cause.")
    page.keyboard.press("Control+s")
    state.get_by_text("Non enregistré\N{NO-BREAK SPACE}: ").wait_for()
    assert page.locator(".text-field.errors .errorlist").count() == 1
    page.get_by_label("Titre").fill("Enregistré sur place")
    page.keyboard.press("Control+s")
    state.get_by_text("créé comme brouillon").wait_for()
    assert not page.locator(".errorlist").count()
    article = Article.objects.get(translations__title="Enregistré sur place")
    assert f"/article/{article.pk}/change/" in page.url
    assert page.locator("[name=slug]").input_value() == article.slug
    page.get_by_role("button", name="Envoyer en relecture").wait_for()

    page.get_by_role("textbox", name="Cause", exact=True).click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(" Une autre.")
    state.get_by_text("Modifications non enregistrées").wait_for()
    page.evaluate("window.stays = true")
    page.keyboard.press("Control+s")
    state.get_by_text("Le texte a été enregistré.").wait_for()
    page.keyboard.insert_text(" Et la suite.")
    state.get_by_text("Modifications non enregistrées").wait_for()
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+s")
    state.get_by_text("Rien n’a changé.").wait_for()
    assert page.evaluate("window.stays")
    text = article.translations.get()
    assert (text.cause, text.revision_number) == ("Une cause. Une autre.", 2)
    assert page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('draft:'))") == []
    assert Article.objects.filter(slug__startswith="enregistre-sur").count() == 1


def test_who_else_has_the_text_open_is_told(page, second, live_server, author):
    sign_in(page.context, live_server, author)
    page.goto(form_of(DRAFT))
    second.goto(form_of(DRAFT))
    second.get_by_text("aline a ouvert ce texte").wait_for()


def test_the_toolbar_writes_markdown(page, live_server, author):
    sign_in(page.context, live_server, author)
    page.goto(form_of(DRAFT))
    write(page, "Résolution", "Paramètres > Comptes")
    page.keyboard.press("Control+a")
    page.get_by_role("button", name="Chemin de menus").click()
    page.locator("#preview .menu-path").wait_for()
    page.keyboard.press("Control+Shift+7")
    page.locator("#preview .step .menu-path").wait_for()
    page.get_by_role("button", name="Encadré").click()
    page.get_by_role("button", name="Avertissement").click()
    page.locator("#preview .alert-warning").wait_for()
    assert "[!WARNING]" in page.locator("#id_resolution").input_value()


@pytest.mark.parametrize(
    ("language", "section", "button"),
    [("fr", "Résolution", "Fragment"), ("en", "Resolution", "Snippet")],
)
def test_a_snippet_is_chosen_from_the_toolbar_and_seen_in_the_preview(
    page, live_server, author, language, section, button
):
    texts = {"fr": "1.  Relancez.", "en": "1.  Restart."}
    save_snippet(Snippet(key="relance"), texts, author=None)
    sign_in(page.context, live_server, author)
    page.goto(form_of(DRAFT).replace("/fr/", f"/{language}/"))
    page.get_by_role("textbox", name=section, exact=True).click()
    page.get_by_role("button", name=button, exact=True).click()
    page.get_by_role("button", name="relance").click()
    page.locator("#preview .step", has_text=re.compile("Relancez|Restart")).wait_for()
    assert page.locator("#id_resolution").input_value() == "[!SNIPPET relance]"
    page.locator(
        "[data-draft-state]", has_text=re.compile(r"\d")
    ).wait_for()  # nothing is on its way


@pytest.mark.parametrize("width", [390, 1366, 1920])
def test_the_toolbar_stays_in_reach_below_the_head(page, live_server, author, width):
    sign_in(page.context, live_server, author)
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(form_of(DRAFT))
    page.get_by_role("textbox", name="Résolution", exact=True).click()
    page.locator(".toolbar").evaluate("bar => scrollBy(0, bar.getBoundingClientRect().top + 60)")
    is_covered = """bar => [...bar.querySelectorAll("button")].some(button => {
        const { left, top, width, height } = button.getBoundingClientRect();
        return width > 0 && !bar.contains(
            document.elementFromPoint(left + width / 2, top + height / 2));
    })"""
    assert page.evaluate("scrollY") > 100
    assert not page.locator(".toolbar").evaluate(is_covered)


@pytest.mark.parametrize("first", ["1. Ouvrir <bac>", "1. Ouvrir <bac", "1. Ouvrir le bac"])
def test_a_list_goes_on_behind_a_placeholder(page, live_server, author, first):
    sign_in(page.context, live_server, author)
    page.goto(form_of(DRAFT))
    page.get_by_role("textbox", name="Cause", exact=True).click()
    page.keyboard.press("Control+a")
    page.keyboard.type(first)
    page.keyboard.press("Enter")
    page.keyboard.type("Fermer")
    expect(page.locator("#id_cause")).to_have_value(f"{first}\n2. Fermer")


def test_the_toolbar_is_used_by_keys_alone(page, live_server, author):
    sign_in(page.context, live_server, author)
    page.goto(form_of(DRAFT))
    area = page.locator("#id_cause")
    write(page, "Cause", "Voici.")
    page.get_by_role("button", name="Titre", exact=True).focus()
    for _ in range(30):  # the arrows lead round; of all buttons one is a stop of the Tab key
        if page.evaluate("document.activeElement.dataset.command") == "table":
            break
        page.keyboard.press("ArrowRight")
    assert page.locator(".toolbar [data-command][tabindex='0']").count() == 1
    page.keyboard.press("Enter")
    for key in ("ArrowRight", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    page.keyboard.type("Code")
    for words in ("Sens", "1", "Temps", "2"):
        page.keyboard.press("Tab")
        page.keyboard.type(words)
    page.locator("#preview table").wait_for()
    rows = ["| Code | Sens |", "| --- | --- |", "| 1 | Temps |", "| 2 |    |"]
    assert [" ".join(row.split()) for row in area.input_value().split("\n")[2:]] == [
        " ".join(row.split()) for row in rows
    ]
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+k")
    page.get_by_label("Article ou adresse").fill("plafond")
    page.locator("[data-link-found] button").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="L’article entier").wait_for()
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('#id_cause').value.includes('/fr/articles/')")
    assert re.search(r"\[[^\]]+\]\(/fr/articles/[\w-]+/#[\w-]+\)$", area.input_value())


def test_an_image_is_stored_and_shown_where_the_cursor_is(page, live_server, author):
    sign_in(page.context, live_server, author)
    page.goto(form_of(DRAFT))
    write(page, "Cause", "Voici\N{NO-BREAK SPACE}: ")
    picture = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(picture, "PNG")
    file = {"name": "écran.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    page.locator("[data-image]").set_input_files(file)
    page.get_by_label("Texte de remplacement").fill("Écran des comptes")
    page.get_by_role("button", name="Insérer", exact=True).click()
    page.locator("#preview").get_by_role("img", name="Écran des comptes").wait_for()
    assert "![Écran des comptes](/media/" in page.locator("#id_cause").input_value()


#: What would call ``attack`` from each place of an article, were it not text there.
HOSTILE = {
    "Titre": "Panne <img src=x onerror=attack()>",
    "Problème": "<script>attack()</script>\n\nLe message **<svg onload=attack()>** s’affiche.",
    "Cause": '![<b>"onerror=attack() x="](media/absente.png)',
    "Résolution": "1. [Cliquez](javascript:attack()) <a href=# onclick=attack()>ici</a>.",
}


def test_scripts_in_a_text_stay_words(page, live_server, reviewer):
    """What got past the sanitiser would be stopped by the policy: a fault of ``page``."""
    page.add_init_script("window.attack = () => { window.attacked = true; }")
    sign_in(page.context, live_server, reviewer)
    page.goto(form_of(DRAFT))
    page.get_by_label("Titre").fill(HOSTILE["Titre"])
    for name in ("Problème", "Cause", "Résolution"):
        page.get_by_role("textbox", name=name, exact=True).click()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(HOSTILE[name])
    page.locator("#preview .step", has_text="Cliquez").wait_for()
    page.locator("#preview", has_text="Panne <img src=x").wait_for()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_text("Le texte a été enregistré.").wait_for()
    article = Article.objects.get(slug=DRAFT)
    for path in (
        f"/fr/articles/{DRAFT}/",
        f"/en/articles/{DRAFT}/",
        "/fr/search/?q=panne",
        address("changelist"),
        f"/fr/admin/troubleshooting/article/{article.pk}/revisions/fr/",
        f"/fr/admin/troubleshooting/article/{article.pk}/translate/en/",
    ):
        page.goto(path)
        assert page.get_by_text("Panne <img src=x onerror=attack()>").count(), path
        for link in page.get_by_text("Cliquez", exact=True).all():
            link.click()
        assert page.evaluate("window.attacked") is None, path


def test_everything_works_without_scripts(browser, live_server, reviewer):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    sign_in(context, live_server, reviewer)
    tab = context.new_page()
    tab.goto(form_of(BILINGUAL))
    assert tab.locator("#preview li.step").count() > 0
    tab.get_by_label("Cause").fill("Une autre cause.")
    tab.get_by_role("button", name="Enregistrer", exact=True).click()
    tab.get_by_text("Le texte a été enregistré.").wait_for()
    context.close()
    assert Revision.objects.latest("pk").cause == "Une autre cause."
