"""The administration: what editors decide. Derived rows are shown, never edited."""

from typing import cast

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..adminsite import PortalAdminSite
from ..auditing import note
from .articles import model_admin as articles
from .bulk import replacing, trash, undo
from .editorial import notices
from .exchange import documents, imports, media, removed, sources, webhooks
from .people import accounts, audit, journal, responsibilities
from .reports import choices, external, figures, findings, gaps, outcomes, searches, uses
from .reports import queue as reports
from .reusing import snippets, templates
from .site import everything, guide, home
from .site.menu import menu
from .texts import pending_list, revisions, translations
from .vocabulary import codes, glossary, incidents, platforms, search_words

admin.site.site_header = _("Troubleshooting portal")
admin.site.site_title = _("Troubleshooting portal")
admin.site.index_title = _("Administration")
site = cast("PortalAdminSite", admin.site)
site.fill(
    pages=[
        figures.urls,
        reports.urls,
        uses.urls,
        everything.urls,
        findings.urls,
        external.urls,
        replacing.urls,
        guide.urls,
        responsibilities.urls,
        notices.urls,
    ],
    menu=menu,
    home=home.context,
    note=note,
)

__all__ = [
    "accounts",
    "articles",
    "audit",
    "choices",
    "codes",
    "documents",
    "everything",
    "figures",
    "gaps",
    "glossary",
    "home",
    "imports",
    "incidents",
    "journal",
    "media",
    "notices",
    "outcomes",
    "pending_list",
    "platforms",
    "removed",
    "reports",
    "revisions",
    "search_words",
    "searches",
    "snippets",
    "sources",
    "templates",
    "translations",
    "trash",
    "undo",
    "uses",
    "webhooks",
]
