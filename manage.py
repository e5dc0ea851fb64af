#!/usr/bin/env python3
"""Django's command line for the portal."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from kbportal.environment import databases

#: Commands that write to the database: whoever runs one without the settings of the web server
#: would fill another database and not know.
WRITING = {
    "changepassword", "check_index", "clearsessions", "createsuperuser", "import_docs", "loaddata",
    "migrate", "prune", "rebuild_derived", "restore", "seed_demo_users", "flush",
}  # fmt: skip


QUIET = {"--help", "-h", "-v0", "--verbosity=0", "--verbosity"}


def main() -> None:
    """Run the command of ``sys.argv``; a wrong setting ends it with one line and status 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kbportal.settings")
    try:
        settings.INSTALLED_APPS  # noqa: B018 (loads the settings now)
    except ImproperlyConfigured as error:
        print(f"Configuration error: {error}", file=sys.stderr)
        sys.exit(2)
    if len(sys.argv) > 1 and sys.argv[1] in WRITING and not QUIET & set(sys.argv):
        database = databases.described(settings.DATABASES["default"])
        print(f"Database: {database}", file=sys.stderr)
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
