"""Write the types of the client from the schema of the API.

``python -m scripts.publishing.client_types`` writes them; a test says when they are out of date.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import django

TARGET = Path(__file__).resolve().parents[2] / "clients/python/kbportal_client/types.py"
_HEAD = '''"""The answers of the API.

Made of its schema by ``python -m scripts.publishing.client_types``.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict
'''
_PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}


def types_of(schema: dict[str, Any]) -> str:
    """Return the module that names every object of ``schema``."""
    classes = [
        _class(name, said)
        for name, said in sorted(schema["components"]["schemas"].items())
        if said.get("type") == "object"
    ]
    command = [sys.executable, "-m", "ruff", "format", "--stdin-filename", str(TARGET), "-"]
    written = "\n\n".join([_HEAD, *classes])
    return subprocess.run(command, input=written, capture_output=True, text=True, check=True).stdout


def _class(name: str, said: dict[str, Any]) -> str:
    required = set(said.get("required", ()))
    lines = [f"class {name}(TypedDict):"]
    for field, one in said.get("properties", {}).items():
        kind = _type(one)
        lines.append(f"    {field}: {kind if field in required else f'NotRequired[{kind}]'}")
    return "\n".join([*lines, "" if len(lines) > 1 else "    pass\n"])


def _type(said: dict[str, Any]) -> str:
    """Return the type that a part of a schema describes."""
    if reference := said.get("$ref"):
        return str(reference.rpartition("/")[2])
    if options := said.get("anyOf") or said.get("oneOf"):
        return " | ".join(dict.fromkeys(_type(one) for one in options))
    if values := said.get("enum"):
        return f"Literal[{', '.join(repr(one).replace(chr(39), chr(34)) for one in values)}]"
    kind = said.get("type")
    if kind == "array":
        return f"list[{_type(said.get('items', {}))}]"
    if kind == "object":
        more = said.get("additionalProperties")
        return f"dict[str, {_type(more) if isinstance(more, dict) else 'Any'}]"
    return _PLAIN.get(str(kind), "Any")


def main() -> int:
    """Write the module."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kbportal.settings")
    django.setup()
    from troubleshooting.api.operations import api  # the settings come first

    TARGET.write_text(types_of(api.get_openapi_schema()), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
