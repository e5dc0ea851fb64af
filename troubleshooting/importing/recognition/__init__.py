"""Which document a file is, and which article a part of it, whatever they are called by now."""

from .context import Recognition, recognition_for
from .register import Identity, asset_id_of

__all__ = ["Identity", "Recognition", "asset_id_of", "recognition_for"]
