"""The lists of the administration in plain words, by what one wants to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser, User
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ...figures.reports import kinds_for
from ..reports import figures
from ..reports import queue as reports
from ..translating import listing as translation_list

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class MenuPage:
    """A page that is no list of a model, and who may open it."""

    name: str
    label: _StrPromise
    is_for: Callable[[User | AnonymousUser], bool]


FIGURES = MenuPage(
    figures.NAME,
    _("What readers tell us"),
    lambda user: user.has_perms(figures.PERMISSIONS),
)
REPORTS = MenuPage(reports.NAME, _("Reports of readers"), lambda user: bool(kinds_for(user)))
TRANSLATIONS = MenuPage(
    translation_list.NAME,
    _("Missing and outdated texts"),
    lambda user: user.has_perm("troubleshooting.view_article"),
)

#: Headings with the lists below them: names of models, and pages.
GROUPS: tuple[tuple[str, _StrPromise, tuple[str | MenuPage, ...]], ...] = (
    (
        "write",
        _("Writing"),
        ("Article", TRANSLATIONS, "MediaImage", "SourceDocument", "Revision", "BulkChange"),
    ),
    (
        "readers",
        _("Readers"),
        (FIGURES, REPORTS, "GapReport", "ErrorReport", "Outcome", "SearchLog", "LearnedChoice"),
    ),
    ("vocabulary", _("Vocabulary"), ("VocabularyEntry", "Platform", "ErrorCode", "GlossaryTerm")),
    ("people", _("People"), ("User", "Group", "LogEntry")),
)
#: Reached from articles alone.
_HIDDEN = {"ArticleTranslation"}


def menu(apps: list[dict[str, Any]], user: User | AnonymousUser) -> list[dict[str, Any]]:
    """Return the lists of ``apps`` (as ``AdminSite.get_app_list`` has them) below plain headings.

    What no heading names stays below its own application.
    """
    models = {model["object_name"]: model for app in apps for model in app["models"]}
    named = {entry for _name, _label, entries in GROUPS for entry in entries} | _HIDDEN
    groups = [
        _group(name, label, [_entry(entry, models, user) for entry in entries])
        for name, label, entries in GROUPS
    ]
    for app in apps:
        left = [model for model in app["models"] if model["object_name"] not in named]
        groups.append({**app, "models": left})
    return [group for group in groups if group["models"]]


def _entry(
    entry: str | MenuPage, models: dict[str, dict[str, Any]], user: User | AnonymousUser
) -> dict[str, Any] | None:
    if isinstance(entry, str):
        return models.get(entry)
    if not entry.is_for(user):
        return None
    return {
        "name": entry.label,
        "object_name": entry.name.removeprefix("troubleshooting_"),
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
