"""What ``scripts.chain`` starts on a database of its own: imports, edits and counts."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from django.db.models import Q

from scripts.chain import ready  # noqa: F401 (before all that has models)
from troubleshooting.editing import save_translation
from troubleshooting.importing import RunReport, import_paths
from troubleshooting.models import (
    Article,
    ArticleTranslation,
    PendingRevision,
    Revision,
    SourceEntry,
)
from troubleshooting.texts.markup import canonical
from troubleshooting.texts.sections import SECTIONS

NAME = "troubleshoot-device-enrollment-in-intune.md"
MARK = "Our own words"
EDITS = 5
LATER_CHANGED = 2


def main(folder: Path, chain: Path) -> int:
    """Return 1 where anything went wrong; ``chain`` has a folder of versions for each language."""
    false = sum(walk(folder, chain, language) for language in ("en", "fr"))
    print(f"False changes: {false}.")
    return 1 if summary() + false else 0


def walk(folder: Path, chain: Path, language: str) -> int:
    """Import all versions of ``language``; return how many false changes there were."""
    versions = sorted((chain / language).glob("*.md"))
    false = 0
    for number, version in enumerate(versions):
        # Half-way its publisher moves the file to another folder, as they did.
        place = folder / ("intune" if number < len(versions) // 2 else "enrollment") / language
        before = _bases(language)
        run = _import(version, place)
        false += _false_changes(language, before) if number else 0
        revisions = Revision.objects.count()
        _import(version, place)
        false += Revision.objects.count() - revisions
        if number == 0:
            _edit(language, versions)
        outcomes = [a.outcome.value for d in run.documents for a in d.articles]
        counts = ", ".join(f"{outcomes.count(o)} {o}" for o in dict.fromkeys(outcomes))
        waiting = PendingRevision.objects.filter(language=language).count()
        print(
            f"{language} {version.name[:10]}  {Article.objects.count()} articles,"
            f" {waiting} waiting: {counts}"
        )
    return false


def _import(version: Path, place: Path) -> RunReport:
    for old in place.parent.parent.rglob(NAME):
        old.unlink()
    place.mkdir(parents=True, exist_ok=True)
    shutil.copy(version, place / NAME)
    # Named from the folder above, as an administrator imports a tree.
    return import_paths([str(place.parent)], language=place.name)


def _bases(language: str) -> dict[int, tuple[dict[str, str], int]]:
    """Return what the document said of each article, and the revision that its text has."""
    rows = SourceEntry.objects.filter(document__language=language).select_related("article")
    return {
        row.article_id: (row.base, text.revision_number)
        for row in rows
        for text in row.article.translations.filter(language=language)
    }


def _false_changes(language: str, before: dict[int, tuple[dict[str, str], int]]) -> int:
    now = _bases(language)
    return sum(
        now[key][1] - number
        for key, (base, number) in before.items()
        if key in now and now[key][0] == base
    )


def _edit(language: str, versions: list[Path]) -> None:
    """Add the mark to blocks: first to those that a later version changes, then to others."""
    later = list(_later_changed(language, versions))
    done: set[int] = set()
    for wanted, candidates in ((LATER_CHANGED, later), (EDITS - LATER_CHANGED, _blocks(language))):
        for text, name, block in candidates:
            if wanted and text.article_id not in done:
                done.add(text.article_id)
                wanted -= 1
                words = f"{block} {MARK} {len(done)}."
                texts = {**text.texts(), name: getattr(text, name).replace(block, words)}
                save_translation(
                    article=text.article,
                    language=language,
                    texts=texts,
                    author=None,
                    origin="editor",
                )


def _blocks(language: str) -> Iterator[tuple[ArticleTranslation, str, str]]:
    """Yield the plain paragraphs of all texts."""
    for text in ArticleTranslation.objects.filter(language=language).order_by("pk"):
        for name in SECTIONS:
            for block in getattr(text, name).split("\n\n"):
                if block[:1].isalpha() and "\n" not in block and len(block) > 40:
                    yield text, name, block


def _later_changed(
    language: str, versions: list[Path]
) -> Iterator[tuple[ArticleTranslation, str, str]]:
    """Return the paragraphs that a later version words differently, near the same."""
    kept = [canonical(path.read_text("utf-8-sig")).split("\n\n") for path in versions[1:]]
    for text, name, block in _blocks(language):
        for blocks in kept:
            if block not in blocks:
                if get_close_matches(block, blocks, 1, 0.7):
                    yield text, name, block
                break


def summary() -> int:
    """Print what became of the edits; return how many are lost or articles too many."""
    from troubleshooting.models import Article, ArticleTranslation, PendingRevision, SourceEntry

    marked = Q()
    for name in SECTIONS:
        marked |= Q(**{f"{name}__contains": MARK})
    alive = ArticleTranslation.objects.filter(marked).count()
    removed = SourceEntry.objects.filter(removed__isnull=False).values("article").distinct().count()
    print(f"Edits: {alive} of {2 * EDITS} alive; {PendingRevision.objects.count()} texts wait.")
    print(f"Articles: {Article.objects.count()}, of which {removed} left the document.")
    return 2 * EDITS - alive


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
