"""Articles -> a zip of Markdown files and the images that they show, which imports back."""

from .archive import Exported, Selection, write_archive

__all__ = ["Exported", "Selection", "write_archive"]
