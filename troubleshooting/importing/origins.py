"""Where an article of the portal's own format comes from: its document, with source and rights.

The document itself is not in such a file. What stands for it until it is imported holds no text
and lists its articles.
"""

from __future__ import annotations

import hashlib
from datetime import date

from django.db.models import Max, Q

from ..models import Article, SourceDocument, SourceEntry
from ..texts.interchange import ArticleFile, FileOrigin
from ..texts.rendering import web_address
from ..texts.sections import SECTIONS

_MOST_POSITION = 30_000


def store_origins(article: Article, article_file: ArticleFile) -> None:
    """Tie ``article`` to the documents that ``article_file`` names; what is known already stays."""
    for origin in article_file.origins:
        document = _document(origin)
        entries = SourceEntry.objects.filter(document=document)
        known = Q(article=article)
        if document.raw:
            # The document itself is here, and this part of it is another article.
            known |= Q(anchor=origin.anchor)
        if not entries.filter(known).exists():
            _store_entry(document, article, origin, article_file)
            _list_articles(document)


def _document(origin: FileOrigin) -> SourceDocument:
    stored = SourceDocument.objects.filter(key=origin.document, language=origin.language).first()
    return stored or SourceDocument.objects.create(
        key=origin.document,
        language=origin.language,
        path=origin.path[:400],
        sha256=hashlib.sha256(b"").hexdigest(),
        raw=b"",
        title=(origin.title or origin.document)[:300],
        source_url=web_address(origin.url)[:500],
        licence=origin.licence[:120],
        licence_url=web_address(origin.licence_url)[:500],
        attribution=origin.attribution,
        date=_date(origin.date),
    )


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _store_entry(
    document: SourceDocument, article: Article, origin: FileOrigin, article_file: ArticleFile
) -> None:
    entries = SourceEntry.objects.filter(document=document)
    position = min(origin.position, _MOST_POSITION)
    if entries.filter(position=position).exists():
        position = entries.aggregate(last=Max("position"))["last"] + 1
    # The document's own words are known only where nobody has changed the article's since.
    same = document.language == article_file.language and not origin.edited
    SourceEntry.objects.create(
        document=document,
        article=article,
        anchor=origin.anchor[:300],
        aliases=list(origin.anchors),
        codes=list(origin.codes),
        position=position,
        first_line=0,
        last_line=0,
        base={name: article_file.texts[name] for name in ("title", *SECTIONS)} if same else {},
    )


def _list_articles(document: SourceDocument) -> None:
    """List the articles of a document whose text is not here, under its title."""
    if document.raw:
        return
    entries = document.entries.order_by("position").select_related("article")
    slugs = [entry.article.slug for entry in entries]
    heading = {"level": 1, "anchor": "", "title": document.title, "intro_html": ""}
    document.outline = [{**heading, "articles": slugs}]
    document.save(update_fields=["outline"])
