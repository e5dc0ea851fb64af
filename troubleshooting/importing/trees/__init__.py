"""Where documents come from: files, folders, archives, repositories."""

from .files import Tree, open_files
from .redirections import Redirections, read_redirections
from .source_files import SourceFile, key_of
from .sources import open_source, rules_of

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
