"""Files -> documents -> articles: finds, reads, pairs, merges, and calls ``editing``.

Every document and every article ends in one of a closed set of outcomes, see ``report``.
"""

from .creating import status_of_new
from .messages import message
from .report import ArticleReport, DocumentReport, ImportOutcome, RunReport
from .run import comes_for_review, import_paths, import_source

__all__ = [
    "ArticleReport",
    "DocumentReport",
    "ImportOutcome",
    "RunReport",
    "comes_for_review",
    "import_paths",
    "import_source",
    "message",
    "status_of_new",
]
