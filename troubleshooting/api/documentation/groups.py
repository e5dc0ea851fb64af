"""The operations in the order in which a newcomer needs them. Pure."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext_noop as _


class OperationGroup(NamedTuple):
    """Operations that belong together; ``name`` is a text of the catalogue."""

    name: str
    operations: tuple[str, ...]


GROUPS = (
    OperationGroup(
        _("Search and diagnosis"),
        ("search", "suggest", "decodeCode", "diagnose"),
    ),
    OperationGroup(
        _("Articles and what they are about"),
        (
            "listArticles", "readArticle", "readArticleAtAddress", "listPlatforms", "readPlatform",
            "listDocuments", "listIncidents",
        ),
    ),
    OperationGroup(_("Tickets"), ("matchTicket", "writeNote", "reportUse", "countTickets")),
    OperationGroup(_("Reports"), ("reportOutcome", "reportError", "reportGap", "listGaps")),
    OperationGroup(
        _("Writing"),
        (
            "createArticle", "changeArticle", "changeStatus", "readText", "saveText",
            "listRevisions", "readRevision", "restoreRevision", "addPlatform", "changePlatform",
        ),
    ),
    OperationGroup(
        _("Imports"),
        (
            "importFiles", "listImports", "watchImport", "readImportReport", "changeImport",
            "listSources", "importSource",
        ),
    ),
)  # fmt: skip
GROUP_OF = {name: group.name for group in GROUPS for name in group.operations}
