"""Pack ``clients/zammad`` as Zammad installs it.

``python -m scripts.publishing.zammad_package [TARGET]`` does it.
A package (``.zpm``) is its description (``.szpm``) with every file in Base64 (Zammad, "Packages").
"""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "clients/zammad"


def package() -> dict[str, Any]:
    """Return the package with the content of its files."""
    said: dict[str, Any] = json.loads((FOLDER / "kbportal-sidebar.szpm").read_text("utf-8"))
    for file in said["files"]:
        raw = (FOLDER / Path(file["location"]).name).read_bytes()
        file |= {"encode": "base64", "content": base64.b64encode(raw).decode()}
    return said


if __name__ == "__main__":
    made = package()
    target = Path(sys.argv[1] if len(sys.argv) > 1 else f"{made['name'].lower()}.zpm")
    target.write_text(json.dumps(made, indent=2), "utf-8")
    print(target)
