"""Ways through menus are one unit, in every notation and at either end of a sentence."""

from __future__ import annotations

import pytest

from troubleshooting.texts.rendering import RenderingContext, plain_link, plain_text, render
from troubleshooting.texts.structure import structure_article
from troubleshooting.texts.structure.menu_paths import mark_menu_paths

CASES = [
    ("Open **A** > **B**, then wait.", ["A › B"]),
    ("**Fichier** &gt; **Ouvrir**", ["Fichier › Ouvrir"]),
    ("Tapez **Exécuter** -> **MMC**.", ["Exécuter › MMC"]),
    ("**A** → **B** › **C**", ["A › B › C"]),
    ("Tap **Settings > General > About**.", ["Settings › General › About"]),
    ("*Devices* > *All devices*", ["Devices › All devices"]),
    ("Ouvrez Intune > **Appareils**.", ["Intune › Appareils"]),
    ("Go to Settings > General > About Phone and tap.", ["Settings › General › About Phone"]),
    ("**U** > choisissez l’utilisateur > **A**, puis", ["U › choisissez l’utilisateur › A"]),
    ("**A** > **B** > then nothing", ["A › B"]),
    ("**A** > choose the *second* tab > **B**", ["A › choose the second tab › B"]),
    ("**A** > Bcd. Open Efg > **H**", ["A › Bcd", "Efg › H"]),
    ("**A** > **B** et **C** > **D**", ["A › B", "C › D"]),
    ("1.  **A** > **B**\n\n    1.  **C** > **D**", ["A › B", "C › D"]),
    ("| Way |\n| --- |\n| **A** > **B** |", ["A › B"]),
    ("Choisissez l’appareil > **Supprimer**", []),
    ("if 5 > 3 then `a > b` and a->b", []),
    ("**A**, **B**", []),
    ("[x](https://example.org) > **B**", []),
    ("> **Quoted** words", []),
    ("Settings > **Accounts**", ["Settings › Accounts"]),  # one word that opens a line is no verb
    ("Wait. Open Efg Hij > **K**", ["Efg Hij › K"]),  # nor does a verb inside a line begin a way
    ("It is 5 > 3. See Efg > **K** now", ["Efg › K"]),
    ("**A** > `b` > **C**", []),  # code is nothing to choose
    ("**A** `>` **B**", []),  # nor does it part what is
    ("**A** > > **B**", []),
    (f"**A** > {'x' * 58} > **B**", [f"A › {'x' * 58} › B"]),  # as long as a name may be
    (f"**A** > {'x' * 59} > **B**", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_ways(text: str, expected: list[str]):
    tree = render(text, RenderingContext(plain_link))
    words = plain_text(tree).replace("->", ">").replace("→", ">").replace("›", ">")
    assert mark_menu_paths(tree) == len(expected)
    assert [path.text_content() for path in tree.find_class("menu-path")] == expected
    assert plain_text(tree).replace("->", ">").replace("›", ">") == words


def test_a_way_is_marked_once():
    tree = render("**A** > **B**", RenderingContext(plain_link))
    mark_menu_paths(tree)
    assert mark_menu_paths(tree) == 0


def test_an_article_holds_its_ways():
    found = structure_article({"title": "T", "resolution": "1.  **A** > **B**"}, "en")
    assert '<span class="menu-path"><strong>A</strong>' in found.html["resolution"]
    assert found.steps[0].text == "A › B"


def test_a_message_keeps_what_it_holds():
    found = structure_article({"title": "T", "problem": "The error **Old > New** appears."}, "en")
    assert [symptom.text for symptom in found.symptoms] == ["Old > New"]
    assert "menu-path" not in found.html["problem"]
