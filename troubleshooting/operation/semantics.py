"""What is wrong with the semantic model of the search, in words for whoever runs the portal."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from ..models import SearchEntry, SearchVector
from ..search.semantic.loading import opened
from ..search.semantic.problems import UnusableModel


def in_words(wrong: UnusableModel) -> str:
    """Return what is wrong with a model."""
    words = {
        "packages": _("The package %(detail)s is not installed, which SEMANTIC_MODEL needs."),
        "folder": _("SEMANTIC_MODEL names %(detail)s, which is no folder."),
        "missing": _("The folder of SEMANTIC_MODEL lacks %(detail)s."),
        "format": _("%(detail)s in the folder of SEMANTIC_MODEL cannot be read as such a file."),
        "matrix": _("%(detail)s in the folder of SEMANTIC_MODEL holds no matrix “embeddings”."),
        "sizes": _("Vectors and tokens of the model do not fit each other (%(detail)s)."),
    }
    return words[wrong.what] % {"detail": wrong.detail}


def remedy(wrong: UnusableModel) -> str:
    """Return what to do about it."""
    if wrong.what == "packages":
        return "pip install --require-hashes -r requirements-semantic.txt"
    return _("Correct SEMANTIC_MODEL, or copy the model anew; the search goes on without it.")


def texts_without_vector() -> int:
    """Return how many texts have no vector of the model; 0 without one.

    Texts without a word that the model knows have none for good.
    """
    model = opened()
    if not settings.SEMANTIC_MODEL or model is None:
        return 0
    made = SearchVector.objects.filter(model=model.digest).count()
    return SearchEntry.objects.count() - made
