#!/usr/bin/env python3
"""Write requirements*.txt: every package with version and hashes, for Python 3.11 and newer."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

#: In this order: the later files are bound to the versions that the first one chose.
NAMES = (
    "requirements",
    "requirements-postgres",
    "requirements-sso",
    "requirements-saml",
    "requirements-semantic",
    "requirements-s3",
    "requirements-dev",
)
OPTIONS = ("--quiet", "--universal", "--python-version", "3.11", "--generate-hashes", "--upgrade",
           "--no-header", "--no-emit-index-url")  # fmt: skip


def main() -> int:
    """Lock each file in turn; return the exit status of the first that fails."""
    for name in NAMES:
        command = [sys.executable, "-m", "uv", "pip", "compile", *OPTIONS]
        done = subprocess.run([*command, f"{name}.in", "-o", f"{name}.txt"], cwd=ROOT)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
