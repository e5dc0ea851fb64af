"""The administration: what editors decide. Derived rows are shown, never edited."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from . import (
    articles,
    codes,
    documents,
    gaps,
    glossary,
    media,
    outcomes,
    platforms,
    revisions,
    searches,
    translations,
)

admin.site.site_header = _("Troubleshooting portal")
admin.site.site_title = _("Troubleshooting portal")
admin.site.index_title = _("Administration")

__all__ = [
    "articles",
    "codes",
    "documents",
    "gaps",
    "glossary",
    "media",
    "outcomes",
    "platforms",
    "revisions",
    "searches",
    "translations",
]
