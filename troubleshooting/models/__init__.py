"""The portal's data. Texts are the truth; everything in ``derived`` is computed from them."""

from .article import Article, ArticleTranslation
from .catalog import CodeSpelling, ErrorCode, Platform
from .derived import CodeCitation, RenderedTranslation, Resolution, Step, Symptom
from .revision import Revision
from .search import (
    SearchCode,
    SearchEntry,
    SearchFacets,
    SearchGram,
    SearchLog,
    SearchMessage,
    SearchText,
    SearchWord,
)
from .source import SourceDocument, SourceEntry

__all__ = [
    "Article",
    "ArticleTranslation",
    "CodeCitation",
    "CodeSpelling",
    "ErrorCode",
    "Platform",
    "RenderedTranslation",
    "Resolution",
    "Revision",
    "SearchCode",
    "SearchEntry",
    "SearchFacets",
    "SearchGram",
    "SearchLog",
    "SearchMessage",
    "SearchText",
    "SearchWord",
    "SourceDocument",
    "SourceEntry",
    "Step",
    "Symptom",
]
