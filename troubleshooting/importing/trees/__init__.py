"""Where documents come from: files, folders, archives."""

from .files import SourceFile, open_files

__all__ = ["SourceFile", "open_files"]
