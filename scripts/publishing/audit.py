#!/usr/bin/env python3
"""Ask whether weaknesses of the locked packages are known: `make audit`.

pip-audit reads the lock files (uv fetches it for that) and asks the database of OSV, which gets
names and versions of packages. Only a finding is a failure: where the service is not reached, or
the tool does not get an answer, that is said in one line. Without a network no time is lost.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Sequence

from scripts.publishing.sbom import LOCKS, ROOT

#: The tool, of a fixed version; nothing else needs it.
TOOL = "pip-audit==2.10.1"
SERVICE = ("api.osv.dev", 443)
#: Seconds that the service may take to be reached, and those for the whole.
REACHED, PATIENCE = 3, 300


def is_reached() -> bool:
    """Return whether the service takes a connection."""
    try:
        socket.create_connection(SERVICE, REACHED).close()
    except OSError:
        return False
    return True


def report(locks: Sequence[str] = LOCKS) -> str:
    """Return what the tool says of the packages of the lock files, as JSON; "" where it cannot."""
    command = [sys.executable, "-m", "uv", "tool", "run", "--from", TOOL, "pip-audit"]
    command += ["--vulnerability-service", "osv", "--disable-pip", "--require-hashes"]
    command += ["--format", "json", "--progress-spinner", "off"]
    for name in locks:
        command += ["--requirement", str(ROOT / name)]
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout  # the status is 1 for a finding and for a fault alike


def findings(said: str) -> list[str]:
    """Return a line for each weakness that the tool's JSON names.

    Raise ``ValueError``: it is no report of a tool that got its answers.
    """
    try:
        packages = json.loads(said)["dependencies"]
        return [
            f"{one['name']} {one['version']}: {known['id']}, "
            f"mended in {', '.join(known['fix_versions']) or 'no version yet'}"
            for one in packages
            if "skip_reason" not in one
            for known in one["vulns"]
        ]
    except (KeyError, TypeError) as error:
        raise ValueError("no report") from error


def main() -> int:
    """Print what is known; return 1 where there is a finding."""
    if not is_reached():
        print(f"Not audited: {SERVICE[0]} is not reached.")
        return 0
    try:
        known = findings(report())
    except ValueError:
        print(f"Not audited: {TOOL} got no answer.")
        return 0
    print("\n".join(known) or "No weakness of a locked package is known.")
    return int(bool(known))


if __name__ == "__main__":
    sys.exit(main())
