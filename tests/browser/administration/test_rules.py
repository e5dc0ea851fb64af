"""No page of the administration breaks a rule of axe: both languages, light and dark."""

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
from troubleshooting.models import Article, ArticleTemplate, Platform, Webhook

__all__ = ["axe"]
#: What stands around every page.
FRAME = ("#header", "#shell-nav")


def pages(language: str, user: int) -> Iterator[str]:
    """Every page: home, what asks before it acts, the list of each model and the form of a row.

    The form that adds a row is the same one; pages that Django makes alike stand here once.
    """
    article = Article.objects.get(slug=FRENCH_ONLY).pk
    platform = Platform.objects.first().pk
    template = ArticleTemplate.objects.first().pk
    merged = f"?other={Article.objects.get(slug=BILINGUAL).pk}"
    with translation.override(language):
        form = reverse("admin:troubleshooting_article_change", args=[article])
        yield from (
            reverse("admin:index"),
            reverse("admin:troubleshooting_everything") + "?q=plafond",
            reverse("admin:troubleshooting_figures"),
            reverse("admin:troubleshooting_reports"),
            reverse("admin:troubleshooting_uses"),
            reverse("admin:troubleshooting_findings"),
            reverse("admin:troubleshooting_replace") + "?find=Comptes",
            reverse("admin:troubleshooting_guide"),
            reverse("admin:troubleshooting_article_translations"),
            reverse("admin:troubleshooting_sourcedocument_import"),
            reverse("admin:troubleshooting_article_add"),
            form,
            form + "?pending=1",
            reverse("admin:troubleshooting_article_pending", args=[article, "fr"]),
            reverse("admin:troubleshooting_article_revisions", args=[article, "fr"]),
            reverse("admin:troubleshooting_article_translate", args=[article, "en"]),
            reverse("admin:troubleshooting_article_status", args=[article, "archive"]),
            reverse("admin:troubleshooting_article_delete", args=[article]),
            reverse("admin:troubleshooting_article_backlinks", args=[article, "fr"]),
            reverse("admin:troubleshooting_article_merge", args=[article, "fr"]) + merged,
            reverse("admin:troubleshooting_article_split", args=[article, "fr"])
            + "?part=problem-1&title_fr=Autre&look=1",
            reverse("admin:troubleshooting_article_schedule", args=[article, "fr"]),
            reverse("admin:troubleshooting_article_comments", args=[article, "fr"]),
            reverse("admin:troubleshooting_notices"),
            reverse("admin:troubleshooting_profile"),
            reverse("admin:password_change"),
            reverse("admin:auth_user_add"),
            reverse("admin:troubleshooting_responsibilities"),
            *(
                reverse(f"admin:troubleshooting_articletemplate_{page}", args=[template])
                for page in ("preview", "delete")
            ),
            reverse("admin:auth_user_password_change", args=[user]),
            reverse("admin:troubleshooting_external_links"),
            reverse("admin:troubleshooting_platform_history", args=[platform]),
            reverse("admin:troubleshooting_platform_delete", args=[platform]),
            reverse("admin:troubleshooting_webhook_delete", args=[Webhook.objects.first().pk]),
        )  # fmt: skip
        for model, page in admin.site._registry.items():
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
            yield reverse(f"{name}_changelist")
            row = page.model._default_manager.order_by("pk").first()
            assert row is not None, f"no row of {name}: fill it in, in ``with_rows``"
            yield reverse(f"{name}_change", args=[row.pk])


@pytest.mark.slow
@pytest.mark.parametrize("half", [0, 1])
def test_no_page_breaks_a_rule(page, live_server, portal, axe, half):  # noqa: F811
    """Every other page, in both languages: the texts of the second are of the same kinds.

    The frame around each page is looked at as a whole once in each language: on the first of them.
    """
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
    wrong = {}
    for language in ("fr", "en"):
        for number, path in [*enumerate(pages(language, user.pk))][half::2]:
            assert tab.goto(path).status == 200, path
            if found := in_both(tab, axe, but=FRAME if number else ()):
                wrong[path] = found
    if half and (found := of_the_slash_menu(tab, axe)):
        wrong["slash menu"] = found
    context.close()
    assert wrong == {}, "\n".join(f"{path}: {line}" for path in wrong for line in wrong[path])


def of_the_slash_menu(tab, axe) -> list[str]:
    """Open the menu in a text, and say what is wrong on the page then."""
    with translation.override("en"):
        article = Article.objects.get(slug=DRAFT).pk
        tab.goto(reverse("admin:troubleshooting_article_change", args=[article]))
    tab.get_by_role("textbox", name="Cause", exact=True).click()
    tab.keyboard.type("/")
    tab.get_by_role("listbox", name="Insert").wait_for()
    return in_both(tab, axe, but=FRAME)
