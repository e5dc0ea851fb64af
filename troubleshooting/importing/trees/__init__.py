"""Where documents come from: files, folders, archives, repositories."""

from .files import SourceFile, key_of, open_files
from .redirections import Redirections, read_redirections
from .sources import Tree, open_source, rules_of

__all__ = [
    "Redirections",
    "SourceFile",
    "Tree",
    "key_of",
    "open_files",
    "open_source",
    "read_redirections",
    "rules_of",
]
