"""Lists and lines in bold that hold a problem, a question or a code each, under one heading."""

from .code_lists import listed_codes
from .listed import ListedProblem, shortened
from .named import named_problems
from .questions import introduction, labelled_items, listed_problems, mended_together

__all__ = [
    "ListedProblem",
    "introduction",
    "labelled_items",
    "listed_codes",
    "listed_problems",
    "mended_together",
    "named_problems",
    "shortened",
]
