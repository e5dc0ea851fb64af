"""``kb search``, ``kb diagnose``, ``kb decode``, ``kb article``."""

from __future__ import annotations

import argparse
import html
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from .client import LONGEST_LOG, Client, PortalError, Send, send
from .types import Hit

FOUND, NOTHING, FAILED = 0, 1, 2
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
#: Bytes of a file that are read, the last ones: a character takes up to four.
_MOST_BYTES = 4 * LONGEST_LOG
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def main(
    arguments: Sequence[str] | None = None,
    *,
    send: Send = send,
    write: Callable[[str], Any] = print,
) -> int:
    """Carry out a command; return its exit status."""
    asked = _parser().parse_args(arguments)
    if not asked.url:
        print("kb: name the portal by --url or KB_URL", file=sys.stderr)
        return FAILED
    try:
        token = os.environ.get("KB_TOKEN", "")
        client = Client(asked.url, token, asked.language, send, _own_language(os.environ))
        answer = asked.run(client, asked)
    except (PortalError, OSError, ValueError) as error:
        print(f"kb: {_plain(str(error))}", file=sys.stderr)
        return FAILED
    found, lines = asked.show(answer, client.address)
    for line in [json.dumps(answer, ensure_ascii=False)] if asked.json else lines:
        write(line if asked.json else _plain(line))
    return FOUND if found else NOTHING


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("kb", description="Asks a troubleshooting portal.")
    parser.add_argument("--url", default=os.environ.get("KB_URL", ""), help="else KB_URL")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, help: str, run: Any, show: Any) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=help)
        command.add_argument(
            "--language",
            default="",
            help="of the answer; else that of the shell (LC_ALL, LC_MESSAGES, LANG)",
        )
        command.add_argument("--json", action="store_true", help="write the answer as JSON")
        command.set_defaults(run=run, show=show)
        return command

    search = add("search", "find articles", _search, _show_search)
    search.add_argument("words", nargs="+", metavar="WORD")
    search.add_argument("--platform", action="append", default=[])
    diagnose = add("diagnose", "read a log", _diagnose, _show_diagnosis)
    diagnose.add_argument("file", metavar="FILE", help="or - for the standard input")
    decode = add("decode", "take a code apart", _decode, _show_decoding)
    decode.add_argument("code", metavar="CODE")
    article = add("article", "read an article", _article, _show_article)
    article.add_argument("article", metavar="ARTICLE", help="its number, or the end of its address")
    return parser


def _search(client: Client, asked: argparse.Namespace) -> Any:
    return client.search(" ".join(asked.words), platforms=asked.platform)


def _diagnose(client: Client, asked: argparse.Namespace) -> Any:
    return client.diagnose(_text_of(asked.file))


def _decode(client: Client, asked: argparse.Namespace) -> Any:
    return client.decode(asked.code)


def _article(client: Client, asked: argparse.Namespace) -> Any:
    if asked.article.isascii() and asked.article.isdigit():
        return client.article(int(asked.article))
    return client.article_at(asked.article)


def _own_language(environment: Mapping[str, str]) -> str:
    """Return the language of the shell as ``Accept-Language`` has it, "" where it names none."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    named = next((value for name in names if (value := environment.get(name, ""))), "")
    match = re.match(r"([a-z]{2,3})(?:_([A-Z]{2}))?(?=[.@]|$)", named)
    if not match:
        return ""
    return f"{match[1]}-{match[2]}, {match[1]};q=0.9" if match[2] else match[1]


def _show_search(found: Any, site: str) -> tuple[bool, list[str]]:
    hits = found["hits"] or found["guesses"]
    return bool(found["hits"]), list(_hits(hits, site)) or ["Nothing found."]


def _show_diagnosis(found: Any, site: str) -> tuple[bool, list[str]]:
    lines = [
        f"{line['number']:>6}  {''.join(piece['text'] for piece in line['pieces'])}"
        for line in found["marked"]
    ]
    return bool(found["articles"]), [*lines, *_hits(found["articles"] or found["guesses"], site)]


def _show_decoding(found: Any, site: str) -> tuple[bool, list[str]]:
    lines = []
    for one in found["meanings"]:
        said = ", ".join(part for part in (one["read_as"], one["note"]) if part)
        lines.append(f"{one['code']}  ({said})")
        lines += [f"  {name['name']}  {name['meaning']}".rstrip() for name in one["names"]]
        # In columns: before a colon each language has a blank of its own, or none.
        width = max((len(part["label"]) for part in one["parts"]), default=0)
        lines += [f"  {part['label']:<{width}}  {part['value']}" for part in one["parts"]]
        lines += [f"  {one['remark']}"] if one["remark"] else []
    return bool(lines), lines or ["No code that the portal can read."]


def _show_article(found: Any, site: str) -> tuple[bool, list[str]]:
    number = f"Article {found['number']}, revision {found['revision']}"
    lines = [found["title"], number, f"{site}{found['address']}"]
    for section in found["sections"]:
        lines += ["", section["title"].upper(), section["markdown"]]
    return True, lines


def _hits(hits: Iterable[Hit], site: str) -> Iterable[str]:
    for hit in hits:
        why = f"  [{hit['why']}]" if hit["why"] else ""
        yield f"{hit['number']:>6}  {hit['title']}{why}"
        yield f"        {site}{hit['address']}"
        if snippet := html.unescape(re.sub("<[^>]*>", "", hit["snippet"])):
            yield f"        {snippet}"


def _plain(line: str) -> str:
    """Return a text that cannot steer a terminal."""
    return "\n".join(_CONTROL.sub("\ufffd", one) for one in line.split("\n"))


def _text_of(name: str) -> str:
    """Return the end of a file, in the encoding of its mark, UTF-8 or Windows-1252."""
    raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    mark, encoding = next((one for one in _MARKS if raw.startswith(one[0])), (b"", ""))
    raw = raw[len(mark) :][-_MOST_BYTES:]
    if encoding:
        return raw.decode(encoding, "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


if __name__ == "__main__":
    sys.exit(main())
