"""``manage.py worker [--once]``: does what nobody waits for, such as imports."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from typing import Any, cast

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from ...editing.talking import begin_rounds
from ...jobs import work_off
from ...jobs.worker import JobWorker
from ...memory import begin_aligning
from ..base import PortalCommand

#: How far the worker stands back: where processors are scarce readers go first.
_NICE = 10


def stand_back() -> None:
    """Let others go first, as far as whoever started the worker has not done so."""
    os.nice(max(0, _NICE - os.nice(0)))


class Command(PortalCommand):
    help = cast(
        "str",
        gettext_lazy("Runs background jobs, such as imports, beside the web server."),
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help=_("Do what is due, then end."))
        parser.add_argument(
            "--with-parent",
            action="store_true",
            help=_("End together with the process that started it."),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # What it writes is for everybody, whatever the terminal is that it was started in.
        with override(settings.LANGUAGE_CODE):
            begin_rounds()
            begin_aligning()
            if options["once"]:
                work_off()
                return
            stand_back()
            JobWorker(parent=os.getppid() if options["with_parent"] else None).run()
