"""The database of a benchmark's own: made, filled with the fixtures, searched, thrown away.

Django is set up by ``set_up``; what needs it is imported after that.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # Django is set up later
    from troubleshooting.search.result import SearchResult

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def own_database(kind: str = "sqlite") -> Iterator[None]:
    """Set Django up and make an empty database, which is gone in the end.

    ``kind`` is ``sqlite``, or ``postgres``: then on the server that DATABASE_URL names.
    """
    _set_up(kind)
    from django.db import connection

    name = connection.creation.create_test_db(verbosity=0, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def _set_up(kind: str) -> None:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kbportal.settings")
    folder = tempfile.mkdtemp(prefix="bench-")
    os.environ["DATA_DIR"] = folder
    if kind == "sqlite":
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
    elif not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        sys.exit("Set DATABASE_URL to a PostgreSQL server where databases can be created.")
    import django
    from django.conf import settings

    django.setup()
    if kind == "sqlite":
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = f"{folder}/test.sqlite3"


def import_fixtures() -> None:
    """Import the documents that come with the portal."""
    from django.core.management import call_command

    documents = [str(path) for path in sorted((ROOT / "fixtures").glob("*.md"))]
    call_command("import_docs", *documents, verbosity=0)


def ask(text: str, language: str) -> SearchResult:
    """Return the answer of the search to the public, with highlights and facets."""
    from troubleshooting.access import Reader
    from troubleshooting.models.search import SearchFacets
    from troubleshooting.querysets import visibility
    from troubleshooting.search.engine import SearchRequest, search

    sets = SearchFacets.objects.filter(visibility(Reader.PUBLIC))
    return search(sets, SearchRequest(text, language), _address)


def _address(slug: str, language: str, anchor: str) -> str:
    return f"/{language}/articles/{slug}/#{anchor}"
