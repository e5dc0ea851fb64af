"""The lists of the administration in plain words, by what one wants to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, User
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ...access import VIEW_ARTICLE
from ...figures.reports import kinds_for
from ...rights import is_on
from ..bulk import replacing
from ..exchange import removed
from ..people import responsibilities
from ..reports import external, figures, findings, uses
from ..reports import queue as reports
from ..translating import listing as translation_list
from .counts import waiting_counts

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class MenuPage:
    """A page that is no list of a model, and who may open it."""

    name: str
    label: _StrPromise
    is_for: Callable[[User | AnonymousUser], bool]

    @property
    def object_name(self) -> str:
        """Return what stands for the name of a model."""
        return self.name.removeprefix("troubleshooting_")


def is_for_everybody(user: User | AnonymousUser) -> bool:
    """Return that whoever may enter the administration may open a page."""
    return True


FIGURES = MenuPage(
    figures.NAME,
    _("What readers tell us"),
    lambda user: user.has_perms(figures.PERMISSIONS),
)
REPORTS = MenuPage(reports.NAME, _("Reports of readers"), lambda user: bool(kinds_for(user)))
USES = MenuPage(uses.NAME, _("Use in tickets"), lambda user: user.has_perms(figures.PERMISSIONS))
TRANSLATIONS = MenuPage(
    translation_list.NAME,
    _("Missing and outdated texts"),
    lambda user: user.has_perm(VIEW_ARTICLE),
)
REMOVED = MenuPage(
    removed.NAME,
    _("No longer in their documents"),
    lambda user: user.has_perm("troubleshooting.view_sourcedocument"),
)

FINDINGS = MenuPage(findings.NAME, _("Findings"), lambda user: user.has_perm(findings.PERMISSION))
EXTERNAL = MenuPage(
    external.NAME,
    _("Links to other hosts"),
    lambda user: user.has_perm(external.PERMISSION),
)
REPLACE = MenuPage(
    replacing.NAME, _("Find and replace"), lambda user: user.has_perm(replacing.PERMISSION)
)
RESPONSIBILITIES = MenuPage(
    responsibilities.NAME,
    _("Responsibilities"),
    lambda user: is_on() and user.has_perm(responsibilities.PERMISSION),
)

#: Headings with the lists below them: names of models, and pages.
GROUPS: tuple[tuple[str, _StrPromise, tuple[str | MenuPage, ...]], ...] = (
    (
        "write",
        _("Writing"),
        (
            "Article",
            "PendingRevision",
            TRANSLATIONS,
            FINDINGS,
            EXTERNAL,
            REPLACE,
            "Snippet",
            "ArticleTemplate",
            "MediaImage",
            "SourceDocument",
            "Source",
            "ImportRun",
            REMOVED,
            "Revision",
            "BulkChange",
            "TrashedArticle",
        ),
    ),
    (
        "readers",
        _("Readers"),
        (
            FIGURES,
            REPORTS,
            USES,
            "Incident",
            "GapReport",
            "ErrorReport",
            "Outcome",
            "SearchLog",
            "LearnedChoice",
            "TicketCount",
        ),
    ),
    ("vocabulary", _("Vocabulary"), ("VocabularyEntry", "Platform", "ErrorCode", "GlossaryTerm")),
    ("people", _("People"), ("User", "Group", RESPONSIBILITIES, "AuditEntry")),
    ("programs", _("Programs"), ("Webhook", "WebhookDelivery")),
)
#: What belongs to whoever is signed in; in the menu of the account.
OWN_PAGES = (
    MenuPage("troubleshooting_guide", _("Guide for editors"), is_for_everybody),
    MenuPage("troubleshooting_notices", _("Notices"), is_for_everybody),
    MenuPage("troubleshooting_profile", _("My profile"), is_for_everybody),
    MenuPage(
        "password_change",
        _("Change password"),
        lambda user: user.is_authenticated and user.has_usable_password(),
    ),
)
#: Other words by which people look for an entry, by the name of its model or page.
_ALSO_CALLED = {
    "AuditEntry": _("audit, log, history"),
    "PendingRevision": _("proposals, waiting"),
    "article_translations": _("translate, translations"),
    "replace": _("search and replace"),
    "ArticleTemplate": _("models, patterns"),
    "MediaImage": _("pictures, media, files"),
    "SourceDocument": _("imported documents"),
    "ImportRun": _("upload, import a document"),
    "BulkChange": _("undo"),
    "TrashedArticle": _("deleted, bin, restore"),
    "Snippet": _("blocks, reuse"),
    "figures": _("statistics, feedback"),
    "GapReport": _("missing articles"),
    "VocabularyEntry": _("synonyms, search words, pinned articles"),
    "GlossaryTerm": _("terms, terminology"),
    "User": _("accounts, colleagues, invite"),
    "Group": _("roles, rights, permissions"),
    "guide": _("help, manual, how to"),
    "notices": _("notifications, messages, mentions"),
    "profile": _("account, settings, language, mail"),
    "password_change": _("password, security"),
}
#: Reached from articles alone.
_HIDDEN = {"ArticleTranslation", "LogEntry", "SourceEntry"}
#: The icon of an entry, by the name of its model or page.
_ICONS = {
    "Article": "article",
    "PendingRevision": "clock",
    "article_translations": "language",
    "findings": "alert-triangle",
    "external_links": "external-link",
    "replace": "refresh",
    "Snippet": "copy",
    "ArticleTemplate": "clipboard-text",
    "MediaImage": "photo",
    "SourceDocument": "document",
    "ImportRun": "download",
    "sourceentry_changelist": "x",
    "Source": "link",
    "Revision": "history",
    "BulkChange": "arrow-back-up",
    "TrashedArticle": "trash",
    "figures": "chart-bar",
    "reports": "inbox",
    "uses": "clipboard-text",
    "GapReport": "lifebuoy",
    "ErrorReport": "flag",
    "Outcome": "circle-check",
    "Incident": "bug",
    "SearchLog": "search",
    "Platform": "devices",
    "ErrorCode": "hash",
    "GlossaryTerm": "list",
    "User": "user",
    "Group": "users",
    "responsibilities": "clipboard-text",
    "AuditEntry": "calendar",
}


def menu(apps: list[dict[str, Any]], user: User | AnonymousUser) -> list[dict[str, Any]]:
    """Return the lists of ``apps`` (as ``AdminSite.get_app_list`` has them) below plain headings.

    What no heading names stays below its own application.
    """
    models = {model["object_name"]: model for app in apps for model in app["models"]}
    for model in models.values():
        page = admin.site._registry.get(model["model"])
        if called := getattr(page, "called", ""):
            model["name"] = capfirst(called)
    waiting = waiting_counts(user)
    named = {entry for _name, _label, entries in GROUPS for entry in entries} | _HIDDEN
    groups = [
        _group(name, label, [_entry(entry, models, user) for entry in entries])
        for name, label, entries in GROUPS
    ]
    for app in apps:
        left = [model for model in app["models"] if model["object_name"] not in named]
        groups.append({**app, "models": left})
    groups = [group for group in groups if group["models"]]
    for group in groups:
        for model in group["models"]:
            model["icon"] = _ICONS.get(model["object_name"], "tools")
            model["waiting"] = waiting.get(model["object_name"], 0)
    return groups


def own_pages(user: User | AnonymousUser) -> list[dict[str, Any]]:
    """Return the pages of whoever is signed in, as entries of the menu."""
    return [entry for page in OWN_PAGES if (entry := _entry(page, {}, user))]


def other_names(entry: dict[str, Any]) -> str:
    """Return other words for an entry of the menu, in the language of the page; "" for none."""
    return str(_ALSO_CALLED.get(entry["object_name"], ""))


def _entry(
    entry: str | MenuPage, models: dict[str, dict[str, Any]], user: User | AnonymousUser
) -> dict[str, Any] | None:
    if isinstance(entry, str):
        return models.get(entry)
    if not entry.is_for(user):
        return None
    return {
        "name": entry.label,
        "object_name": entry.object_name,
        "admin_url": reverse(f"admin:{entry.name}"),
        "add_url": None,
        "view_only": True,
    }


def _group(name: str, label: _StrPromise, entries: list[dict[str, Any] | None]) -> dict[str, Any]:
    models = [entry for entry in entries if entry]
    address = reverse("admin:index")
    return {
        "name": label,
        "app_label": name,
        "app_url": f"{address}#{name}",
        "has_module_perms": True,
        "models": models,
    }
