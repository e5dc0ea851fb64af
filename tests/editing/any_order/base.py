"""What a base holds, row by row, and whether what is derived equals a rebuild from the texts."""

from __future__ import annotations

from django.db import connection

from troubleshooting.caching import version
from troubleshooting.deriving import derive, snippets_named
from troubleshooting.editing import (
    save_translation,
)
from troubleshooting.editing.reusing import (
    stale_texts,
)
from troubleshooting.models import (
    Article,
    ArticleTemplate,
    ArticleTranslation,
    CodeCitation,
    Comment,
    PendingRevision,
    RenderedTranslation,
    Resolution,
    Revision,
    ScheduledChange,
    SearchEntry,
    SearchText,
    Snippet,
    SnippetRevision,
    SnippetUse,
    StatusChange,
    Step,
    Symptom,
    TemplateUse,
    UnfinishedTranslation,
)
from troubleshooting.search import document_of
from troubleshooting.search.index.verifying import differences
from troubleshooting.texts.structure import StructuredArticle, structure_article

DERIVED = (Symptom, Resolution, Step, CodeCitation, SnippetUse, RenderedTranslation)


def uses_of(snippet: Snippet | None) -> bool:
    return snippet is not None and SnippetUse.objects.filter(key=snippet.key).exists()


def live_texts() -> list:
    """Return what readers see, and what decides whether they do."""
    return [all_of(model) for model in (Article, ArticleTranslation, RenderedTranslation)]


def write(article, language, texts, user, base) -> None:
    save_translation(
        article=article, language=language, texts=texts, author=user,
        origin=Revision.Origin.EDITOR, base_revision=max(base, 0),
    )  # fmt: skip


def document(problems: list[dict]) -> str:
    """A document with a heading for each problem, in the dialect."""
    parts = ["# Guide", "Introduction."]
    for number, texts in enumerate(problems, 1):
        parts += [f"## Problème {number}", texts["problem"] or "Refus.", "**Résolution**:"]
        parts.append(texts["resolution"] or "1. Recommencez.")
    return "\n\n".join(parts) + "\n"


def rows(model, **which) -> list:
    names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    names = [name for name in names if name != "modified"]
    return sorted(model.objects.filter(**which).values_list(*names), key=repr)


def all_of(model) -> list:
    """Every row as the database holds it, which takes less time than to ask for it as ``rows``."""
    columns = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    named = ", ".join(connection.ops.quote_name(one) for one in columns if one != "modified")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {named} FROM {model._meta.db_table}")
        return sorted(cursor.fetchall(), key=repr)


def state() -> list:
    """Every row, and the token that triggers replace with every change of content."""
    models = (
        *(Article, ArticleTranslation, Revision, PendingRevision, StatusChange, ScheduledChange),
        *(SearchText, SearchEntry, Comment, Snippet, SnippetRevision),
        *(ArticleTemplate, TemplateUse, UnfinishedTranslation),
        *DERIVED,
    )
    return [version.state(connection).token, *map(all_of, models)]


def again(article: Article) -> None:
    """Deriving the article's texts anew changes nothing."""
    for text in ArticleTranslation.objects.filter(article=article):
        before = [rows(model, translation=text) for model in DERIVED]
        derive(text)
        assert [rows(model, translation=text) for model in DERIVED] == before


def structured_by_itself(text: ArticleTranslation) -> StructuredArticle:
    known = snippets_named(text.texts().values(), text.language)
    return structure_article(text.texts(), text.language, snippets=known.texts)


def check_everything() -> None:
    texts = list(ArticleTranslation.objects.order_by("pk"))
    for snippet in Snippet.objects.all():
        for text in stale_texts(snippet):
            derive(text)  # as the worker would, where they are many
    documents = [document_of(text, structured_by_itself(text)) for text in texts]
    assert list(differences(connection, documents)) == []
    for text in texts:
        numbers = text.revisions.order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(1, text.revision_number + 1))
        assert text.revisions.get(number=text.revision_number).texts() == text.texts()
    for article in Article.objects.all():
        again(article)
