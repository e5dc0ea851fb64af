"""A copy of the project, for tests that follow a recipe of CONTRIBUTING.

What a recipe adds is written into the copy, and the portal runs there in processes of its own, as
it would for the person who follows the recipe.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.infra.project import ROOT

PARTS = ("kbportal", "troubleshooting", "templates", "static")
FILES = ("manage.py", "pyproject.toml")
#: Commands one after the other in one process, since to start one takes longer than most of them.
_SEVERAL = """
import json, sys
from manage import main
for command in json.loads(sys.argv.pop()):
    sys.argv[1:] = command
    main()
    print("\\0", end="")
"""


class ProjectCopy:
    """The project in ``folder``, beside the database ``portal.sqlite3`` of its own."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        for part in PARTS:
            shutil.copytree(ROOT / part, folder / part)  # with what is compiled: it takes long
        for name in FILES:
            shutil.copy(ROOT / name, folder)
        (folder / "data").mkdir()
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self._environment = kept | {
            "DATA_DIR": str(folder / "data"),
            "DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3",
            "DEBUG": "true",
            **environment,
        }

    def replace(self, name: str, *changes: tuple[str, str]) -> None:
        """Change the file ``name``: each first text, which must be there, becomes the second."""
        path = self.folder / name
        text = path.read_text("utf-8")
        for before, after in changes:
            assert before in text, f"{name} no longer holds {before!r}"
            text = text.replace(before, after, 1)
        path.write_text(text, "utf-8")

    def compile(self) -> None:
        """Compile the catalogues, in a process that ends: one that goes on has read the old."""
        self.manage_all(["compile_catalogues"])

    def prepare(self, *commands: Sequence[str]) -> list[str]:
        """Migrate, run ``commands`` and return what each prints."""
        return self.manage_all(["migrate", "--verbosity", "0"], *commands)[1:]

    def manage_all(self, *commands: Sequence[str]) -> list[str]:
        """Run commands in one process that starts now; return what each prints."""
        line = [sys.executable, "-c", _SEVERAL, json.dumps(commands)]
        done = subprocess.run(
            line, cwd=self.folder, env=self._environment, text=True, capture_output=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.split("\0")[: len(commands)]
