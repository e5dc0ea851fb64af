"""The documents of a git repository at a revision, as files of a folder.

Objects are read and nothing else: no working tree, hook, filter or transfer has a part in it, so a
repository that somebody else prepared runs nothing here.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath

from ...texts.converting import SUFFIXES as FOREIGN
from ...texts.docfx.errors import DocumentError
from .archives import IMAGES, MOST_UNPACKED, is_wanted, most_bytes
from .named import images_in, included_in
from .source_files import SUFFIXES

#: Documents and images of a repository at most; the trees of the largest publishers have half.
MOST_FILES = 50_000
_SECONDS = 300
_FILES = {"100644", "100755"}
#: What a file is: a list says where other files went.
_DOCUMENT, _IMAGE, _LIST = "document", "image", "list"


def write_tree(repository: Path, revision: str, folder: Path, wants: Callable[[str], bool]) -> str:
    """Write the documents that ``wants``, what they include and show; return the commit.

    All images come along where a document is of another format than Markdown. ``repository`` is a
    working tree or bare; ``revision`` a branch, tag or commit, "" being HEAD. Raise
    ``DocumentError`` (``git_…``).
    """
    name = f"{revision or 'HEAD'}^{{commit}}"
    found = _git(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
    commit = found.decode().strip()
    names = list(_blobs(_git(repository, "ls-tree", "-r", "-z", "-l", "--full-tree", commit)))
    known: dict[str, list[Blob]] = {_DOCUMENT: [], _IMAGE: [], _LIST: []}
    for blob in names:
        if is_wanted(blob[0]):
            known[_kind(blob[0])].append(blob)
    written = [*known[_LIST], *(blob for blob in known[_DOCUMENT] if wants(str(blob[0])))]
    _check(written, commit)
    _write(repository, folder, written)
    texts = [_text(folder, blob) for blob in written]
    while included := _included(texts, known[_DOCUMENT], written):
        written += included
        _check(written, commit)
        _write(repository, folder, included)
        texts += [_text(folder, blob) for blob in included]
    images = _shown(texts, known[_IMAGE], written)
    _check([*written, *images], commit)
    _write(repository, folder, images)
    return commit


def _check(blobs: list[Blob], commit: str) -> None:
    """Raise ``DocumentError`` where there are too many of ``blobs``, or they are too large."""
    if len(blobs) > MOST_FILES:
        raise DocumentError("git_too_many")
    if sum(size for _path, _blob, size in blobs) > MOST_UNPACKED:
        raise DocumentError("archive_bomb", detail=commit[:12])


def _text(folder: Path, blob: Blob) -> str:
    """Return what a Markdown document says; what else was written names no file of its own."""
    is_markdown = blob[0].suffix.lower() in SUFFIXES
    return (folder / blob[0]).read_text("utf-8", errors="replace") if is_markdown else ""


def _included(texts: list[str], documents: list[Blob], written: list[Blob]) -> list[Blob]:
    """Return the ``documents`` that ``texts`` include and that are not ``written`` yet."""
    names = {name for text in texts for name in included_in(text)}
    done = {path for path, _blob, _size in written}
    return [blob for blob in documents if blob[0].name.lower() in names and blob[0] not in done]


def _shown(texts: list[str], images: list[Blob], written: list[Blob]) -> list[Blob]:
    """Return the ``images`` that ``texts`` show: all, where another format is among ``written``."""
    if any(path.suffix.lower() in FOREIGN for path, _blob, _size in written):
        return images
    names = images_in(texts)
    return [blob for blob in images if blob[0].name.lower() in names]


Blob = tuple[PurePosixPath, str, int]


def _blobs(listing: bytes) -> Iterable[Blob]:
    """Yield plain files: links and submodules lead elsewhere, and a path stays below the folder."""
    for row in listing.split(b"\0"):
        about, tab, name = row.partition(b"\t")
        fields = about.decode("ascii", "replace").split()
        path = PurePosixPath(name.decode("utf-8", "replace"))
        plain = bool(tab) and fields[0] in _FILES and ".." not in path.parts
        if plain and not path.is_absolute() and str(path).isprintable():
            yield path, fields[2], int(fields[3])


def _kind(path: PurePosixPath) -> str:
    if path.suffix.lower() in (*SUFFIXES, *FOREIGN) and not path.name.startswith("."):
        return _DOCUMENT
    return _IMAGE if path.suffix.lower() in IMAGES else _LIST


def _write(repository: Path, folder: Path, blobs: list[Blob]) -> None:
    with subprocess.Popen(
        _command(repository, "cat-file", "--batch"),
        env=_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        for path, blob, _size in blobs:
            process.stdin.write(f"{blob}\n".encode())
            process.stdin.flush()
            header = process.stdout.readline().split()
            if len(header) != 3:
                raise DocumentError("git_broken", detail=str(path))
            most = most_bytes(path.suffix.lower()) + 1
            size = int(header[2])
            # Of one that is too large so much is written that its reader sees that it is.
            data = process.stdout.read(min(size, most))
            for _rest in range(size + 1 - len(data), 0, -most):
                process.stdout.read(min(_rest, most))
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        process.stdin.close()


def _git(repository: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(
            _command(repository, *arguments),
            env=_environment(), capture_output=True, timeout=_SECONDS, check=False,
        )  # fmt: skip
    except FileNotFoundError as error:
        raise DocumentError("git_missing") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise DocumentError("git_broken", detail=str(repository)) from error
    if done.returncode:
        code = "git_revision" if arguments[0] == "rev-parse" else "git_broken"
        raise DocumentError(code, detail=arguments[-1].removesuffix("^{commit}"))
    return done.stdout


def _command(repository: Path, *arguments: str) -> list[str]:
    settings = (
        # A repository of another account is read all the same: nothing of it is run.
        f"safe.directory={repository.resolve()}",
        "core.fsmonitor=false",
        f"core.hooksPath={os.devnull}",
        "protocol.allow=never",
    )
    options = [word for setting in settings for word in ("-c", setting)]
    return ["git", *options, "--no-replace-objects", "-C", str(repository), *arguments]


def _environment() -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LC_ALL": "C",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_LAZY_FETCH": "1",
    }
