"""``KBPORTAL_TOKEN=kbp_... manage.py mcp --language en``: for assistants on this machine."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser
from typing import Any, cast

from django.conf import settings
from django.core.management.base import CommandError
from django.db import close_old_connections
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from ...access import Reader
from ...assistants.finding import Caller
from ...assistants.protocol import answer_raw
from ...models import AccessToken
from ...tokens.bearer import InvalidTokenError, find, reader_by
from ..base import PortalCommand, check_tables

#: Bytes of one message.
MOST_BYTES = 2_000_000


class Command(PortalCommand):
    help = cast(
        "str",
        gettext_lazy(
            "Speaks the Model Context Protocol on its standard input and output. Reads what is"
            " public, or what the token in KBPORTAL_TOKEN may read."
        ),
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--language",
            default=settings.LANGUAGE_CODE,
            choices=[code for code, _name in settings.LANGUAGES],
            help=_("The reader’s."),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        check_tables()
        caller = _caller(options["language"])
        with override(caller.language):
            while line := sys.stdin.buffer.readline(MOST_BYTES):
                if line.strip():
                    _answer(line, caller)
        close_old_connections()


def _answer(line: bytes, caller: Caller) -> None:
    """Answer a message; of one that is too long the rest is read as messages that are none."""
    reply = answer_raw(line, caller)
    if reply.body is not None:
        text = json.dumps(reply.body, ensure_ascii=False)
        sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
        sys.stdout.buffer.flush()


def _caller(language: str) -> Caller:
    secret = os.environ.get("KBPORTAL_TOKEN", "")
    if not secret:
        return Caller(Reader.PUBLIC, language)
    try:
        token = find(secret)
    except InvalidTokenError:
        raise CommandError(_("KBPORTAL_TOKEN is not a valid token.")) from None
    if not token.may(AccessToken.Scope.READ):
        raise CommandError(_("The token lacks the scope read."))
    return Caller(reader_by(token), language, token.may(AccessToken.Scope.OUTCOMES))
