#!/usr/bin/env python3
"""Django's command line for the portal."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command of ``sys.argv``; a wrong setting ends it with one line and status 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kbportal.settings")
    try:
        settings.INSTALLED_APPS  # noqa: B018 (loads the settings now)
    except ImproperlyConfigured as error:
        print(f"Configuration error: {error}", file=sys.stderr)
        sys.exit(2)
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
