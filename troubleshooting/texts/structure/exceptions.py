"""Classes of exceptions that a problem names: ``System.Net.WebException``.

A class is a code where a message begins with it and its name space, as platforms write it into
messages and logs, or where a title speaks of it. Its own name is the code, since that is what
messages have in common.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..codes import Code, parse_code
from ..languages import code_words

# Name spaces of .NET, which begin with capitals, and those of Java's own library. The method of a
# class, as traces of calls name it, is none.
_QUALIFIED = re.compile(
    r"(?:[A-Z](?<![\w.\\/@-].)[A-Za-z0-9]{1,40}+\."
    r"(?:(?![A-Za-z0-9]{3,80}Exception(?!\w))[A-Z][A-Za-z0-9]{1,40}+\.){0,7}+"
    r"|j(?<![\w.\\/@-].)avax?\.(?:[a-z0-9]{2,20}+\.){1,5}+)"
    r"(?P<name>[A-Z][A-Za-z0-9]{2,80}Exception)(?![\w(]|\.\w)"
)
# A class that is a noun of a title; before a colon it is the beginning of a message.
_IN_TITLE = re.compile(r"[A-Z](?<![\w.\\/@-].)[A-Za-z0-9]{3,80}Exception(?![\w(]|\.\w|[`\"'”]? ?:)")
# What stands before the first word of a line or of what is quoted, or a word for an error.
_BEGINS = re.compile(
    rf"(?:^|\n|[\"“«‘'(\[]|(?i:{'|'.join(code_words('error'))}|exceptions?)[ \u00a0]?:)\s{{0,2}}$"
)
#: So far back such a word may begin.
_REACH = 40
# Classes that any program throws, and those around the one that failed, tell nothing by themselves.
_GENERAL_NAMES = """
AggregateException ApplicationException ArgumentException ArgumentNullException
ArgumentOutOfRangeException COMException FormatException IllegalArgumentException
IllegalStateException IndexOutOfRangeException InvalidCastException InvalidOperationException
KeyNotFoundException NotImplementedException NotSupportedException NullPointerException
NullReferenceException RuntimeException SystemException TargetInvocationException
"""
_GENERAL = frozenset(_GENERAL_NAMES.split())


def thrown_exceptions(text: str) -> Iterator[Code]:
    """Yield the classes with which lines of ``text`` or what it quotes begin, by full name."""
    for match in _QUALIFIED.finditer(text):
        if _BEGINS.search(text, max(0, match.start() - _REACH), match.start()):
            yield from _class(match["name"])


def _class(name: str) -> Iterator[Code]:
    code = parse_code(name)
    if code and name not in _GENERAL:
        yield code


def exceptions_of_title(title: str) -> Iterator[Code]:
    """Yield the classes that a title speaks of: ``SSLHandshakeException when nodes connect``."""
    for match in _QUALIFIED.finditer(title):
        yield from _class(match["name"])
    for match in _IN_TITLE.finditer(title):
        if code := parse_code(match[0]):
            yield code
