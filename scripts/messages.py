#!/usr/bin/env python3
"""Collect the texts of the interface and keep the message catalogues complete.

``messages.py update`` writes new texts to every catalogue and drops those no longer used
(`make messages`); ``messages.py check`` fails unless every text is translated and compiled
(part of `make test`). Babel does the work, so GNU gettext is not needed.
"""

import ast
import inspect
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_javascript, extract_python
from babel.messages.extract import extract as babel_extract
from babel.messages.pofile import write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kbportal import catalogues  # noqa: E402 (found through the path added above)

#: Django's names for lazy translation beside those that Babel knows.
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
COMMENT_TAGS = ("Translators:",)
SOURCES = ("kbportal", "scripts", "troubleshooting", "templates", "static")
THIRD_PARTY = "vendor"
#: Where docstrings of operations are read by people, too.
API = Path("troubleshooting/api")
#: What the API's objects and fields are, in English.
MEANINGS = API / "fields.toml"
TEMPLATE_SUFFIXES = frozenset({".html", ".txt", ".xml"})

#: Line, message or messages, comments, context.
Found = tuple[int, str | tuple[str, ...], list[str], str | None]
Extractor = Callable[..., Iterator[Found]]


def extract_template(
    stream: IO[bytes],
    keywords: Mapping[str, Any],
    comment_tags: tuple[str, ...],
    options: Mapping[str, object],
) -> Iterator[Found]:
    """Yield the messages of a Django template, read through Django's own ``templatize``.

    What that returns only resembles Python. Without their indentation its lines can be read
    as such, and line numbers stay true.
    """
    pseudo_code = templatize(stream.read().decode())
    lines = "\n".join(line.lstrip() for line in pseudo_code.split("\n"))
    return extract_python(BytesIO(lines.encode()), keywords, comment_tags, {})


def extract_operations(
    stream: IO[bytes],
    keywords: Mapping[str, Any],
    comment_tags: tuple[str, ...],
    options: Mapping[str, object],
) -> Iterator[Any]:
    """Yield the messages of a module of the API, what operations do by their docstrings too."""
    yield from extract_python(stream, keywords, comment_tags, {})
    stream.seek(0)
    for node in ast.walk(ast.parse(stream.read())):
        if isinstance(node, ast.FunctionDef) and any(map(_is_of_api, node.decorator_list)):
            yield node.lineno, None, inspect.cleandoc(ast.get_docstring(node) or ""), []


def extract_meanings(
    stream: IO[bytes],
    keywords: Mapping[str, Any],
    comment_tags: tuple[str, ...],
    options: Mapping[str, object],
) -> Iterator[Any]:
    """Yield every text of a file of meanings (TOML), of whatever table. It tells no lines."""
    tables: list[dict[str, Any]] = [tomllib.load(stream)]
    for table in tables:
        for value in table.values():
            if isinstance(value, dict):
                tables.append(value)
            else:
                yield 0, None, value, []


def _is_of_api(node: ast.expr) -> bool:
    """Return whether a decorator makes an operation: ``@api.get(...)``."""
    call = node.func if isinstance(node, ast.Call) else node
    if not isinstance(call, ast.Attribute) or not isinstance(call.value, ast.Name):
        return False
    return call.value.id == "api" and call.attr in ("get", "post", "put", "patch")


def extractor(path: Path) -> tuple[str, Extractor] | None:
    """Return the domain and the reader for the file ``path``; None when it holds no texts."""
    if THIRD_PARTY in path.parts:
        return None
    if path.suffix == ".py":
        return "django", extract_operations if API in path.parents else extract_python
    if path == MEANINGS:
        return "django", extract_meanings
    if path.suffix == ".js":
        return "djangojs", extract_javascript
    if path.suffix in TEMPLATE_SUFFIXES and "templates" in path.parts:
        return "django", extract_template
    return None


def extract(root: Path) -> dict[str, Catalog]:
    """Return, for each domain, a catalogue of all texts in the sources below ``root``."""
    found: dict[str, Catalog] = {"django": Catalog(), "djangojs": Catalog()}
    for path in sorted(path for name in SOURCES for path in (root / name).rglob("*.*")):
        place = path.relative_to(root)
        if reader := extractor(place):
            domain, function = reader
            messages = babel_extract(function, BytesIO(path.read_bytes()), KEYWORDS, COMMENT_TAGS)
            for line, text, comments, context in messages:
                found[domain].add(
                    text, None, [(place.as_posix(), line)], auto_comments=comments, context=context
                )
    return found


def wanted_files(root: Path, found: dict[str, Catalog]) -> list[Path]:
    """Return the catalogues there should be: for each language one for each domain in use."""
    folders = sorted(root.glob("*/locale/*/LC_MESSAGES"))
    domains = [domain for domain, catalogue in found.items() if len(catalogue)]
    return [folder / f"{domain}.po" for folder in folders for domain in domains]


def update(root: Path) -> None:
    """Bring every catalogue below ``root`` up to date with the sources and compile it."""
    found = extract(root)
    for path in wanted_files(root, found):
        template = found[path.stem]
        if path.exists():
            catalogue = catalogues.read(path)
        else:
            catalogue = Catalog(locale=path.parent.parent.name, domain=path.stem, fuzzy=False)
        # The date of extraction would change the file each time though nothing else did.
        template.creation_date = catalogue.creation_date
        catalogue.update(template, no_fuzzy_matching=True)
        with path.open("wb") as stream:
            write_po(
                stream, catalogue, width=100, sort_by_file=True,
                ignore_obsolete=True, include_lineno=False,
            )  # fmt: skip
        catalogues.compile_file(path)
        left = sum(1 for message in catalogue if message.id and not _is_translated(message))
        print(f"{path.relative_to(root)}: {len(catalogue)} texts, {left} to translate")


def check(root: Path) -> list[str]:
    """Return every fault of the catalogues below ``root``, one line each."""
    found = extract(root)
    paths = wanted_files(root, found)
    if not paths:
        return ["There is no message catalogue."]
    return [
        f"{path.relative_to(root)}: {fault}"
        for path in paths
        for fault in _file_faults(path, found[path.stem])
    ]


def _file_faults(path: Path, wanted: Catalog) -> Iterator[str]:
    if not path.exists():
        yield "is missing; run make messages"
        return
    try:
        catalogue = catalogues.read(path)
    except ValueError as error:
        yield str(error)
        return
    yield from _faults(catalogue, wanted)
    compiled = path.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != catalogues.compiled(catalogue):
        yield "is not compiled; run manage.py compile_catalogues"


def _faults(catalogue: Catalog, wanted: Catalog) -> Iterator[str]:
    if catalogue.fuzzy:
        yield "has a header marked fuzzy"
    for message in wanted:
        if not message.id:
            continue
        known = catalogue.get(message.id, message.context)
        source = ", ".join(f"{name}:{line}" for name, line in message.locations)
        if known is None:
            yield f"lacks {message.id!r} ({source}); run make messages"
        elif not _is_translated(known):
            yield f"does not translate {message.id!r} ({source})"
        else:
            yield from (f"misuses {message.id!r}: {error}" for error in known.check(catalogue))


def _is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(strings) and not message.fuzzy


def main(action: str) -> int:
    """Carry out ``update`` or ``check``; return the exit status."""
    if action == "update":
        update(ROOT)
        return 0
    faults = check(ROOT)
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
