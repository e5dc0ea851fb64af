"""What is worth a second look in a text, while it is written and before it is published.

Every rule is a function from a ``CheckedText`` to findings; ``rules.RULES`` is the list of them. A
finding never keeps anybody from saving.
"""

from .model import CheckedText, Finding, Reference
from .rules import RULES, check

__all__ = ["RULES", "CheckedText", "Finding", "Reference", "check"]
