"""The files of a source, wherever it keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from ...models import Source
from ...texts.docfx.errors import DocumentError
from .files import Tree, documents_below, documents_in
from .git import write_tree
from .rules import NO_RULES, PathRules, rules_from


def rules_of(source: Source | None) -> PathRules:
    """Return what ``source`` says of its paths."""
    if source is None:
        return NO_RULES
    return rules_from(source.include, source.exclude, source.languages)


@contextmanager
def open_source(source: Source, revision: str = "") -> Iterator[Tree]:
    """Return the documents of ``source``, for as long as the context lasts.

    ``revision`` is read instead of the one that the source names. Raise ``DocumentError`` where
    there is nothing to be read at all: a source that is away has lost no document.
    """
    place, rules = Path(source.location), rules_of(source)
    with TemporaryDirectory(prefix="portal-source-") as temporary:
        folder, commit = place, ""
        if not place.exists():
            raise DocumentError("missing")
        if source.kind == Source.Kind.GIT:
            folder = Path(temporary)
            commit = write_tree(place, revision or source.revision, folder, rules.wants)
        if source.kind == Source.Kind.ZIP:
            tree = documents_in(place, source.location, Path(temporary))
        else:
            root = folder.resolve()
            tree = Tree(documents_below(folder, root, source.location, Path(temporary)))
        refused = next((file.refusal for file in tree.files if file.refusal), None)
        if refused:
            raise refused
        wanted = (file for file in tree.files if rules.wants(file.original or file.name))
        files = [replace(file, rules=rules) for file in wanted]
        if not files:
            raise DocumentError("no_documents")
        yield replace(tree, files=files, revision=commit)
