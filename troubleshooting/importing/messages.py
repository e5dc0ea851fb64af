"""What is wrong with a file, in the words of whoever runs the import: what, where, what to do."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

MESSAGES = {
    "missing": gettext_noop("There is no such file. Check the path."),
    "unreadable": gettext_noop("The file cannot be read (%(detail)s). Check its permissions."),
    "no_documents": gettext_noop("The folder holds no Markdown file (*.md)."),
    "not_markdown": gettext_noop("This is not a Markdown file: its name must end in .md."),
    "empty": gettext_noop("The file is empty."),
    "too_large": gettext_noop("The file is too large: %(detail)s MB, and 5 MB is the limit."),
    "not_utf8": gettext_noop(
        "The file is not UTF-8 (byte %(detail)s). Save it as UTF-8 and import it again."
    ),
    "binary": gettext_noop("The file holds a NUL character: it is not a text."),
    "front_matter_open": gettext_noop(
        "The front matter opened here never ends. Add a line “---” after its last field."
    ),
    "front_matter_broken": gettext_noop(
        "The front matter is not valid YAML (%(detail)s). Correct this line."
    ),
    "nothing": gettext_noop("The file holds front matter and no text."),
    "unknown_language": gettext_noop(
        "The portal is not set up for the language “%(detail)s”. Add it to PORTAL_LANGUAGES."
    ),
    "same_key": gettext_noop(
        "The portal already holds another document of that name, imported from %(detail)s."
        " Rename this file."
    ),
    "broken_link": gettext_noop("This link has a scheme that does not exist: %(detail)s."),
    "title_too_long": gettext_noop("A heading is too long for a title: %(detail)s."),
}


def message(path: str, code: str, line: int | None = None, detail: str = "") -> str:
    """``path:line: what is wrong``, in the active language."""
    place = f"{path}:{line}" if line else path
    return f"{place}: {_(MESSAGES[code]) % {'detail': detail}}"
