"""A portal of many documents: guides of 30 articles, of 29, and so on down to one."""

from __future__ import annotations

from tests.web.content import Portal, make_portal
from troubleshooting.models import Article, SourceDocument, SourceEntry

#: Documents beside that of ``make_portal``.
OTHERS = 30


def document(key: str, language: str, title: str, articles: list[Article]) -> None:
    """Store a document that the articles come from."""
    made = SourceDocument.objects.create(
        key=key, language=language, path=f"{key}.md", sha256="0" * 64, raw=b"", title=title
    )
    SourceEntry.objects.bulk_create(
        SourceEntry(
            document=made,
            article=article,
            anchor=f"a-{place}",
            position=place,
            first_line=1,
            last_line=1,
        )
        for place, article in enumerate(articles)
    )


def make_documents() -> Portal:
    """Fill a portal whose articles beyond the first come from many documents."""
    portal = make_portal(extra=OTHERS)
    SourceEntry.objects.filter(article__slug__startswith="autre-").delete()
    others = [article for slug, article in portal.articles.items() if slug.startswith("autre-")]
    for number in range(OTHERS):
        document(f"guide-{number:02}", "fr", f"Guide {number:02}", others[: OTHERS - number])
    return portal
