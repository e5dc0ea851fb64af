"""Those who write while agents read: an editor who saves, and imports of documents.

Each import brings documents that have changed, and one that is new. Both have started, and the
processes that read texts for them too, before anything is measured: portals and workers run for
days, and what a start costs is not what writing costs.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts import portal_server

#: A second or so of thought between two saves: more than any editor does.
_SAVE = """
import random, sys, time
from django.db.models import Max
from troubleshooting.editing import save_translation
from troubleshooting.models import ArticleTranslation, Revision
last = ArticleTranslation.objects.aggregate(last=Max("pk"))["last"]
{ready}
end, saved = time.monotonic() + {seconds}, 0
while time.monotonic() < end:
    texts = ArticleTranslation.objects.select_related("article").order_by("pk")
    text = texts.filter(pk__gte=random.randint(1, last)).first()
    sections = text.texts() | {{"other": f"Change {{time.time_ns()}}."}}
    save_translation(article=text.article, language=text.language, texts=sections, author=None,
                     origin=Revision.Origin.EDITOR)
    saved += 1
    time.sleep({pause})
print(saved)
"""
#: Reads a text, so that the process that does it runs, then waits to be told to begin.
_READY = """
from troubleshooting.texts.bounded import canonical_sections
canonical_sections({"problem": "Ready."})
print("ready", flush=True)
sys.stdin.readline()
"""
#: At the priority of the worker, which does it where somebody uploads documents.
_IMPORT = """
import sys, time
from troubleshooting.management.commands.worker import stand_back
stand_back()
from pathlib import Path
from django.core.management import call_command
folder = Path({folder!r})
{ready}
end, imported = time.monotonic() + {seconds}, 0
documents = {{path: path.read_text("utf-8") for path in sorted(folder.glob("*.md"))}}
while time.monotonic() < end:
    for path, text in documents.items():
        path.write_text(f"{{text}}\\n\\nVariant {{time.time_ns()}}.\\n", "utf-8")
    path, text = next(iter(documents.items()))
    new = path.with_name(f"new-{{time.time_ns()}}{{''.join(path.suffixes)}}")
    new.write_text(f"{{text}}\\n\\nVariant {{time.time_ns()}}.\\n", "utf-8")
    call_command("import_docs", *map(str, documents), str(new), verbosity=0)
    imported += len(documents) + 1
    time.sleep({pause})
print(imported)
"""


class Writer:
    """A process that writes for some seconds; ``done`` and ``failure`` are known at its end."""

    def __init__(self, code: str, folder: Path, variables: dict[str, str]) -> None:
        command = [sys.executable, "manage.py", "shell", "--no-imports", "--command", code]
        self._process = subprocess.Popen(
            command, cwd=portal_server.ROOT, env=portal_server.environment(folder, **variables),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.done, self.failure = 0, ""

    def until_ready(self) -> None:
        """Wait until it has started, or failed."""
        if self._process.stdout:
            self._process.stdout.readline()

    def begin(self) -> None:
        """Let it write from now on."""
        if self._process.stdin and self._process.poll() is None:
            self._process.stdin.write("\n")
            self._process.stdin.flush()

    def wait(self) -> None:
        """Wait until it has ended, and note what it did."""
        printed, failure = self._process.communicate()
        numbers = re.findall(r"^\d+$", printed, re.MULTILINE)
        self.done = int(numbers[-1]) if numbers else 0
        self.failure = failure.strip()[-500:] if self._process.returncode else ""


@contextmanager
def writing(
    folder: Path, seconds: float, pause: float, variables: dict[str, str]
) -> Iterator[tuple[Writer, Writer]]:
    """Let an editor save and documents be imported for so long while the block runs.

    ``pause`` are the seconds between two saves; between two imports it is ten times as long.
    """
    with tempfile.TemporaryDirectory(prefix="portal-documents-") as name:
        for path in (portal_server.ROOT / "fixtures").glob("*.md"):
            (Path(name) / path.name).write_bytes(path.read_bytes())
        more = {"seconds": seconds, "ready": _READY}
        save = _SAVE.format(pause=pause, **more)
        load = _IMPORT.format(folder=name, pause=pause * 10, **more)
        writers = (Writer(save, folder, variables), Writer(load, folder, variables))
        for one in writers:
            one.until_ready()
        for one in writers:
            one.begin()
        try:
            yield writers
        finally:
            for one in writers:
                one.wait()
