"""The journal of what was looked for and not found, without anything personal.

Of what was typed only words that the base knows are kept (a name or an address is none), the
number of the others, and the codes. Of a pasted text only the codes are kept.
"""

from __future__ import annotations

import json
import re
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from ...texts.codes import FAMILIES
from ..engines.tables import LOG
from ..own.reading import remembered_own
from ..result import SearchResult
from ..words.folding import words
from ..words.vocabulary import remembered

_WORDS = 300
#: Codes that are nothing else and so hold nothing personal, whatever was typed.
_UNMISTAKABLE = re.compile("|".join(family.public_form for family in FAMILIES))
_CODES = 20


def record(using: str, text: str, result: SearchResult) -> int:
    """Log one search in the database ``using``; return the entry's id for ``record_choice``."""
    connection = connections[using]
    kept, unknown = ([], 0) if result.kind == "log" else _known_words(connection, text)
    row = {
        "created": timezone.now(),
        "kind": result.kind,
        "words": " ".join(kept)[:_WORDS],
        "unknown": min(unknown, 1000),
        "codes": json.dumps(_codes(result)),
        "language": result.language,
        "hits": result.total,
    }
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(row))
        cursor.execute(
            f"INSERT INTO {LOG} ({', '.join(row)}) VALUES ({marks}) RETURNING id",
            _values(connection, row),
        )
        return int(cursor.fetchone()[0])


def record_choice(using: str, entry: int, article: int) -> None:
    """Note which article the reader opened from the hits of a logged search."""
    with connections[using].cursor() as cursor:
        cursor.execute(f"UPDATE {LOG} SET chosen_id = %s WHERE id = %s", [article, entry])


def _values(connection: BaseDatabaseWrapper, row: dict[str, Any]) -> list[Any]:
    adapt = connection.ops.adapt_datetimefield_value
    return [adapt(row["created"]), *list(row.values())[1:]]


def _known_words(connection: BaseDatabaseWrapper, text: str) -> tuple[list[str], int]:
    """Return the words that the search just knew, or editors keep, and the number of the others."""
    known = remembered(connection)
    own = remembered_own(str(connection.settings_dict["NAME"]))
    folded = words(text[:2000])
    kept = [
        word
        for word in folded
        if word.isalpha()
        and (own.knows(word) or any(known.lists(name, word) for name in known.languages))
    ]
    return kept, len(folded) - len(kept)


def _codes(result: SearchResult) -> list[str]:
    """Return codes as they were read; of those that the base does not know, only what no person is.

    An unknown name or plain number may be a user's name or telephone number.
    """
    read = [(one.value, one.known) for one in result.understood if one.what == "reading"]
    read += [(one.value, one.known) for one in result.evidence if one.what == "code"]
    codes = [value for value, known in read if known or _UNMISTAKABLE.match(value)]
    return list(dict.fromkeys(codes))[:_CODES]
