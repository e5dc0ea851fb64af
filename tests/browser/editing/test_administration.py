"""The frame of the administration in a browser: no rule of axe is broken, all is in reach."""

from datetime import timedelta
from importlib.resources import files

import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone, translation

from tests.browser.editing.test_editing import sign_in
from tests.browser.reading.test_accessibility import violations
from tests.kept import copied
from tests.web import editors
from tests.web.content import BILINGUAL, DRAFT, FRENCH_ONLY, Portal, make_portal
from troubleshooting.auditing import note
from troubleshooting.editing import save_pending, submit_pending
from troubleshooting.editing.reusing import add_suggestions, save_snippet
from troubleshooting.editing.scheduling import schedule_end
from troubleshooting.editing.talking import add_comment
from troubleshooting.models import (
    Article,
    ArticleTemplate,
    ErrorReport,
    GapReport,
    Platform,
    Responsibility,
    Snippet,
    SourceDocument,
    TrashedArticle,
)

LISTS = (
    "article", "gapreport", "errorreport", "outcome", "searchlog", "revision", "bulkchange",
    "mediaimage", "sourcedocument", "platform", "errorcode", "glossaryterm", "pendingrevision",
    "trashedarticle", "auditentry", "ticketcount", "articletemplate", "snippet", "source",
    "webhook", "vocabularyentry", "incident",
)  # fmt: skip


@pytest.fixture
def portal(transactional_db) -> Portal:
    return copied(make_portal)


@pytest.fixture(scope="module")
def axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def with_work(portal: Portal, user) -> None:
    """Give every part of the first page something to show."""
    article = portal.articles[FRENCH_ONLY]
    texts = {**article.translations.get(language="fr").texts(), "cause": "Autre."}
    save_pending(article=article, language="fr", texts=texts, author=user, base_revision=1)
    submit_pending(article.pending.get(), user=user)
    Article.objects.filter(slug=DRAFT).update(owner=user)
    TrashedArticle.objects.create(slug="parti", status="draft", titles={"fr": "Parti"}, rows="[]")
    note(user, "changed", article, before={"kind": "problem"}, after={"kind": "error"})
    GapReport.objects.report("0x80180099", "", "fr")
    ErrorReport.objects.create(article=article, language="fr", comment="Faux.", revision_number=1)
    thread = add_comment(article, f"@{user} ?", author=editors.person("lea", "Author")).comment
    add_comment(article, "Oui.", author=user, thread=thread)
    add_suggestions()
    snippet = save_snippet(Snippet(key="relance"), {"fr": "1.  Un.", "en": "1.  One."}, author=None)
    with override_settings(FOUR_EYES=True):
        save_snippet(snippet.snippet, {"fr": "1.  Deux.", "en": "1.  Two."}, author=user)
    Responsibility.objects.create(user=user, role="reviewer", scope="everything")
    schedule_end(article, timezone.now() + timedelta(days=3), user=user)


def pages(language: str, user: int) -> list[str]:
    """Every sort of page: home, lists, forms, what asks before it acts."""
    article = Article.objects.get(slug=FRENCH_ONLY).pk
    template = ArticleTemplate.objects.first().pk
    merged = f"?other={Article.objects.get(slug=BILINGUAL).pk}"
    with translation.override(language):
        form = reverse("admin:troubleshooting_article_change", args=[article])
        return [
            reverse("admin:index"),
            *(reverse(f"admin:troubleshooting_{name}_changelist") for name in LISTS),
            reverse("admin:auth_user_changelist"),
            reverse("admin:auth_group_changelist"),
            reverse("admin:admin_logentry_changelist"),
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
            reverse("admin:troubleshooting_platform_change", args=[Platform.objects.first().pk]),
            reverse("admin:troubleshooting_sourcedocument_change",
                    args=[SourceDocument.objects.first().pk]),
            reverse("admin:troubleshooting_webhook_add"),
            reverse("admin:password_change"),
            reverse("admin:auth_user_add"),
            reverse("admin:auth_user_change", args=[user]),
            reverse("admin:auth_group_add"),
            reverse("admin:troubleshooting_articletemplate_add"),
            reverse("admin:troubleshooting_snippet_add"),
            reverse("admin:troubleshooting_snippet_change", args=[Snippet.objects.get().pk]),
            reverse("admin:troubleshooting_source_add"),
            reverse("admin:troubleshooting_vocabularyentry_add"),
            reverse("admin:troubleshooting_incident_add"),
            reverse("admin:troubleshooting_responsibilities"),
            *(
                reverse(f"admin:troubleshooting_articletemplate_{page}", args=[template])
                for page in ("change", "preview", "delete")
            ),
        ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("language", "scheme"), [("fr", "light"), ("en", "dark")])
def test_no_page_breaks_a_rule(page, live_server, portal, axe, language, scheme):
    user = editors.person("ada", "Administrator")
    with_work(portal, user)
    # What axe makes for itself in a page, the policy of the pages would not let in.
    context = page.context.browser.new_context(
        bypass_csp=True, base_url=live_server.url, color_scheme=scheme, reduced_motion="reduce"
    )
    sign_in(context, live_server, user)
    context.add_init_script(axe)
    tab = context.new_page()
    wrong = {}
    for path in pages(language, user.pk):
        tab.goto(path)
        if found := violations(tab, axe):
            wrong[path] = found
    if found := of_the_slash_menu(tab, axe):
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
    return violations(tab, axe)


_CUT_FIELDS = """() => [...document.querySelectorAll("fieldset :is(input, select, textarea)")]
    .filter((field) => {
        const [own, around] = [field, field.closest("fieldset")].map((one) =>
            one.getBoundingClientRect());
        return own.width && own.right > around.right;
    })
    .map((field) => field.name)"""


@pytest.mark.parametrize("width", [320, 390, 767, 1024])
def test_no_field_of_a_form_is_cut(page, live_server, portal, width):
    sign_in(page.context, live_server, editors.person("ada", "Administrator"))
    page.set_viewport_size({"width": width, "height": 844})
    for form in ("webhook_add", "platform_add", "vocabularyentry_add"):
        page.goto(reverse(f"admin:troubleshooting_{form}"))
        assert page.evaluate(_CUT_FIELDS) == [], form


def test_everything_is_a_key_away_and_nothing_scrolls_sideways(page, live_server, portal):
    user = editors.person("rene", "Reviewer")
    with_work(portal, user)
    sign_in(page.context, live_server, user)
    page.goto("/fr/admin/")
    page.keyboard.press("Control+k")
    page.keyboard.insert_text("brouillon secret")
    page.locator("[data-found] a").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/change/**")
    assert page.get_by_label("Titre").input_value() == "Brouillon secret"
    assert page.locator(".checks").is_visible()
    for width in (390, 1366):
        page.set_viewport_size({"width": width, "height": 768})
        for path in ("/fr/admin/", "/fr/admin/troubleshooting/article/", page.url):
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    report = page.locator(".checks").bounding_box()
    assert report["y"] + 20 < 768
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Menu", exact=True).click()
    page.locator("#shell-nav").get_by_role("link", name="Révisions en attente").click()
    page.wait_for_url("**/pendingrevision/")
    assert page.get_by_role("link", name="Échec").is_visible()
