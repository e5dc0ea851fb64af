"""A base of all documents of a folder, kept between runs, and which of its articles are meant.

Kept is the SQLite file, below the folder for temporary files, as long as neither the documents nor
the structure that the importer gives to articles change. The index is made anew each time.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

#: Between the path of a document below the folder and a heading in it.
HEADING = "#"
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)[ \t#]*$")
_ANY_MARK = re.compile(r"[\W_]+")


def import_corpus(folder: Path) -> None:
    """Import the documents of ``folder`` into the empty database; those that fail are left out."""
    from django.core.management import call_command
    from django.db import connection

    from troubleshooting.importing import import_paths

    if connection.vendor != "sqlite":
        import_paths([str(folder)])
        return
    kept = Path(tempfile.gettempdir()) / f"bench-corpus-{_state(folder)}.sqlite3"
    name = str(connection.settings_dict["NAME"])
    if not kept.exists():
        import_paths([str(folder)])
        made = kept.with_suffix(".new")
        made.unlink(missing_ok=True)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(made)])
        made.rename(kept)
        return
    connection.close()
    for beside in ("-wal", "-shm"):
        Path(name + beside).unlink(missing_ok=True)
    shutil.copyfile(kept, name)
    call_command("check_index", "--rebuild", verbosity=0)


def _state(folder: Path) -> str:
    """Return a name of the documents and of what is stored of them."""
    from django.db.migrations.loader import MigrationLoader

    from troubleshooting.texts.structure import STRUCTURE_VERSION

    files = sorted(path for path in folder.rglob("*") if path.is_file())
    said = [(str(path.relative_to(folder)), path.stat().st_size) for path in files]
    leaves = sorted(MigrationLoader(None).graph.leaf_nodes())
    return sha256(repr((STRUCTURE_VERSION, leaves, said)).encode()).hexdigest()[:16]


def meant(expected: Iterable[str]) -> set[int]:
    """Return the articles that rows such as ``PATH#HEADING`` mean: a part of the document or all.

    Those made of the part below the heading, and the one that it is a part of; and those of the
    same title of a document with the same file name, which is another version of it.
    """
    found = {article for one in expected for article in _articles(one)}
    names = {Path(one.partition(HEADING)[0]).name for one in expected}
    return found | {article for name in names for article in _versions(name, frozenset(found))}


@cache
def _versions(name: str, articles: frozenset[int]) -> frozenset[int]:
    """Return the articles of documents with this file name that have the title of one of these."""
    from troubleshooting.models import ArticleTranslation, SourceEntry

    texts = ArticleTranslation.objects.values_list("article_id", "language", "title")
    titles = {(language, title) for _, language, title in texts.filter(article__in=articles)}
    entries = SourceEntry.objects.filter(document__path__endswith=f"/{name}")
    others = texts.filter(article__in=entries.values("article"))
    return frozenset(article for article, *title in others if tuple(title) in titles)


@cache
def _articles(expected: str) -> frozenset[int]:
    from troubleshooting.models import SourceDocument

    path, _, heading = expected.partition(HEADING)
    found: set[int] = set()
    for document in SourceDocument.objects.filter(path=path):
        entries = document.entries.values_list("article_id", "first_line", "last_line")
        first, last = 1, 1 << 30
        if heading:
            first, last = _lines(bytes(document.raw).decode("utf-8-sig", "replace"), heading)
        found.update(
            article for article, begins, ends in entries if begins <= last and ends >= first
        )
    return frozenset(found)


def _lines(text: str, heading: str) -> tuple[int, int]:
    """Return the first and last line of the part below ``heading``; (0, -1) if there is none."""
    first, depth, number = 0, 0, 0
    for number, line in enumerate(text.splitlines(), start=1):
        match = _HEADING.match(line)
        if first and match and len(match[1]) <= depth:
            return first, number - 1
        if not first and match and _plain(match[2]) == _plain(heading):
            first, depth = number, len(match[1])
    return (first, number) if first else (0, -1)


def _plain(heading: str) -> str:
    """Return the letters and digits of a heading: marks and spaces are written in many ways."""
    return _ANY_MARK.sub("", re.sub(r"<[^>]*>|\]\([^)]*\)", "", heading)).casefold()
