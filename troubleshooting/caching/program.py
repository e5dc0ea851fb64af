"""What makes pages of the content, in one hash: the program's files and its settings."""

from __future__ import annotations

import hashlib
import hmac
import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.serializers.json import DjangoJSONEncoder


@lru_cache
def program() -> str:
    """Return a hash (hexadecimal) of all that makes pages of the content.

    Code, vocabularies, templates, catalogues, static files, settings: all of each, since a list of
    those that show on some page would have to be kept. They are read once in a process.
    """
    return hashlib.sha256(repr((_files(), of_settings())).encode()).hexdigest()


def _files() -> str:
    digest = hashlib.sha256()
    base = Path(settings.BASE_DIR)
    static = finders.find("portal")
    own = [base / name for name in ("kbportal", "troubleshooting", "templates")]
    folders = [*own, *([Path(static)] if static else [])]
    for path in sorted(path for folder in folders for path in folder.rglob("*.*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.read_bytes())
    digest.update(getattr(staticfiles_storage, "manifest_hash", "").encode())
    return digest.hexdigest()


def of_settings() -> str:
    """Return a hash (hexadecimal) of all settings, from which none of them can be guessed.

    What JSON cannot say is left out: paths and objects, which no page shows and which may differ
    by host.
    """
    told = {}
    for name in sorted(filter(str.isupper, dir(settings))):
        try:
            told[name] = json.dumps(getattr(settings, name), cls=DjangoJSONEncoder)
        except TypeError:
            continue
    key = settings.SECRET_KEY.encode()
    return hmac.digest(key, json.dumps(told).encode(), "sha256").hex()
