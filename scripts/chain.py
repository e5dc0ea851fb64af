"""Import the versions of the supplied document one after the other, with editors in between.

``python -m scripts.chain``; the versions are in ``../shared/corpus``. In each language five blocks
are edited after the first import, two of them blocks that the publisher changes later. Prints what
became of articles and edits; a false change is a new revision of a text whose document said nothing
new, or one that importing the same version again makes.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
CHAIN = ROOT.parent / "shared" / "corpus" / "intune-later" / "seed-chain"
NAME = "troubleshoot-device-enrollment-in-intune.md"
MARK = "Our own words"
EDITS = 5
LATER_CHANGED = 2

if TYPE_CHECKING:
    from troubleshooting.importing import RunReport
    from troubleshooting.models import ArticleTranslation


def main() -> int:
    """Return 1 where an edit was lost, a text changed falsely or an article was made twice."""
    if not CHAIN.is_dir():
        print(f"The versions are not there: {CHAIN}")
        return 0
    folder = Path(tempfile.mkdtemp(prefix="portal-chain-"))
    try:
        _set_up(folder)
        false = sum(_walk(folder, language) for language in ("en", "fr"))
        print(f"False changes: {false}.")
        return 1 if _summary() + false else 0
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _set_up(folder: Path) -> None:
    os.environ |= {"DATA_DIR": str(folder), "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3"}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kbportal.settings")
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _walk(folder: Path, language: str) -> int:
    """Import all versions of ``language``; return how many false changes there were."""
    from troubleshooting.models import Article, PendingRevision, Revision

    versions = sorted((CHAIN / language).glob("*.md"))
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
    from troubleshooting.importing import import_paths

    for old in place.parent.parent.rglob(NAME):
        old.unlink()
    place.mkdir(parents=True, exist_ok=True)
    shutil.copy(version, place / NAME)
    # Named from the folder above, as an administrator imports a tree.
    return import_paths([str(place.parent)], language=place.name)


def _bases(language: str) -> dict[int, tuple[dict[str, str], int]]:
    """Return what the document said of each article, and the revision that its text has."""
    from troubleshooting.models import SourceEntry

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
    from troubleshooting.editing import save_translation

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
    from troubleshooting.models import ArticleTranslation

    for text in ArticleTranslation.objects.filter(language=language).order_by("pk"):
        for name in ("problem", "cause", "resolution", "other"):
            for block in getattr(text, name).split("\n\n"):
                if block[:1].isalpha() and "\n" not in block and len(block) > 40:
                    yield text, name, block


def _later_changed(
    language: str, versions: list[Path]
) -> Iterator[tuple[ArticleTranslation, str, str]]:
    """Return the paragraphs that a later version words differently, near the same."""
    from difflib import get_close_matches

    from troubleshooting.texts.markup import canonical

    kept = [canonical(path.read_text("utf-8-sig")).split("\n\n") for path in versions[1:]]
    for text, name, block in _blocks(language):
        for blocks in kept:
            if block not in blocks:
                if get_close_matches(block, blocks, 1, 0.7):
                    yield text, name, block
                break


def _summary() -> int:
    """Print what became of the edits; return how many are lost or articles too many."""
    from django.db.models import Q

    from troubleshooting.models import Article, ArticleTranslation, PendingRevision, SourceEntry

    names = ("problem", "cause", "resolution", "other")
    marked = Q()
    for name in names:
        marked |= Q(**{f"{name}__contains": MARK})
    alive = ArticleTranslation.objects.filter(marked).count()
    removed = SourceEntry.objects.filter(removed__isnull=False).values("article").distinct().count()
    print(f"Edits: {alive} of {2 * EDITS} alive; {PendingRevision.objects.count()} texts wait.")
    print(f"Articles: {Article.objects.count()}, of which {removed} left the document.")
    return 2 * EDITS - alive


if __name__ == "__main__":
    sys.exit(main())
