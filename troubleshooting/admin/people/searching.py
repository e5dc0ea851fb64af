"""Searches of lines by the words that their reader sees, where the lines keep names and remarks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Case, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat, Greatest, Replace, StrIndex, Substr
from django.http import HttpRequest
from django.utils.text import smart_split, unescape_string_literal

from ...search.words.folding import fold
from ...texts.remarks import OPENING, text_in_words

if TYPE_CHECKING:
    _Base = admin.ModelAdmin[Any]
else:
    _Base = object

#: Says of words that people read whether they hold what is searched for.
Holds = Callable[[object], bool]


class SearchInWords(_Base):
    """A list of lines that is searched in the language of whoever reads it.

    Each word has to stand in some column. In ``search_fields`` it is looked for as it was typed,
    in columns of ``remarks`` in what they say and in their values.
    """

    remarks: Sequence[str] = ()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        queryset = queryset.alias(
            **{f"{name}_text": _text(name) for name in self.remarks},
            **{f"{name}_values": _values(name) for name in self.remarks},
        )
        for word in _words(search_term):
            queryset = queryset.filter(self._found(word, self.get_search_fields(request)))
        return queryset, False

    def named(self, holds: Holds) -> Q:
        """Return the lines whose internal names people read as words that ``holds`` accepts.

        That are none of a list that does not say what its names are called.
        """
        return Q(pk__in=())

    def _found(self, word: str, columns: Sequence[str]) -> Q:
        folded = fold(word)

        def holds(words: object) -> bool:
            return folded in fold(str(words))

        found = self.named(holds)
        for name in columns:
            # A column of JSON may hold letters beyond ASCII by their numbers.
            found |= Q(**{f"{name}__icontains": word})
            found |= Q(**{f"{name}__icontains": json.dumps(word)[1:-1]})
        for name in self.remarks:
            texts = self.model._default_manager.values_list(_text(name), flat=True).distinct()
            said = [text for text in texts.order_by() if text and holds(text_in_words(text))]
            found |= Q(**{f"{name}_text__in": said}) | Q(**{f"{name}_values__icontains": word})
        return found


def _words(search: str) -> Iterator[str]:
    """Yield what has to be found, as Django's lists read it: words, and phrases in quotes."""
    for word in smart_split(search):
        is_quoted = word[:1] in ("'", '"') and len(word) > 1 and word[0] == word[-1]
        yield unescape_string_literal(word) if is_quoted else word


def _text(column: str) -> Case:
    """Return the English text of the remark in ``column``; empty where there is none."""
    rest = Substr(column, StrIndex(column, Value(OPENING)) + len(OPENING))
    length = Greatest(StrIndex(rest, Value('"')) - 1, 0)
    has_one = When(**{f"{column}__contains": OPENING}, then=Substr(rest, 1, length))
    return Case(has_one, default=Value(""), output_field=TextField())


def _values(column: str) -> Replace:
    """Return ``column`` without the English text of the remark in it."""
    remark: Any = Concat(Value(OPENING), _text(column), output_field=TextField())
    return Replace(F(column), remark, Value(""), output_field=TextField())
