"""The translation memory: how the base itself has translated a unit, or one nearly the same.

It is derived from texts by the worker, a while after they are saved, so that no save waits for it.
What it holds of an article goes with the article.
"""

from .building import align_anew, begin_aligning
from .finding import matches_for

__all__ = ["align_anew", "begin_aligning", "matches_for"]
