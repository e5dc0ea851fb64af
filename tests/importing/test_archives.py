"""Zip archives: imported as the folder that they are of, refused whole where they are a trap."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.importing.conftest import TABLE
from tests.pictures import picture
from troubleshooting.importing import ImportOutcome, import_paths
from troubleshooting.importing.trees import open_files
from troubleshooting.importing.trees.archives import unpack
from troubleshooting.models import ArticleTranslation, MediaImage, SourceDocument, SourceImage
from troubleshooting.texts.docfx import DocumentError

WITH_IMAGE = TABLE.replace("1. Redémarrez l’appareil.", "1. Redémarrez. ![Bouton](media/b%20c.png)")


def pack(path: Path, files: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def run(*paths: Path, **options):
    return import_paths([str(path) for path in paths], **options)


def written(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


@pytest.mark.django_db
def test_an_archive_is_the_folder_that_it_is_of(tmp_path: Path):
    files = {"guide/fr/errors.md": WITH_IMAGE, "guide/fr/media/b c.png": picture()}
    archive = pack(tmp_path / "guide.zip", {**files, "guide/notes.xlsx": b"-"})
    report = run(archive).documents[0]
    assert (report.outcome, report.language, report.key) == (ImportOutcome.CREATED, "fr", "errors")
    assert report.path == f"{archive}/fr/errors.md"
    html = ArticleTranslation.objects.get(article__slug="stuck").rendered.resolution
    assert MediaImage.objects.get().get_absolute_url() in html
    folder = tmp_path / "guide"
    unpack(archive, folder, ["fr", "en"])
    assert run(folder).documents[0].outcome is ImportOutcome.UNCHANGED


@pytest.mark.django_db
def test_images_beside_a_document_are_stored_whatever_the_order(tmp_path: Path):
    document = tmp_path / "docs" / "errors.fr.md"
    document.parent.mkdir()
    document.write_text(WITH_IMAGE, "utf-8")
    run(document.parent)
    assert not SourceImage.objects.exists()
    (document.parent / "media").mkdir()
    (document.parent / "media" / "b c.png").write_bytes(picture("navy"))
    report = run(document.parent).documents[0]
    assert report.outcome is ImportOutcome.UNCHANGED
    assert SourceImage.objects.get().path == "media/b c.png"
    html = ArticleTranslation.objects.get(article__slug="stuck").rendered.resolution
    assert "/media/" in html


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["media/B%20C.PNG", "Media/b%20c.png", "./MEDIA/b%20C.png"])
def test_the_name_of_an_image_is_read_in_any_case(tmp_path: Path, name: str):
    document = tmp_path / "errors.fr.md"
    document.write_text(WITH_IMAGE.replace("media/b%20c.png", name), "utf-8")
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "b c.png").write_bytes(picture("navy"))
    run(tmp_path)
    assert "/media/" in ArticleTranslation.objects.get(article__slug="stuck").rendered.resolution


@pytest.mark.django_db
def test_an_image_outside_of_the_import_is_not_read(tmp_path: Path):
    (tmp_path / "secret.png").write_bytes(picture())
    document = tmp_path / "a" / "b" / "errors.fr.md"
    document.parent.mkdir(parents=True)
    document.write_text(WITH_IMAGE.replace("media/b%20c.png", "../../secret.png"), "utf-8")
    (document.parent / "link.png").symlink_to(tmp_path / "secret.png")
    document.with_name("more.fr.md").write_text(
        "# T\n\n## <a name='z'></a>Z\n\n![x](link.png)\n", "utf-8"
    )
    run(document.parent)
    assert not SourceImage.objects.exists()


@pytest.mark.django_db
def test_what_is_no_image_is_told_and_the_document_is_imported(tmp_path: Path):
    files = {"errors.fr.md": WITH_IMAGE, "media/b c.png": b"<svg/>"}
    report = run(pack(tmp_path / "a.zip", files)).documents[0]
    assert report.outcome is ImportOutcome.CREATED
    (message,) = report.said
    assert "media/b c.png" in message
    assert not SourceImage.objects.exists()


@pytest.mark.django_db
def test_the_own_words_of_a_document_show_its_images_to_everyone(
    tmp_path: Path, client, django_capture_on_commit_callbacks
):
    text = TABLE.replace("Introduction au document.", "Introduction. ![Vue](vue.png)")
    archive = pack(tmp_path / "a.zip", {"errors.fr.md": text, "vue.png": picture("olive")})
    with django_capture_on_commit_callbacks(execute=True):
        run(archive)
    address = MediaImage.objects.get().get_absolute_url()
    assert address in client.get("/fr/documents/errors/").content.decode()
    assert client.get(address).status_code == 200
    assert not MediaImage.objects.unused().exists()


@pytest.mark.django_db
def test_a_dry_run_of_an_archive_leaves_nothing(tmp_path: Path):
    files = {"errors.fr.md": WITH_IMAGE, "media/b c.png": picture("brown")}
    rehearsed = run(pack(tmp_path / "a.zip", files), dry_run=True)
    assert rehearsed.documents[0].outcome is ImportOutcome.CREATED
    assert not SourceDocument.objects.exists()
    assert not MediaImage.objects.exists()


@pytest.mark.django_db
def test_the_command_takes_archives(tmp_path: Path):
    good = pack(tmp_path / "good.zip", {"errors.fr.md": TABLE})
    bad = tmp_path / "bad.zip"
    bad.write_bytes(b"PK no archive")
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_docs", str(bad), str(good), stdout=out)
    assert f"{bad}: " in out.getvalue()
    assert SourceDocument.objects.count() == 1


def encrypted() -> bytes:
    raw = bytearray(zipped({"a.md": "x"}))
    raw[raw.index(b"PK\1\2") + 8] |= 1
    return bytes(raw)


def zipped(files: dict[str, bytes | str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def linked() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        link = zipfile.ZipInfo("a.md")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return target.getvalue()


def twice() -> bytes:
    return zipped({"a.md": "one", "b.md": "two"}).replace(b"b.md", b"a.md")


def lying() -> bytes:
    """An archive whose file is larger than it says."""
    raw = bytearray(zipped({"a.md": b"word " * 5_000}))
    at = raw.index(b"PK\1\2") + 24
    raw[at : at + 4] = struct.pack("<I", 10)
    return bytes(raw)


TRAPS = {
    "up": (zipped({"../a.md": "x"}), "archive_unsafe"),
    "up-inside": (zipped({"a/../../b.md": "x"}), "archive_unsafe"),
    "backslash": (zipped({"a\\..\\..\\b.md": "x"}), "archive_unsafe"),
    "root": (zipped({"/etc/a.md": "x"}), "archive_unsafe"),
    "drive": (zipped({"C:/a.md": "x"}), "archive_unsafe"),
    "nul": (zipped({"a.mdXb": "x"}).replace(b"a.mdXb", b"a.md\0b"), "archive_unsafe"),
    "line": (zipped({"a\nb.md": "x"}), "archive_unsafe"),
    "link": (linked(), "archive_link"),
    "password": (encrypted(), "archive_encrypted"),
    "bomb": (zipped({"a.md": bytes(2_000_000)}), "archive_bomb"),
    "bomb-of-all": (zipped({f"{n}.bin": bytes(2**22) for n in range(51)}), "archive_bomb"),
    "many": (zipped({f"{n}.md": "" for n in range(5_001)}), "archive_too_many"),
    "twice": (twice(), "archive_twice"),
    "cut": (zipped({"a.md": "x" * 999})[:60], "archive_broken"),
    "noise": (b"PK\5\6" + b"\xff" * 30, "archive_too_many"),
    "text": (b"no archive", "archive_broken"),
}


@pytest.mark.parametrize("name", TRAPS)
def test_a_trap_is_refused_before_anything_is_written(name: str, tmp_path: Path):
    raw, code = TRAPS[name]
    (tmp_path / "a.zip").write_bytes(raw)
    folder = tmp_path / "inner" / "folder"
    folder.mkdir(parents=True)
    with pytest.raises(DocumentError) as caught:
        unpack(tmp_path / "a.zip", folder, ["fr", "en"])
    assert caught.value.code == code
    assert written(tmp_path) == ["a.zip"]


def test_a_file_larger_than_it_says_is_never_read_beyond_that(tmp_path: Path):
    (tmp_path / "a.zip").write_bytes(lying())
    with pytest.raises(DocumentError) as caught:
        unpack(tmp_path / "a.zip", tmp_path / "folder", ["fr"])
    assert caught.value.code == "archive_broken"


@pytest.mark.parametrize("says_so", [True, False])
def test_names_with_accents_are_read_whoever_packed_them(says_so: bool, tmp_path: Path):
    raw = zipped({"é/dépanner.md": "x", "é/e\u0301cran.png": "y"})
    if not says_so:
        name = "é/dépanner.md".encode()
        raw = bytearray(raw)
        for mark, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
            at = raw.index(mark)
            assert name in raw
            raw[at + flags + 1] &= ~0x08
    (tmp_path / "a.zip").write_bytes(raw)
    unpack(tmp_path / "a.zip", tmp_path / "folder", ["fr"])
    assert written(tmp_path / "folder") == ["dépanner.md", "écran.png"]


@pytest.mark.django_db
def test_an_archive_within_an_archive_is_not_opened(tmp_path: Path):
    inner = zipped({"errors.fr.md": TABLE})
    report = run(pack(tmp_path / "a.zip", {"inner.zip": inner})).documents[0]
    assert report.outcome is ImportOutcome.FAILED
    assert not SourceDocument.objects.exists()


def test_files_that_nobody_reads_are_named_and_those_of_programs_are_not(tmp_path: Path):
    files = {
        "guide/errors.fr.md": TABLE,
        "guide/README.md": "-",
        "guide/includes/part.md": "-",
        "guide/media/b.png": picture(),
        "guide/notes.xyz": "-",
        "guide/.hidden/x.txt": "-",
        "__MACOSX/guide/notes.xyz": "-",
        "guide/Thumbs.db": "-",
    }
    pack(tmp_path / "guide.zip", files)
    with open_files(["guide.zip"], tmp_path) as tree:
        assert [file.name for file in tree.files] == ["errors.fr.md"]
        assert tree.left_out == ["guide.zip/guide/notes.xyz", "guide.zip/README.md"]


@pytest.mark.django_db
def test_the_command_names_them(tmp_path: Path, capsys):
    pack(tmp_path / "a.zip", {"errors.fr.md": TABLE, "notes.xyz": "-"})
    call_command("import_docs", str(tmp_path / "a.zip"), "--dry-run", "--report", "-")
    said = capsys.readouterr().out
    assert f"{tmp_path}/a.zip/notes.xyz." in said
    assert '"left_out": [' in said
