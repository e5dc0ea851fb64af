"""``manage.py compile_catalogues``: makes the translations of the interface readable."""

from typing import Any, cast

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext_lazy

from kbportal import catalogues

from ..base import PortalCommand


class Command(PortalCommand):
    """Compile every message catalogue of the project; needs no GNU gettext."""

    help = cast("str", gettext_lazy("Compiles the translations of the interface."))
    requires_system_checks = []
    uses_database = False

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile all; name those written unless the option ``verbosity`` is 0.

        Raise ``CommandError``: a catalogue cannot be read.
        """
        for path in catalogues.find(settings.BASE_DIR):
            try:
                changed = catalogues.compile_file(path)
            except (ValueError, OSError) as error:
                raise CommandError(f"{path}: {error}") from None
            if changed and options["verbosity"]:
                self.stdout.write(str(path.with_suffix(".mo").relative_to(settings.BASE_DIR)))
