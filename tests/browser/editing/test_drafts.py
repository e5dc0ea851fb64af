"""What somebody typed is there again: on another machine, without a network, on every form."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.editing.test_editing import form_of, sign_in, write
from tests.kept import copied
from tests.web.content import BILINGUAL, DRAFT, make_portal
from tests.web.editors import address, person
from troubleshooting.models import Article, KeptDraft

WORDS = {
    "fr": {
        "kept": "Brouillon gardé à", "restore": "Rétablir", "save": "Enregistrer",
        "offer": "n’a pas été enregistré", "here": "Pas de connexion", "cause": "Cause",
    },
    "en": {
        "kept": "Kept as a draft at", "restore": "Restore", "save": "Save",
        "offer": "that was not saved", "here": "No connection", "cause": "Cause",
    },
}  # fmt: skip


@pytest.fixture
def reviewer(transactional_db):
    copied(make_portal)
    return person("rene", "Reviewer")


@pytest.fixture(params=["fr", "en"])
def words(request):
    return {**WORDS[request.param], "language": request.param}


@pytest.fixture
def tab(browser, live_server, reviewer):
    """Return a function that opens a browser of its own, in which the reviewer is signed in."""
    contexts = []

    def opened():
        context = browser.new_context(base_url=live_server.url)
        contexts.append(context)
        sign_in(context, live_server, reviewer)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def own(language: str, slug: str) -> str:
    return f"{form_of(slug).replace('/fr/', f'/{language}/')}?language=fr"


def local_drafts(page) -> list[str]:
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:'))")


def test_audience_and_platforms_come_back_on_another_machine(tab, words):
    first = tab()
    first.goto(own(words["language"], DRAFT))
    write(first, words["cause"], "Un câble.")
    first.locator("#id_audience").select_option("staff")
    first.locator("#id_platforms input").nth(1).check()
    first.get_by_text(words["kept"]).wait_for()
    expect(first.get_by_text(words["kept"])).to_be_visible()
    first.wait_for_function("!Object.keys(localStorage).some((key) => key.startsWith('draft:'))")

    second = tab()
    second.goto(own(words["language"], DRAFT))
    second.get_by_text(words["offer"]).wait_for()
    second.get_by_role("button", name=words["restore"], exact=True).click()
    expect(second.locator("#id_audience")).to_have_value("staff")
    second.get_by_role("button", name=words["save"], exact=True).click()
    second.locator("[data-save-state][data-kind=saved]").wait_for()
    article = Article.objects.get(slug=DRAFT)
    assert article.audience == "staff"
    assert article.platforms.count() == 1
    assert article.translations.get(language="fr").cause == "Un câble."
    assert not KeptDraft.objects.exists()


def test_a_new_article_comes_back_and_is_made_once(tab):
    first = tab()
    first.goto(address("add"))
    first.get_by_label("Titre").fill("Écran noir")
    first.locator("#id_audience").select_option("staff")
    first.get_by_text("Brouillon gardé à").wait_for()
    second = tab()
    second.goto(address("add"))
    second.get_by_role("button", name="Rétablir").click()
    second.get_by_role("button", name="Enregistrer et fermer").click()
    second.get_by_text("créé comme brouillon").wait_for()
    second.go_back()
    second.get_by_role("button", name="Enregistrer", exact=True).click()
    second.get_by_text("aucun deuxième n’a été créé").wait_for()
    (article,) = Article.objects.filter(translations__title="Écran noir")
    assert article.audience == "staff"


def test_a_draft_is_not_offered_on_the_article_that_was_written_instead(tab):
    page = tab()
    page.goto(address("add"))
    page.get_by_label("Titre").fill("Écran noir")
    page.get_by_text("Brouillon gardé à").wait_for()
    page.goto(address("add"))
    page.get_by_role("button", name="Rétablir").wait_for()
    page.get_by_label("Titre").fill("Écran bleu")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.locator("[data-save-state][data-kind=saved]").wait_for()
    expect(page.get_by_role("button", name="Rétablir")).to_be_hidden()
    page.goto(address("add"))
    page.get_by_role("button", name="Rétablir").click()
    expect(page.get_by_label("Titre")).to_have_value("Écran noir")


def test_a_translation_comes_back(tab):
    path = (
        f"/en/admin/troubleshooting/article/{Article.objects.get(slug=BILINGUAL).pk}/translate/en/"
    )
    first = tab()
    first.goto(path)
    rows = first.locator("textarea[name=text-resolution]")
    rows.nth(1).fill("Open the settings.")
    first.get_by_label("The translation is complete").check()
    first.get_by_text("Kept as a draft at").wait_for()
    second = tab()
    second.goto(path)
    second.get_by_role("button", name="Restore", exact=True).click()
    rows = second.locator("textarea[name=text-resolution]")
    assert rows.nth(1).input_value() == "Open the settings."
    assert second.get_by_label("The translation is complete").is_checked()


def test_without_a_network_the_browser_keeps_it_until_somebody_signs_out(tab):
    page = tab()
    page.goto(form_of(DRAFT))
    page.context.set_offline(True)
    write(page, "Cause", "Une cause à ne pas perdre.")
    page.get_by_text("Pas de connexion : gardé").wait_for()
    assert len(local_drafts(page)) == 1
    assert not KeptDraft.objects.exists()
    page.context.set_offline(False)
    page.get_by_text("Brouillon gardé à").wait_for()
    assert KeptDraft.objects.count() == 1
    page.evaluate("localStorage.setItem('draft:1:form:9:fr:x', '{\"time\": 9e15, \"fields\": {}}')")
    page.locator(".shell-account summary").click()
    page.locator("#logout-form button").click()
    page.wait_for_load_state()
    assert local_drafts(page) == []
    assert KeptDraft.objects.count() == 1


def test_taking_back_what_was_typed_leaves_no_draft(tab):
    page = tab()
    page.goto(form_of(DRAFT))
    title = page.get_by_label("Titre")
    before = title.input_value()
    title.fill("Autre")
    page.get_by_text("Brouillon gardé à").wait_for()
    with page.expect_response(lambda response: "/drafts/" in response.url):
        title.fill(before)
    page.wait_for_timeout(300)
    assert not KeptDraft.objects.exists()


def kept_titles() -> set[str]:
    return {draft.fields["title"][0] for draft in KeptDraft.objects.all()}


def eventually(page, read: Callable[[], object], expected: object) -> None:
    """Wait until ``read``, of what a page does behind the scenes, returns what is expected."""
    for _again in range(100):
        if read() == expected:
            return
        page.wait_for_timeout(50)
    assert read() == expected


def is_kept(response) -> bool:
    return "/drafts/" in response.url and response.request.method == "POST"


def retitle(page, title: str) -> None:
    """Type a title and wait until it is kept on the server."""
    with page.expect_response(is_kept):
        page.locator("#id_title").fill(title)


def offers(page):
    return page.locator("#kept-draft .draft-offer")


@pytest.mark.parametrize("again", ["reload", "goto"])
def test_what_is_offered_stays_whatever_is_written_meanwhile(tab, again):
    page = tab()
    page.goto(form_of(DRAFT))
    retitle(page, "Un")
    page.reload() if again == "reload" else page.goto(form_of(DRAFT))
    expect(offers(page)).to_have_count(1)
    retitle(page, "Deux")
    assert kept_titles() == {"Un", "Deux"}
    page.goto(form_of(DRAFT))
    expect(offers(page)).to_have_count(2)
    offers(page).nth(1).get_by_role("button", name="Comparer").click()
    expect(offers(page).nth(1).locator(".compared")).to_contain_text("Un")
    offers(page).nth(0).get_by_role("button", name="Abandonner").click()
    expect(offers(page)).to_have_count(1)
    offers(page).get_by_role("button", name="Rétablir").click()
    expect(page.locator("#id_title")).to_have_value("Un")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.locator("[data-save-state][data-kind=saved]").wait_for()
    assert not KeptDraft.objects.exists()


def test_whoever_comes_back_to_a_form_overwrites_nothing(tab):
    page = tab()
    page.goto(form_of(DRAFT))
    retitle(page, "Un")
    page.goto("/fr/admin/")
    # The browser fills the form with what was typed.
    with page.expect_response(is_kept):
        page.go_back()
    expect(page.locator("#id_title")).to_have_value("Un")
    retitle(page, "Deux")
    assert kept_titles() == {"Un", "Deux"}


def test_two_tabs_of_an_article_keep_a_draft_each(tab):
    first = tab()
    first.goto(form_of(DRAFT))
    retitle(first, "Un")
    second = first.context.new_page()
    second.goto(form_of(DRAFT))
    offers(second).get_by_role("button", name="Rétablir").click()
    second.get_by_text("Brouillon gardé à").wait_for()
    retitle(second, "Un, puis deux")
    assert kept_titles() == {"Un, puis deux"}
    retitle(first, "Un, puis trois")
    assert kept_titles() == {"Un, puis deux", "Un, puis trois"}


def test_what_another_tab_kept_since_it_was_offered_stays(tab):
    first = tab()
    first.goto(form_of(DRAFT))
    retitle(first, "Un")
    second = first.context.new_page()
    second.goto(form_of(DRAFT))
    expect(offers(second)).to_have_count(1)
    retitle(first, "Un et plus")
    with second.expect_response(is_kept):
        offers(second).get_by_role("button", name="Abandonner").click()
    assert kept_titles() == {"Un et plus"}


def test_restoring_sets_aside_what_was_typed_since(tab):
    page = tab()
    page.goto(form_of(DRAFT))
    retitle(page, "Un")
    page.goto(form_of(DRAFT))
    expect(offers(page)).to_have_count(1)
    page.locator("#id_title").fill("Deux")
    offers(page).get_by_role("button", name="Rétablir").click()
    expect(page.locator("#id_title")).to_have_value("Un")
    expect(offers(page)).to_have_count(1)
    offers(page).get_by_role("button", name="Rétablir").click()
    expect(page.locator("#id_title")).to_have_value("Deux")
    eventually(page, kept_titles, {"Un", "Deux"})


def test_without_a_network_each_page_keeps_its_own_too(tab):
    first = tab()
    first.goto(form_of(DRAFT))
    second = first.context.new_page()
    second.goto(form_of(DRAFT))
    first.context.set_offline(True)
    first.locator("#id_title").fill("Un")
    second.locator("#id_title").fill("Deux")
    for page in (first, second):
        page.get_by_text("Pas de connexion").wait_for()
    eventually(first, lambda: len(local_drafts(first)), 2)
    first.context.set_offline(False)
    third = first.context.new_page()
    first.close()
    second.close()
    third.goto(form_of(DRAFT))
    expect(offers(third)).to_have_count(2)


@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.parametrize("page_kind", ["form", "translation"])
def test_the_offer_is_seen_where_the_page_was_scrolled_to(tab, width, page_kind):
    page = tab()
    page.set_viewport_size({"width": width, "height": 768})
    key = Article.objects.get(slug=BILINGUAL).pk
    translation = f"/fr/admin/troubleshooting/article/{key}/translate/fr/"
    page.goto(form_of(BILINGUAL) if page_kind == "form" else translation)
    with page.expect_response(is_kept):
        page.get_by_role("textbox", name="Titre").fill("Un autre titre")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.reload()
    expect(offers(page)).to_have_count(1)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert page.evaluate("scrollY") > 0
    button = offers(page).get_by_role("button", name="Rétablir")
    expect(button).to_be_in_viewport(ratio=1)
    button.click(trial=True)
    expect(page.locator("[role=status]", has=page.locator(".draft-offer"))).to_have_count(1)


def test_what_another_tab_writes_is_not_offered_as_left(tab):
    first = tab()
    first.goto(address("add"))
    first.get_by_label("Titre").fill("Écran noir")
    first.get_by_text("Brouillon gardé à").wait_for()
    second = first.context.new_page()
    second.goto(address("add"))
    offer = second.locator(".draft-offer")
    expect(offer).to_contain_text("ouvert dans un autre onglet depuis")
    expect(offer).to_contain_text("Écran noir")
    expect(offer).to_contain_text("10 caractères")
    home = first.context.new_page()
    home.goto("/fr/admin/")
    expect(home.get_by_text("Ouvert dans un autre onglet depuis")).to_be_visible()
    first.close()
    expect(home.get_by_text("Ouvert dans un autre onglet depuis")).to_be_hidden()
    expect(offer).to_contain_text("n’a pas été enregistré")
    second.get_by_role("button", name="Rétablir").click()
    expect(second.get_by_label("Titre")).to_have_value("Écran noir")


@pytest.mark.parametrize("page", ["add", "template", "snippet"])
def test_enter_goes_on_and_saves_nothing_half_written(tab, page):
    number = Article.objects.count()
    opened = tab()
    places = {
        "add": address("add"),
        "template": "/fr/admin/troubleshooting/articletemplate/add/",
        "snippet": "/fr/admin/troubleshooting/snippet/add/",
    }
    opened.goto(places[page])
    where = opened.url
    field = opened.locator("#content form[method=post] input[type=text]:visible").first
    field.fill("ecran-noir")
    field.press("Enter")
    assert opened.url == where
    assert opened.evaluate("document.activeElement !== document.body")
    assert not field.evaluate("field => field === document.activeElement")
    opened.keyboard.insert_text("Rien.")
    assert Article.objects.count() == number
    if page == "add":
        expect(opened.locator("#id_problem")).to_have_value("Rien.")
        opened.keyboard.press("Control+s")
        opened.locator("[data-save-state][data-kind=saved]").wait_for()
        assert Article.objects.count() == number + 1


def test_many_texts_are_offered_three_at_a_time_and_discarded_at_once(tab, reviewer):
    for number in range(5):
        KeptDraft.objects.create(
            user=reviewer, page="form", language="fr", token=f"t{number}",
            fields={"title": [f"Titre {number}"]},
        )  # fmt: skip
    page = tab()
    page.goto("/fr/admin/")
    page.get_by_role("link", name="Titre 1").click()
    offers = page.locator(".draft-offer:visible")
    expect(offers).to_have_count(3)
    expect(offers.first).to_contain_text("Titre 1")
    page.get_by_role("button", name="Afficher 2 de plus").click()
    expect(offers).to_have_count(5)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Tout abandonner (5)").click()
    expect(offers).to_have_count(0)
    page.goto("/fr/admin/")
    expect(page.get_by_text("Textes qui n’ont pas été enregistrés")).to_have_count(0)
