"""``manage.py check_links``: asks whether links to other hosts still lead somewhere."""

from __future__ import annotations

import time
from typing import Any, cast

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...external_links.rounds import PAUSE, check_some, links_to_check, note_links
from ...models import ExternalLink
from ..base import PortalCommand


class Command(PortalCommand):
    help = cast("str", gettext_lazy("Checks the links of all texts to other hosts."))

    def handle(self, *args: Any, **options: Any) -> None:
        since = timezone.now()
        note_links()
        while check_some(since):
            if links_to_check(since).exists():
                time.sleep(PAUSE.total_seconds())
        for state, label in ExternalLink.State.choices:
            links = ExternalLink.objects.filter(state=state)
            self.stdout.write(
                _("%(state)s: %(number)d") % {"state": label, "number": links.count()}
            )
            if state in ("dead", "moved"):
                for link in links:
                    self.stdout.write(f"  {link.url} {link.moved_to}".rstrip())
