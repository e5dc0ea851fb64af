"""The templates of articles that a language brings along, for teams that begin with none. Pure."""

from __future__ import annotations

import tomllib
from functools import cache

from . import FOLDER, available_languages


@cache
def suggested_templates() -> dict[str, dict[str, dict[str, str]]]:
    """Return by the name of each template, then by language, what ``templates.toml`` says of it."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for language in available_languages():
        file = FOLDER.joinpath(language, "templates.toml")
        if not file.is_file():
            continue
        for name, said in tomllib.loads(file.read_text("utf-8")).items():
            found.setdefault(name, {})[language] = {key: text.strip() for key, text in said.items()}
    return found
