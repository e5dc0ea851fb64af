"""What a text says is the same wherever its links and images lead.

The index is checked without asking where they do, and links that lead elsewhere by now are shown
without reading the text anew.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from troubleshooting.texts.rendering import Link, plain_text, to_tree
from troubleshooting.texts.structure import StructuredArticle, structure_article

#: What alone may tell one from the other: what is shown.
SHOWN = {"html": {}, "image_names": [], "internal_image_names": []}
TEXTS = [
    "Ouvrez ![L’écran des comptes](a.png) ici.",
    "![](a.png)",
    "-   ![L’écran](a.png) : erreur 0x80070005\n-   L’erreur ![Il manque un profil](b.png).",
    "> Le message ![Refus 1234](a.png)\n\n1.  Ouvrez ![Réglages](a.png).\n2.  ![](a.png)",
    "L’erreur [**Profil introuvable**](autre.md) revient.",
    "[`0x80070005`](autre.md), `0x80070006`",
    "Voir [Réglages > Comptes](autre.md) puis [NU1101](b.md) et [](c.md).",
    "[![Le code 0x80070005](a.png)](autre.md)",
    "| Code | [Nom](a.md) |\n| --- | --- |\n| [0x80070005](a.md) | ![Écran](a.png) |",
    '<a href="autre.md">\n\n### Résolution 1\n\n1.  Ouvrez.\n\n</a>\n\n1.  Fermez.',
]


def facts(text: str, *, leads: bool) -> StructuredArticle:
    sections = ("problem", "cause", "resolution", "other", "internal")
    found = structure_article(
        {"title": "T", **dict.fromkeys(sections, text)},
        "fr",
        lambda href: Link("/fr/articles/x/", external=False) if leads else None,
        lambda source: "/media/0123456789abcdef.png" if leads else None,
    )
    return replace(found, **SHOWN)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_says_the_same_wherever_its_links_and_images_lead(text: str):
    assert facts(text, leads=True) == facts(text, leads=False)


def test_an_image_says_its_words_once():
    found = facts("Ouvrez ![L’écran des comptes](a.png) ici.", leads=True)
    assert found.plain["problem"] == "Ouvrez L’écran des comptes ici."
    assert found.summary == found.plain["problem"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ouvrez ![Réglages](a.png).", "Ouvrez Réglages."),
        ("Fin.![Réglages](a.png)![Comptes](b.png)Suite", "Fin. Réglages Comptes Suite"),
        (
            "«\u00a0![Réglages](a.png)\u00a0» (![Comptes](b.png))",
            "«\u00a0Réglages\u00a0» (Comptes)",
        ),
        ("Ouvrez![](a.png)ici", "Ouvrez ici"),
    ],
)
def test_the_words_of_an_image_join_what_stands_around_as_words_do(text: str, words: str):
    for leads in (True, False):
        assert facts(text, leads=leads).plain["problem"] == words


def test_what_only_a_page_says_is_no_word_of_the_text():
    shown = 'a <i aria-hidden="true">c</i>d'
    assert plain_text(to_tree(shown)) == "a d"
