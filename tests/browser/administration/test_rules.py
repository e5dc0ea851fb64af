"""No page of the administration breaks a rule of axe, light and dark, in either language."""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import translation

from tests.browser.administration.filled import portal, with_rows, with_work  # noqa: F401
from tests.browser.editing.test_editing import sign_in
from tests.browser.wcag import axe, in_both
from tests.web import editors
from tests.web.content import BILINGUAL, DRAFT, FRENCH_ONLY
from troubleshooting.editing import trash_articles
from troubleshooting.models import Article, ArticleTemplate, Platform, Webhook

__all__ = ["axe"]
#: What stands around every page.
FRAME = ("#header", "#shell-nav")
#: Pages of the portal's own that are about no row.
OWN = (
    "troubleshooting_figures",
    "troubleshooting_reports",
    "troubleshooting_uses",
    "troubleshooting_findings",
    "troubleshooting_guide",
    "troubleshooting_article_translations",
    "troubleshooting_sourcedocument_import",
    "troubleshooting_article_add",
    "troubleshooting_notices",
    "troubleshooting_profile",
    "password_change",
    "auth_user_add",
    "troubleshooting_responsibilities",
    "troubleshooting_external_links",
)
#: Pages about an article: their names, what their addresses name besides, and a query.
OF_AN_ARTICLE = (
    ("pending", "fr"),
    ("revisions", "fr"),
    ("translate", "en"),
    ("status", "archive"),
    ("delete",),
    ("backlinks", "fr"),
    ("merge", "fr", "?other={merged}"),
    ("split", "fr", "?part=problem-1&title_fr=Autre&look=1"),
    ("schedule", "fr"),
    ("comments", "fr"),
)

#: What is done with rows of a list after a page has asked.
ACTS = (
    ("article", "archive"),
    ("article", "set_platforms"),
    ("article", "export"),
    ("platform", "merge"),
    ("article", "set_review_date"),
    ("article", "delete_selected"),
)


def pages(language: str, user: int) -> Iterator[str]:
    """Every page: home, what asks before it acts, the list of each model and the form of a row.

    The form that adds a row is the same one; pages that Django makes alike stand here once.
    """
    with translation.override(language):
        yield reverse("admin:index")
        yield from of_an_article()
        yield from of_other_rows(user)
        yield reverse("admin:troubleshooting_everything") + "?q=plafond"
        yield reverse("admin:troubleshooting_replace") + "?find=Comptes"
        for name in OWN:
            yield reverse(f"admin:{name}")
        for model, page in admin.site._registry.items():
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
            yield reverse(f"{name}_changelist")
            row = page.model._default_manager.order_by("pk").first()
            assert row is not None, f"no row of {name}: fill it in, in ``with_rows``"
            yield reverse(f"{name}_change", args=[row.pk])


def of_an_article() -> Iterator[str]:
    """The pages about one article and its texts."""
    article = Article.objects.get(slug=FRENCH_ONLY).pk
    merged = Article.objects.get(slug=BILINGUAL).pk
    form = reverse("admin:troubleshooting_article_change", args=[article])
    yield form
    yield form + "?pending=1"
    for page, *more in OF_AN_ARTICLE:
        query = more.pop() if more and more[-1].startswith("?") else ""
        address = reverse(f"admin:troubleshooting_article_{page}", args=[article, *more])
        yield address + query.format(merged=merged)


def of_other_rows(user: int) -> Iterator[str]:
    """The pages that ask before something else is changed, and what Django makes of its past."""
    template = ArticleTemplate.objects.first().pk
    platform = Platform.objects.first().pk
    yield reverse("admin:auth_user_password_change", args=[user])
    yield reverse("admin:troubleshooting_articletemplate_preview", args=[template])
    yield reverse("admin:troubleshooting_articletemplate_delete", args=[template])
    yield reverse("admin:troubleshooting_platform_history", args=[platform])
    yield reverse("admin:troubleshooting_platform_delete", args=[platform])
    yield reverse("admin:troubleshooting_webhook_delete", args=[Webhook.objects.first().pk])


@pytest.mark.slow
@pytest.mark.parametrize("half", [0, 1])
def test_no_page_breaks_a_rule(page, live_server, portal, axe, half):  # noqa: F811
    """Every other page in French, the others in English: the same elements in other words.

    The frame around each page is looked at as a whole once in each language: on the first of them.
    """
    user, tab = signed_in(page, live_server, portal, axe)
    wrong = {}
    for number, path in enumerate([*pages(("fr", "en")[half], user.pk)][half::2]):
        assert tab.goto(path).status == 200, path
        if found := in_both(tab, axe, but=FRAME if number else ()):
            wrong[path] = found
    if half and (found := of_the_slash_menu(tab, axe)):
        wrong["slash menu"] = found
    tab.context.close()
    assert wrong == {}, "\n".join(f"{path}: {line}" for path in wrong for line in wrong[path])


@pytest.mark.slow
def test_no_page_that_asks_first_or_says_what_is_gone_breaks_a_rule(
    page,
    live_server,
    portal,  # noqa: F811
    axe,
):
    """Every other one in French, the others in English."""
    user, tab = signed_in(page, live_server, portal, axe)
    wrong = {}
    for number, (model, act) in enumerate(ACTS):
        if found := of_what_asks_first(tab, axe, ("fr", "en")[number % 2], model, act):
            wrong[act] = found
    for path in gone(user):
        assert tab.goto(path).status == 410, path
        if found := in_both(tab, axe):
            wrong[path] = found
    tab.context.close()
    assert wrong == {}, "\n".join(f"{path}: {line}" for path in wrong for line in wrong[path])


def signed_in(page, live_server, portal, axe):  # noqa: F811
    """Fill the base; return an administrator, and a page of theirs that axe may look at."""
    user = editors.person("ada", "Administrator")
    with_work(portal, user)
    with_rows(portal, user)
    # What axe makes for itself in a page, the policy of the pages would not let in.
    context = page.context.browser.new_context(
        bypass_csp=True, base_url=live_server.url, reduced_motion="reduce"
    )
    sign_in(context, live_server, user)
    context.add_init_script(axe)
    tab = context.new_page()
    return user, tab


def of_what_asks_first(tab, axe, language: str, model: str, act: str) -> list[str]:
    """Choose rows of a list and what is to be done with them; say what is wrong on what asks."""
    with translation.override(language):
        tab.goto(reverse(f"admin:troubleshooting_{model}_changelist"))
    for box in tab.locator("input[name=_selected_action]").all()[:2]:
        box.check()
    tab.select_option("select[name=action]", act)
    with tab.expect_navigation():
        tab.locator("#changelist-form").evaluate("form => form.requestSubmit()")
    assert not tab.locator("#changelist-form").count()
    return in_both(tab, axe, but=FRAME)


def gone(user) -> list[str]:
    """Put an article into the trash; return where editors are told so, in both languages."""
    article = Article.objects.get(slug=BILINGUAL)
    key, slug = article.pk, article.slug
    trash_articles([article], user=user)
    paths = []
    for language in ("fr", "en"):
        with translation.override(language):
            paths.append(reverse("admin:troubleshooting_article_change", args=[key]))
            paths.append(reverse("troubleshooting:article", args=[slug]))
    return paths


def of_the_slash_menu(tab, axe) -> list[str]:
    """Open the menu in a text, and say what is wrong on the page then."""
    with translation.override("en"):
        article = Article.objects.get(slug=DRAFT).pk
        tab.goto(reverse("admin:troubleshooting_article_change", args=[article]))
    tab.get_by_role("textbox", name="Cause", exact=True).click()
    tab.keyboard.type("/")
    tab.get_by_role("listbox", name="Insert").wait_for()
    return in_both(tab, axe, but=FRAME)
