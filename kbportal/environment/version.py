"""Which version of the portal runs."""

import tomllib
from functools import cache

from django.conf import settings


@cache
def portal_version() -> str:
    """Return the version of the portal, as the project file states it."""
    project = (settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(project)["project"]["version"])
