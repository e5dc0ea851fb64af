"""A tiny model made here, and a base in which it finds what no word does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.material import semantic_model
from troubleshooting.models import Article
from troubleshooting.search.semantic import vectors as vectors_module

from ..conftest import add

#: Words of a like meaning, one axis for each group.
MEANINGS = (
    "laptop portable ordinateur zotebook",
    "screen ecran display dark noir sombre",
    "printer imprimante paper papier bourrage jam",
    "password sesame credentials passe",
    "wifi wireless network reseau",
    "battery batterie charge loading",
    "camera webcam picture",
    "sound son headset casque",
    "mail courriel outlook inbox",
    "update miseajour patch",
    "clock heure time",
    "disk disque storage",
    *(f"subject{number} matter{number}" for number in range(12)),
)


def write_model(folder: Path, meanings=MEANINGS, size: int = 32) -> str:
    """Write a model in which the words of each group have one direction; return its folder.

    The process forgets all vectors: tests roll back their rows, whose keys then come again.
    """
    vectors_module._remembered.clear()
    words = [(word, axis) for axis, group in enumerate(meanings) for word in group.split()]
    vocabulary = {"[UNK]": 0} | {word: place for place, (word, _axis) in enumerate(words, 1)}
    vectors = np.zeros((len(vocabulary), size))
    for place, (_word, axis) in enumerate(words, 1):
        vectors[place, axis % size] = 1.0
    semantic_model.write(folder, vocabulary, vectors)
    return str(folder)


@pytest.fixture
def model(tmp_path, settings) -> Path:
    """The model that the settings name."""
    settings.SEMANTIC_MODEL = write_model(tmp_path / "model")
    return Path(settings.SEMANTIC_MODEL)


def fill() -> dict[str, Article]:
    """Add an article about each meaning, which says it by the first word of its group alone."""
    said = [group.split()[0] for group in MEANINGS]
    return {
        word: add(word, [], {"en": {"title": f"{word} trouble", "problem": f"The {word} fails."}})
        for word in said
    }
