"""Where documents come from: files, folders, archives."""

from .files import SourceFile, key_of, open_files
from .redirections import Redirections, read_redirections

__all__ = ["Redirections", "SourceFile", "key_of", "open_files", "read_redirections"]
