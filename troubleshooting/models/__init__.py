"""The portal's data. Texts are the truth; everything in ``derived`` is computed from them."""

from .article import Article, ArticleTranslation, FormerAddress
from .catalog import CodeSpelling, ErrorCode, FormerPlatformAddress, Platform
from .derived import (
    CodeCitation,
    ContentVersion,
    ImageUse,
    RenderedTranslation,
    Resolution,
    SnippetUse,
    Step,
    Symptom,
)
from .editorial.dropped import DroppedPart
from .editorial.memory import AlignedText, AlignedUnit, AlignedUnitKey, AlignedUnitUse
from .editorial.responsibility import Responsibility
from .editorial.schedule import ScheduledChange
from .editorial.snippets import Snippet, SnippetRevision
from .editorial.talking import Comment, Notice, NoticePreference
from .editorial.templates import ArticleTemplate, TemplateUse
from .feedback import GapReport, LearnedChoice
from .glossary import GlossaryTerm, VocabularyEntry
from .integrations.links import ExternalLink
from .integrations.tokens import AccessToken
from .integrations.uses import ArticleUse, TicketCount
from .integrations.webhooks import Webhook, WebhookDelivery
from .jobs import Job
from .live import Incident, SharedCall, SharedTick
from .media import MediaImage, SourceImage
from .outcomes import ErrorReport, Outcome
from .revision import PendingRevision, Revision
from .search import (
    DocumentTerm,
    SearchCode,
    SearchEntry,
    SearchFacets,
    SearchGram,
    SearchLog,
    SearchMessage,
    SearchText,
    SearchVector,
    SearchWord,
)
from .source import ImportedDocument, ImportRun, Source, SourceDocument, SourceEntry
from .workflow import (
    AuditEntry,
    BulkChange,
    EditingPresence,
    FormAddition,
    FormReceipt,
    KeptDraft,
    StatusChange,
    TrashedArticle,
    UnfinishedTranslation,
)

__all__ = [
    "AccessToken",
    "AlignedText",
    "AlignedUnit",
    "AlignedUnitKey",
    "AlignedUnitUse",
    "Article",
    "ArticleTemplate",
    "ArticleTranslation",
    "ArticleUse",
    "AuditEntry",
    "BulkChange",
    "CodeCitation",
    "CodeSpelling",
    "Comment",
    "ContentVersion",
    "DocumentTerm",
    "DroppedPart",
    "EditingPresence",
    "ErrorCode",
    "ErrorReport",
    "ExternalLink",
    "FormAddition",
    "FormReceipt",
    "FormerAddress",
    "FormerPlatformAddress",
    "GapReport",
    "GlossaryTerm",
    "ImageUse",
    "ImportRun",
    "ImportedDocument",
    "Incident",
    "Job",
    "KeptDraft",
    "LearnedChoice",
    "MediaImage",
    "Notice",
    "NoticePreference",
    "Outcome",
    "PendingRevision",
    "Platform",
    "RenderedTranslation",
    "Resolution",
    "Responsibility",
    "Revision",
    "ScheduledChange",
    "SearchCode",
    "SearchEntry",
    "SearchFacets",
    "SearchGram",
    "SearchLog",
    "SearchMessage",
    "SearchText",
    "SearchVector",
    "SearchWord",
    "SharedCall",
    "SharedTick",
    "Snippet",
    "SnippetRevision",
    "SnippetUse",
    "Source",
    "SourceDocument",
    "SourceEntry",
    "SourceImage",
    "StatusChange",
    "Step",
    "Symptom",
    "TemplateUse",
    "TicketCount",
    "TrashedArticle",
    "UnfinishedTranslation",
    "VocabularyEntry",
    "Webhook",
    "WebhookDelivery",
]
