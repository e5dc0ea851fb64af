"""Import the versions of the supplied document one after the other, with editors in between.

``python -m scripts.chain``; the versions are in ``../shared/corpus``. In each language five blocks
are edited after the first import, two of them blocks that the publisher changes later. Prints what
became of articles and edits; a false change is a new revision of a text whose document said nothing
new, or one that importing the same version again makes.

This module makes a database of its own and starts ``walk`` on it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHAIN = ROOT.parent / "shared" / "corpus" / "intune-later" / "seed-chain"


def main() -> int:
    """Return 1 where an edit was lost, a text changed falsely or an article was made twice."""
    if not CHAIN.is_dir():
        print(f"The versions are not there: {CHAIN}")
        return 0
    with tempfile.TemporaryDirectory(prefix="portal-chain-") as folder:
        settings = {"DATA_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3"}
        environment = {"DJANGO_SETTINGS_MODULE": "kbportal.settings"} | os.environ | settings
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, cwd=ROOT, env=environment, check=True)
        walk = [sys.executable, "-m", "scripts.chain.walk", folder, str(CHAIN)]
        return subprocess.run(walk, cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
