#!/usr/bin/env python3
"""Write what the portal is made of as CycloneDX: locked packages, and what was copied into it.

``python -m scripts.publishing.sbom FILE`` lets cyclonedx-bom read the lock files (uv fetches it for
that) and adds the rows of docs/dependencies.md, "Copied into the project".
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
#: The tool, of a fixed version; nothing else needs it.
TOOL = "cyclonedx-bom==7.5.0"
LOCKS = (
    "requirements.txt",
    "requirements-postgres.txt",
    "requirements-sso.txt",
    "requirements-saml.txt",
    "requirements-semantic.txt",
    "requirements-s3.txt",
)
#: What npm calls that was copied from there.
_NAMES = {"Tabler Icons": "@tabler/icons", "CodeMirror": "codemirror", "Turndown": "turndown"}
_ROW = re.compile(r"^\| (?P<name>[^|]+) \| (?P<version>[\d.]+) \| (?P<licence>[\w.-]+) \(`")


def copied() -> list[dict[str, Any]]:
    """Return a component for each row of what was copied."""
    text = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    lines = text.split("## Copied into the project", 1)[1].splitlines()
    found = []
    for match in filter(None, map(_ROW.match, lines)):
        name = _NAMES.get(match["name"], match["name"])
        purl = f"pkg:npm/{name.replace('@', '%40')}@{match['version']}"
        found.append(
            {
                "type": "library",
                "bom-ref": purl,
                "name": name,
                "version": match["version"],
                "licenses": [{"license": {"id": match["licence"]}}],
                "purl": purl,
            }
        )
    return found


def locked() -> dict[str, Any]:
    """Return the bill of all packages that may run in a deployment, whichever are chosen.

    Raise ``subprocess.CalledProcessError``: the tool failed, and has said why.
    """
    with tempfile.TemporaryDirectory() as folder:
        together = Path(folder) / "requirements.txt"
        together.write_text("\n".join((ROOT / name).read_text("utf-8") for name in LOCKS), "utf-8")
        command = ["uv", "tool", "run", "--from", TOOL, "cyclonedx-py", "requirements"]
        command += ["--output-reproducible", "--output-format", "JSON", str(together)]
        done = subprocess.run(
            [sys.executable, "-m", *command], check=True, stdout=subprocess.PIPE, text=True
        )
    bill: dict[str, Any] = json.loads(done.stdout)
    return bill


def main(path: Path) -> None:
    """Write the bill to ``path``."""
    bill = locked()
    known: dict[str, Any] = {}
    for component in bill["components"]:
        known.setdefault(component.get("purl", component["name"]), component)
    bill["components"] = [*known.values(), *copied()]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(bill, indent=1) + "\n", "utf-8")
    print(f"{len(bill['components'])} components in {path}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
