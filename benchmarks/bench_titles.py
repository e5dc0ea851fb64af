"""How well whole documents are found by their titles, their introductions, and without accents.

    python -m benchmarks.bench_titles --corpus DIR --number 100

Imports so many documents of DIR, chosen with a fixed seed, into a base of its own. A document is
found where it is among the documents of the answer or its articles are among the first three.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.stand.database import own_database

if TYPE_CHECKING:
    from troubleshooting.models import SourceDocument

FIRST = 3


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--number", type=int, default=100)
    options = parser.parse_args(arguments)
    files = sorted(path for path in options.corpus.rglob("*.md") if path.name != "README.md")
    random.Random(1).shuffle(files)
    with own_database():
        print(measured(files, options.number))


def measured(files: Sequence[Path], number: int) -> str:
    """Import ``number`` of ``files`` and say how many documents are found by their titles."""
    from django.core.management import CommandError, call_command

    from troubleshooting.models import SourceDocument

    for file in files[: 2 * number]:
        with suppress(CommandError):  # a language that the portal does not offer
            call_command("import_docs", file, verbosity=0)
        if SourceDocument.objects.count() >= number:
            break
    documents = list(SourceDocument.objects.defer("raw"))
    found = sum(is_found(document) for document in documents)
    return f"{found} of {len(documents)} documents found by their titles"


def is_found(document: SourceDocument) -> bool:
    """Return whether the search finds ``document`` by its title."""
    from troubleshooting.access import Reader
    from troubleshooting.models import SearchFacets
    from troubleshooting.search import SearchRequest, search

    visible = SearchFacets.objects.visible_to(Reader.PUBLIC)
    result = search(visible, SearchRequest(document.title, document.language))
    own = set(document.entries.values_list("article", flat=True))
    listed = {hit.article_id for hit in result.hits[:FIRST]}
    return any(one.key == document.key for one in result.documents) or bool(own & listed)


if __name__ == "__main__":
    main()
