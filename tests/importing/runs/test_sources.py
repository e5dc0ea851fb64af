"""Named sources: folders, archives and repositories that are imported again and again."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.importing.reimports.test_recognition import BADGE, GATE, HALL, document, section, write
from tests.people import person
from troubleshooting.importing.trees.git import write_tree
from troubleshooting.importing.trees.rules import rules_from
from troubleshooting.models import (
    Article,
    ArticleTranslation,
    Source,
    SourceDocument,
    SourceEntry,
)
from troubleshooting.texts.docfx.errors import DocumentError

PATTERNS = [
    # path, include, exclude, is it read?
    ("a/b.md", "", "", True),
    ("a/b.md", "a", "", True),
    ("ab/b.md", "a", "", False),
    ("a/b.md", "*.md", "", False),
    ("b.md", "*.md", "", True),
    ("a/x/b.md", "a/**/b.md", "", True),
    ("a/b.md", "a/**/b.md", "", True),
    ("a/b.md", "**", "a/**", False),
    ("a/b.md", "**/b.md", "", True),
    ("a/bmd", "a/b.md", "", False),
    ("a/b+c.md", "a/b+c.md", "", True),
    ("a/b.md", "c\n a/* ", "", True),
    ("a/b.md", "a/?.md", "**/b.*", False),
]


@pytest.mark.parametrize(("path", "include", "exclude", "wanted"), PATTERNS)
def test_patterns_say_what_is_read(path: str, include: str, exclude: str, wanted: bool):
    assert rules_from(include, exclude, "").wants(path) is wanted


def test_a_folder_may_stand_for_a_language():
    rules = rules_from("", "", "docs = en\ndocs/localised = fr\nbroken")
    paths = ("docs/a.md", "docs/localised/a.md", "docsets/a.md")
    assert [rules.language(path) for path in paths] == ["en", "fr", None]
    assert [rules.neutral(path) for path in paths] == ["a.md", "a.md", "docsets/a.md"]


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-C", str(folder)]
    return subprocess.run([*command, *arguments], check=True, capture_output=True, text=True).stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two commits, the first of them tagged; whatever git might run there leaves a trace."""
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q")
    write(folder, {"help/hall.md": HALL})
    (folder / "help" / "secret.md").symlink_to("/etc/hostname")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "First")
    git(folder, "tag", "first")
    (folder / "help" / "hall.md").unlink()
    write(folder, {"help/gate.md": GATE})
    trap = f"touch {tmp_path / 'trace'}; cat"
    for key in ("filter.trap.smudge", "filter.trap.clean", "core.fsmonitor", "core.pager"):
        git(folder, "config", key, trap)
    (folder / ".gitattributes").write_text("*.md filter=trap\n", "utf-8")
    git(folder, "-c", "filter.trap.clean=cat", "-c", "core.fsmonitor=false", "add", "-A")
    git(folder, "-c", "core.fsmonitor=false", "commit", "-qm", "Second")
    (tmp_path / "trace").unlink(missing_ok=True)
    return folder


@pytest.mark.django_db
@pytest.mark.parametrize("bare", [False, True], ids=["working tree", "bare"])
def test_a_repository_is_read_at_a_revision_and_nothing_is_run(tmp_path, repository, bare):
    if bare:
        bare_copy = tmp_path / "bare.git"
        shutil.copytree(repository / ".git", bare_copy)
        git(bare_copy, "config", "core.bare", "true")
        repository = bare_copy
    source = Source.objects.create(slug="help", name="Help", kind="git", location=str(repository))
    call_command("sync_sources", "help", rev="first", stdout=io.StringIO())
    assert [d.path for d in SourceDocument.objects.all()] == ["help/hall.md"]
    call_command("sync_sources", stdout=io.StringIO())
    assert SourceDocument.objects.get(path="help/gate.md").removed is None
    assert SourceDocument.objects.get(path="help/hall.md").removed is not None
    source.refresh_from_db()
    assert source.imported_revision == git(repository, "rev-parse", "HEAD").strip()
    assert not (tmp_path / "trace").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("revision", ["nowhere", "--upload-pack=touch trace", "-h", "HEAD:help"])
def test_a_revision_that_is_none_is_said(repository, revision, capsys):
    Source.objects.create(slug="help", name="Help", kind="git", location=str(repository))
    with pytest.raises(CommandError, match="help"):
        call_command("sync_sources", f"--rev={revision}")
    assert revision in capsys.readouterr().err


@pytest.mark.django_db
def test_a_source_that_is_away_loses_nothing(tmp_path: Path, capsys):
    write(tmp_path / "tree", {"hall.md": HALL})
    location = str(tmp_path / "tree")
    source = Source.objects.create(slug="help", name="Help", location=location)
    call_command("sync_sources", verbosity=0)
    for moved in (tmp_path / "elsewhere", tmp_path / "empty"):
        moved.mkdir(exist_ok=True)
        source.location = str(moved / "nothing") if moved.name == "elsewhere" else str(moved)
        source.save()
        with pytest.raises(CommandError, match="help"):
            call_command("sync_sources")
    assert not SourceEntry.objects.filter(removed__isnull=False).exists()


@pytest.mark.django_db
def test_new_articles_begin_as_their_source_says(tmp_path: Path):
    owner = person("reviewer")
    source = Source.objects.create(
        slug="help", name="Help", location=str(tmp_path), status="draft", owner=owner,
        review_days=30, exclude="old", languages="texte = fr", link_base="https://help.example.org",
        licence="CC0",
    )  # fmt: skip
    french = document("Le hall", section("Badge", BADGE.replace("Problem", "Problème")))
    write(tmp_path, {"texte/hall.md": french, "old/gate.md": GATE})
    call_command("sync_sources", "help", verbosity=0, stdout=io.StringIO())
    article = Article.objects.get()
    due = timezone.localdate() + timedelta(days=30)
    assert (article.status, article.owner, article.review_due) == ("draft", owner, due)
    stored = SourceDocument.objects.get()
    assert (stored.source, stored.key, stored.language) == (source, "hall", "fr")
    assert stored.source_url == "https://help.example.org/texte/hall"
    assert stored.licence == "CC0"


@pytest.mark.django_db
def test_what_wanted_documents_include_and_show_comes_along_and_nothing_else(
    tmp_path, repository, monkeypatch
):
    """Images of the rest do not count: a large repository has more than may be read."""
    write(
        repository,
        {
            "help/hall.md": HALL + "\n![Hall](media/the%20hall.PNG)\n\n"
            "[!INCLUDE [outer](../parts/outer.md)]\n",
            "parts/outer.md": "Outer words.\n\n[!INCLUDE [inner](inner.md)]\n",
            "parts/inner.md": "Inner words.\n",
            "parts/other.md": "# Other\n\n## The lamp is broken\n\n**Resolution:** Mend it.\n",
        },
    )
    for number in range(6):
        (repository / f"picture-{number}.png").write_bytes(b"none")
    (repository / "help/media").mkdir()
    (repository / "help/media/The hall.png").write_bytes(b"none")
    git(repository, "-c", "core.fsmonitor=false", "-c", "filter.trap.clean=cat", "add", "-A")
    git(repository, "-c", "core.fsmonitor=false", "commit", "-qm", "Third")
    monkeypatch.setattr("troubleshooting.importing.trees.git.MOST_FILES", 4)
    written = tmp_path / "written"
    write_tree(repository, "", written, lambda path: path == "help/hall.md")
    names = {str(path.relative_to(written)) for path in written.rglob("*") if path.is_file()}
    assert names == {"help/hall.md", "help/media/The hall.png", "parts/inner.md", "parts/outer.md"}
    Source.objects.create(
        slug="help", name="Help", kind="git", location=str(repository), include="help/hall.md"
    )
    call_command("sync_sources", "help", stdout=io.StringIO())
    assert [d.path for d in SourceDocument.objects.all()] == ["help/hall.md"]
    texts = ArticleTranslation.objects.values_list("resolution", "other")
    assert any("Inner words." in "".join(text) for text in texts)
    monkeypatch.setattr("troubleshooting.importing.trees.git.MOST_FILES", 3)
    with pytest.raises(DocumentError, match="git_too_many"):
        write_tree(repository, "", written, lambda path: path == "help/hall.md")
