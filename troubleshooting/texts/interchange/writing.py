"""An article in one language -> the text of its file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import yaml

from ..sections import MARKDOWN_TEXTS
from .model import MARK, VERSION, ArticleFile, FileOrigin, digest_of


class _Dumper(yaml.SafeDumper):
    """YAML writer that escapes what YAML takes for a line break: else it would come back folded."""


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if any(character in text for character in "\n\x85\u2028\u2029") else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


def write_article(file: ArticleFile) -> str:
    """Return the text of ``file``; ``read_article`` understands it."""
    texts = {name: file.texts[name] for name in MARKDOWN_TEXTS if file.texts.get(name)}
    marker = _marker(texts.values())
    fields: dict[str, Any] = {
        MARK: VERSION,
        "slug": file.slug,
        "language": file.language,
        "title": file.texts["title"],
        "kind": file.kind,
        "platforms": dict(file.platforms),
        "status": file.status,
        "audience": file.audience,
        "owner": file.owner,
        "reviewed": str(file.reviewed or ""),
        "review-due": str(file.review_due or ""),
        "translated-from": file.translated_from,
        "outdated": file.outdated,
        "internal-note": "included" if "internal" in texts else "",
        "origins": [_origin_fields(origin) for origin in file.origins],
        "images": dict(file.images),
        "digest": digest_of(file.texts),
        "section-marker": marker if marker != "section" else "",
    }
    filled = {name: value for name, value in fields.items() if value}
    header = yaml.dump(filled, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=2**20)
    parts = [f"<!-- {marker}: {name} -->\n\n{text}\n" for name, text in texts.items()]
    return "\n".join([f"---\n{header}---\n", *parts])


def _origin_fields(origin: FileOrigin) -> dict[str, Any]:
    values = {name: getattr(origin, name) for name in origin.__dataclass_fields__}
    values |= {"anchors": list(origin.anchors), "codes": list(origin.codes)}
    return {
        name.replace("_", "-"): value
        for name, value in values.items()
        if value or name == "position"
    }


def _marker(texts: Iterable[str]) -> str:
    """Return a word that begins no line of ``texts`` as a comment."""
    lines = [line for text in texts for line in text.split("\n") if line.startswith("<!-- ")]
    names = ("section" if number == 1 else f"section-{number}" for number in range(1, 10**6))
    return next(
        name for name in names if not any(line.startswith(f"<!-- {name}:") for line in lines)
    )
