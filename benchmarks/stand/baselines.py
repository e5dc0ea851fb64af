"""What a site gets without this project's search: full text as it comes, and ``icontains``."""

from __future__ import annotations

from django.db import connection
from django.db.models import Q

from troubleshooting.models import ArticleTranslation
from troubleshooting.search.words.folding import spans

_LIMIT = 20
_SOURCE = "troubleshooting_articletranslation"


def build_plain() -> None:
    """Index titles and texts with the engine's own tokenizer."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                f"CREATE VIRTUAL TABLE plain USING fts5(title, problem, content='{_SOURCE}',"
                " content_rowid='id')"
            )
            cursor.execute("INSERT INTO plain(plain) VALUES ('rebuild')")
            return
        cursor.execute(
            "CREATE TABLE plain AS SELECT id, article_id, to_tsvector(CASE language WHEN 'fr' THEN"
            " 'french' WHEN 'de' THEN 'german' ELSE 'english' END::regconfig,"
            f" title || ' ' || problem) AS vector FROM {_SOURCE}"
        )
        cursor.execute("CREATE INDEX ON plain USING gin (vector)")
        cursor.execute("VACUUM ANALYZE plain")


def plain(text: str, language: str) -> list[int]:
    """Return articles by the engine's ranking of texts that hold any of the words."""
    words = [text[word.start : word.end] for word in spans(text)]
    if not words:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                f"SELECT t.article_id FROM plain JOIN {_SOURCE} t ON t.id = plain.rowid"
                " WHERE plain MATCH %s ORDER BY plain.rank LIMIT %s",
                [" OR ".join(f'"{word}"' for word in words), _LIMIT],
            )
        else:
            config = {"fr": "french"}.get(language, "english")
            parts = " || ".join(["plainto_tsquery(%s::regconfig, %s)"] * len(words))
            cursor.execute(
                f"SELECT article_id FROM plain, (SELECT {parts} AS q) x WHERE vector @@ q"
                " ORDER BY ts_rank(vector, q) DESC LIMIT %s",
                [*(value for word in words for value in (config, word)), _LIMIT],
            )
        return [row[0] for row in cursor.fetchall()]


def contains(text: str, language: str) -> list[int]:
    """Return articles whose title or text contains every word, as ``icontains`` finds them."""
    condition = Q()
    for piece in text.split():
        condition &= Q(title__icontains=piece) | Q(problem__icontains=piece)
    found = ArticleTranslation.objects.filter(condition)
    return list(found.values_list("article_id", flat=True)[:_LIMIT])
