"""Which sentences name a step or a part by its number."""

import pytest

from troubleshooting.texts.comparing.naming import naming_numbers


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Start. Then go on with step 3. Done.", ["Then go on with step 3."]),
        ("en", "Repeat steps 2 and 4.", ["Repeat steps 2 and 4."]),
        ("en", "Repeat the third step.", ["Repeat the third step."]),
        ("en", "See **Resolution 2** first.", ["See **Resolution 2** first."]),
        ("en", "It has cause 2 (see [step 1](#a)).", ["It has cause 2 (see [step 1](#a))."]),
        ("fr", "Reprenez à l’étape\u00a03.", ["Reprenez à l’étape\u00a03."]),
        ("fr", "Refaites la deuxième étape.", ["Refaites la deuxième étape."]),
        ("fr", "Voyez la résolution n° 2.", ["Voyez la résolution n° 2."]),
        ("de", "Weiter mit Schritt 3.", ["Weiter mit Schritt 3."]),
        # In items, alerts and tables; the same words are told once.
        (
            "en",
            "1.  Open it.\n\n    > [!NOTE]\n    > As in step 1.\n\n2.  As in step 1.",
            ["As in step 1."],
        ),
        ("en", "| When | Do |\n| --- | --- |\n| Never | Step 2 again |", ["Step 2 again"]),
        # Labels are counted anew by themselves; code and other numbers are none.
        ("en", "### Resolution 2\n\n**Resolution 3:** Restart.\n\nStep 4: wait.", []),
        ("fr", "### Résolution 2\n\n**Étape 1 :** Redémarrez.", []),
        ("en", "Run `step 3`.\n\n```\nstep 4\n```", []),
        ("en", "Wait 3 minutes for the next step. Windows 10 has 2 steps.", []),
        ("en", "Step 2.5 V up, a stepped 3.", []),
        ("en", "", []),
    ],
)
def test_sentences_that_name_a_number(language: str, text: str, expected: list[str]):
    assert naming_numbers({"resolution": text}, language) == expected


def test_every_section_is_read_in_the_order_of_the_article():
    texts = {"internal": "Note step 9.", "resolution": "See step 2.", "problem": "See step 1."}
    assert naming_numbers(texts, "en") == ["See step 1.", "See step 2.", "Note step 9."]
