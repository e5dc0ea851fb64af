"""The search: one box for a code, a message or a log.

``engine.search`` answers, ``suggest.suggest`` suggests while typing, ``index.write_entry`` keeps
the index (called by whoever writes texts, in its transaction), ``history.record`` notes a
search without its person. Nothing here imports the models.
"""

from .context import Browsed, browse
from .engine import SearchRequest, search
from .index.document import IndexDocument, document_of
from .index.history import record, record_choice
from .index.writing import rebuild, remove_entry, write_entry
from .result import SearchResult
from .suggest import Suggestion, suggest

__all__ = [
    "Browsed",
    "IndexDocument",
    "SearchRequest",
    "SearchResult",
    "Suggestion",
    "browse",
    "document_of",
    "rebuild",
    "record",
    "record_choice",
    "remove_entry",
    "search",
    "suggest",
    "write_entry",
]
