"""An example of each operation that is sent a body, and of what stands in addresses. Pure.

The schema carries them, the page makes commands of them, and a test runs these.
"""

from __future__ import annotations

from typing import Any

#: What stands in the address of an example.
ADDRESS: dict[str, Any] = {"number": 12, "language": "en", "revision": 1, "slug": "android"}
#: The same where an operation is about something else.
OWN_ADDRESS: dict[str, dict[str, Any]] = {
    "readArticleAtAddress": {"slug": "android-certificate-issues"},
    "importSource": {"slug": "handbook"},
    **{name: {"number": 7} for name in ("watchImport", "readImportReport", "changeImport")},
}
#: What a request has to ask for, by operation.
QUERY: dict[str, dict[str, str]] = {
    "search": {"q": "0x8007064C", "language": "en"},
    "suggest": {"q": "0x80", "language": "en"},
    "decodeCode": {"code": "-2147023284", "language": "en"},
}
BODY: dict[str, dict[str, Any]] = {
    "diagnose": {"text": "10:11:12 setup failed 0x8007064C"},
    "matchTicket": {
        "subject": "Enrolment",
        "text": "Hello, this is Ann Lee. Setup failed with 0x8007064C.",
    },
    "reportUse": {"act": "linked", "system": "Zammad"},
    "countTickets": {
        "first": "2026-10-05",
        "last": "2026-10-11",
        "closed": 180,
        "with_article": 99,
        "system": "Zammad",
    },
    "reportOutcome": {"verdict": "solved", "anchor": "resolution-1-step-1"},
    "reportError": {
        "comment": "The menu of this step has another name now.",
        "anchor": "resolution-1-step-1",
    },
    "reportGap": {"subject": "0x80070999", "comment": "Since the update of Monday."},
    "createArticle": {
        "language": "en",
        "title": "Enrolment stops at 80 %",
        "problem": "The phone shows **Something went wrong** and the code 0x80180014.",
        "resolution": "1.  Restart the phone.\n2.  Enrol it again.",
        "details": {"slug": "enrolment-stops", "kind": "problem", "platforms": ["android"]},
    },
    "changeArticle": {"platforms": ["android"], "review_due": "2027-06-30"},
    "changeStatus": {"transition": "archive", "comment": "Replaced by article 13."},
    "saveText": {
        "title": "Paper jam",
        "problem": "The printer stops.",
        "resolution": "1.  Open the door.\n2.  Pull the paper out.",
        "comment": "The door comes first.",
    },
    "addPlatform": {"slug": "printers", "name": "Printers", "icon": "printer", "position": 9},
    "changePlatform": {"slug": "android", "name": "Android phones", "position": 1},
    "importFiles": {
        "files": [{"name": "printers.md", "text": "# Printers\n\n## Paper jam\n\nIt jams."}],
        "rehearsal": True,
    },
    "importSource": {"rehearsal": True},
    "changeImport": {"act": "confirm"},
}
