"""The administration: what editors decide. Derived rows are shown, never edited."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from . import (
    articles,
    codes,
    documents,
    figures,
    gaps,
    glossary,
    home,
    media,
    outcomes,
    platforms,
    reports,
    revisions,
    searches,
    translations,
)
from .menu import menu

admin.site.site_header = _("Troubleshooting portal")
admin.site.site_title = _("Troubleshooting portal")
admin.site.index_title = _("Administration")
admin.site.fill(pages=[figures.urls, reports.urls], menu=menu, home=home.context)

__all__ = [
    "articles",
    "codes",
    "documents",
    "figures",
    "gaps",
    "glossary",
    "home",
    "media",
    "outcomes",
    "platforms",
    "reports",
    "revisions",
    "searches",
    "translations",
]
