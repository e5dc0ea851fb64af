"""What a list or a result is narrowed by: facets, held in the address, with counts."""

from .articles import ArticleFilter
from .facets import FacetPanel, Option
from .results import ResultFilter

__all__ = ["ArticleFilter", "FacetPanel", "Option", "ResultFilter"]
