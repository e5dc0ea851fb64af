"""``manage.py compile_catalogues``: make the translations of the interface readable for Django."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kbportal import catalogues


class Command(BaseCommand):
    """Compile every message catalogue of the project; needs no GNU gettext."""

    help = "Compile the message catalogues (.po to .mo) that changed, without GNU gettext."
    requires_system_checks = []
    uses_database = False

    def handle(self, *args: object, verbosity: int, **options: object) -> None:
        """Compile all; name those written unless ``verbosity`` is 0.

        Raise ``CommandError``: a catalogue cannot be read.
        """
        for path in catalogues.find(settings.BASE_DIR):
            try:
                changed = catalogues.compile_file(path)
            except (ValueError, OSError) as error:
                raise CommandError(f"{path}: {error}") from None
            if changed and verbosity:
                self.stdout.write(str(path.with_suffix(".mo").relative_to(settings.BASE_DIR)))
