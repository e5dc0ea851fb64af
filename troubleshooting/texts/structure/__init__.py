"""Texts of a translation -> what they hold: messages, codes, causes, resolutions, steps. Pure.

What is recognised is read off the HTML that readers see, so that the two cannot differ.
"""

from .article import STRUCTURE_VERSION, structure_article
from .model import CodeItem, Passage, ResolutionItem, StepItem, StructuredArticle, SymptomItem

__all__ = [
    "STRUCTURE_VERSION",
    "CodeItem",
    "Passage",
    "ResolutionItem",
    "StepItem",
    "StructuredArticle",
    "SymptomItem",
    "structure_article",
]
