#!/usr/bin/env python3
"""Django's command line for the portal."""

import argparse
import os
import sys

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import BaseCommand, ManagementUtility, get_commands
from django.utils.translation import activate

from kbportal.environment import databases, terminal


class PortalUtility(ManagementUtility):
    """Speaks the language of the terminal, and says which database a command uses.

    Without the web server's settings it is another one.
    """

    def fetch_command(self, subcommand: str) -> BaseCommand:
        """Return the command; say before it is run which database it uses."""
        offered = (code for code, _name in settings.LANGUAGES)
        activate(terminal.language_of(os.environ, offered, settings.LANGUAGE_CODE))
        command = super().fetch_command(subcommand)
        if subcommand == self.argv[1] and is_announced(command, subcommand, self.argv[2:]):
            print(databases.announced(settings.DATABASES["default"]), file=sys.stderr)
        return command


def is_announced(command: BaseCommand, name: str, arguments: list[str]) -> bool:
    """Return whether ``command`` uses the database, and is to say anything besides its answer.

    A command of the portal says it itself (``uses_database``). Of others it is each that can be
    told a database, and each of an app with tables.
    """
    options = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    options.add_argument("-v", "--verbosity", type=int, default=1)
    options.add_argument("-h", "--help", action="store_true")
    try:
        given, _rest = options.parse_known_args(arguments)
    except argparse.ArgumentError:
        return False  # the command refuses it, too
    if given.help or not given.verbosity:
        return False
    if (said := getattr(command, "uses_database", None)) is not None:
        return bool(said)
    app = get_commands()[name]
    tables = {config.name for config in apps.get_app_configs() if list(config.get_models())}
    parser = command.create_parser("manage.py", name)
    return app in tables or "--database" in parser._option_string_actions


def main() -> None:
    """Run the command of ``sys.argv``; a wrong setting ends it with one line and status 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kbportal.settings")
    try:
        settings.INSTALLED_APPS  # noqa: B018 (loads the settings now)
    except ImproperlyConfigured as error:
        print(f"Configuration error: {error}", file=sys.stderr)
        sys.exit(2)
    PortalUtility(sys.argv).execute()


if __name__ == "__main__":
    main()
