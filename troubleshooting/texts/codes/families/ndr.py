"""Enhanced mail status codes of non-delivery reports (RFC 3463): ``5.7.124``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...languages import code_words
from ..context import Before, words_after
from ..family import Family, exact_reading, gettext_noop, mention
from ..model import Code, CodeMention
from ..reading import Reading

KIND = "ndr"
_WHOLE = re.compile(r"(?:#?[45][0-9]{2}[ -])?#?([45]\.[0-9]{1,3}\.[0-9]{1,3})")
_IN_TEXT = re.compile(r"[45](?<![\w.].)\.[0-9]{1,3}\.[0-9]{1,3}(?![\w-]|\.\w)")
_SMTP_REPLY = re.compile(r"(?:(?<![0-9])[45][0-9]{2}[ -]#?|#|status(?:[ -]code)?:? ?)$")
_VERSION_WORDS = frozenset(
    {"android", "build", "ios", "ipados", "macos", "section", "v", "version", "versions"}
)
_MAIL_WORDS = frozenset(["dsn", "ndr", "smtp", *code_words("mail_words")])


def ndr_code(status: str) -> Code:
    """Make a mail status code from its three dotted numbers."""
    return Code(KIND, status, None)


def _find(text: str) -> Iterator[CodeMention]:
    """Yield mail status codes after an SMTP reply, ``#`` or near words for delivery."""
    for match in _IN_TEXT.finditer(text):
        before = Before(text, match.start())
        near = {*before.words, *words_after(text, match.end())}
        if _SMTP_REPLY.search(before.text[-14:]) or (
            before.last_word not in _VERSION_WORDS and not _MAIL_WORDS.isdisjoint(near)
        ):
            yield mention(text, ndr_code(match[0]), *match.span())


def _announced(text: str, label: re.Match[str]) -> CodeMention | None:
    """Read a mail status code right behind a word for an error: "error code 5.4.14"."""
    match = _IN_TEXT.match(text, label.end()) if label["gap"] and not label["variable"] else None
    return mention(text, ndr_code(match[0]), *match.span()) if match else None


def _parse(text: str) -> Code | None:
    match = _WHOLE.fullmatch(text)
    return ndr_code(match[1]) if match else None


def _read(token: str) -> list[Reading]:
    code = _parse(token)
    return [exact_reading(code)] if code else []


NDR = Family(
    kind=KIND,
    label=gettext_noop("Mail delivery statuses"),
    reading=gettext_noop("mail delivery status"),
    parse=_parse,
    find=_find,
    announced=_announced,
    read=_read,
    spellings=lambda code: [f"#{code.canonical}"],
    public_form=r"[45]\.\d+\.\d+",
)
