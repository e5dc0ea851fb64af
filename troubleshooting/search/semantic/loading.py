"""The model that ``SEMANTIC_MODEL`` names, opened once in each process.

Without one nothing is imported. One that cannot be used is told to the log once, and the search
goes on without it.
"""

from __future__ import annotations

import logging
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from .problems import FILES, UnusableModel

if TYPE_CHECKING:
    from .static_model import StaticModel

logger = logging.getLogger(__name__)

#: A folder, and when each of its files was last written.
_Key = tuple[str, ...]
#: What was last opened, or what was wrong with it.
_opened: dict[_Key, StaticModel | UnusableModel] = {}


def opened() -> StaticModel | None:
    """Return the model; None where none is named or it cannot be used."""
    return found if (found := _found()) and not isinstance(found, UnusableModel) else None


def problem() -> UnusableModel | None:
    """Return what is wrong with the model that is named."""
    return found if isinstance(found := _found(), UnusableModel) else None


def _found() -> StaticModel | UnusableModel | None:
    folder = settings.SEMANTIC_MODEL
    if not folder:
        return None
    key = (folder, *(_written(Path(folder, name)) for name in FILES))
    if key not in _opened:
        found = _open(Path(folder))
        if isinstance(found, UnusableModel):
            logger.error("The model in SEMANTIC_MODEL cannot be used (%s).", found)
        _opened.clear()
        _opened[key] = found
    return _opened[key]


def _written(path: Path) -> str:
    try:
        return str(path.stat().st_mtime_ns)
    except OSError:
        return ""


def _open(folder: Path) -> StaticModel | UnusableModel:
    if not folder.is_dir():
        return UnusableModel("folder", str(folder))
    try:
        made = import_module(f"{__package__}.static_model").StaticModel(folder)
    except ImportError as error:
        return UnusableModel("packages", error.name or "")
    except UnusableModel as wrong:
        return wrong
    except OSError as error:
        return UnusableModel("format", error.strerror or "")
    return made  # type: ignore[no-any-return]  # imported by name, where it is named alone
