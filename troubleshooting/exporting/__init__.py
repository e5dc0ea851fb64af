"""Articles -> a zip of Markdown files and the images that they show, which imports back."""

from .archive import Exported, ExportSelection, write_archive

__all__ = ["ExportSelection", "Exported", "write_archive"]
