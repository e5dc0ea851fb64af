"""What is recognised in the texts of a translation."""

from __future__ import annotations

import re

import pytest

from troubleshooting.texts.structure import StructuredArticle, structure_article


def derive(language: str = "fr", **texts: str) -> StructuredArticle:
    return structure_article({"title": "T", **texts}, language)


MESSAGES = [
    ("fr", "Un utilisateur reçoit l’erreur **Profil introuvable**.", ["Profil introuvable"]),
    ("fr", "Le message suivant : *Il manque un certificat.*", ["Il manque un certificat."]),
    ("fr", "La console affiche le message « Défectueux ».", ["Défectueux"]),
    ("fr", "Sur l’un des deux écrans suivants :\n\n-   Premier écran\n-   Deuxième écran",
     ["Premier écran", "Deuxième écran"]),
    ("fr", "> **Titre**  \n> Texte.", ["Titre Texte."]),
    ("fr", "Ouvrez **Paramètres**. L’appareil reste muet.", []),
    ("fr", "Le journal contient l’erreur **DeviceCapReached**.", []),
    ("fr", "> [!NOTE]\n> L’erreur **Profil introuvable** est rare.", []),
    ("en", "A user receives a **Profile missing** error.", ["Profile missing"]),
    ("en", "The message “Try again later” appears.", ["Try again later"]),
    # What no word announces in the same sentence, and shortly before, is none.
    ("fr", "Ouvrez « Paramètres du compte ».", []),
    ("fr", "L’erreur « Il manque » revient. Ouvrez « Paramètres du compte ».", ["Il manque"]),
    ("fr", "Ouvrez **Comptes**, et l’erreur **Il manque** s’affiche.", ["Il manque"]),
    ("fr", f"Le message {'ou ' * 24}**Il manque**", ["Il manque"]),
    ("fr", f"Le message {'ou ' * 30}**Il manque**", []),
    # Nor is a code, a file, too little, or numbers alone; but what is said beside a code is.
    ("fr", "Le message « 0x80070005 », « log.txt », « Non. » ou « 1 2 3 4 5 ».", []),
    ("fr", "Le message « 0x80070005 : Non. »", []),
    ("fr", "Le message « 0x80070005 : Accès refusé »", ["0x80070005 : Accès refusé"]),
    ("fr", "Le message « Oups. »", ["Oups."]),
    ("fr", "L’erreur `Il manque` s’affiche.", []),
    # A quotation is one whole; a step of several paragraphs counts once.
    ("fr", "> Le message **Il manque** revient.", ["Le message Il manque revient."]),
    ("fr", "1.  L’erreur **Il manque**\n\n2.  Autre", ["Il manque"]),
    # A list needs a sentence that announces it and ends with a colon.
    ("fr", "Sur l’un des deux écrans suivants :\n\n-   Premier écran\n\n-   `0x80070005`",
     ["Premier écran"]),
    ("fr", "Sur l’un des deux écrans suivants.\n\n-   Premier écran", []),
    ("fr", "Faites ceci :\n\n-   Premier écran", []),
    ("fr", "-   Premier écran", []),
]  # fmt: skip


@pytest.mark.parametrize(("language", "problem", "expected"), MESSAGES)
def test_messages(language: str, problem: str, expected: list[str]):
    found = derive(language, problem=problem)
    assert [symptom.text for symptom in found.symptoms] == expected


def test_codes_keep_their_spelling_and_section():
    found = derive(problem="`0x80cf0440`, `DeviceCapReached`", cause="Voir -2147023284.")
    assert [(c.code.canonical, c.section, c.spelling) for c in found.codes] == [
        ("0x80CF0440", "problem", "0x80cf0440"),
        ("DeviceCapReached", "problem", "DeviceCapReached"),
        ("0x8007064C", "cause", "-2147023284"),
    ]


def test_steps_have_addresses_that_count():
    found = derive(resolution="1.  A\n\n    1.  B\n    2.  C\n\n2.  D\n\nPuis :\n\n1.  E")
    assert [(s.anchor, s.parent, s.text) for s in found.steps] == [
        ("resolution-1-step-1", "", "A"),
        ("resolution-1-step-1-1", "resolution-1-step-1", "B"),
        ("resolution-1-step-1-2", "resolution-1-step-1", "C"),
        ("resolution-1-step-2", "", "D"),
        ("resolution-1-step-3", "", "E"),
    ]
    for step in found.steps:
        assert f'id="{step.anchor}"' in found.html["resolution"]


def test_resolutions_are_told_apart_by_their_headings():
    found = derive(
        resolution="### Résolution 1\n\nA\n\n"
        "### Résolution 2 : redémarrer\n\n1.  B\n\n### Détail\n\nC"
    )
    assert [(r.anchor, r.title) for r in found.resolutions] == [
        ("resolution-1", "Résolution 1"),
        ("resolution-2", "Résolution 2 : redémarrer"),
    ]
    assert [step.anchor for step in found.steps] == ["resolution-2-step-1"]


@pytest.mark.parametrize(
    ("resolution", "elements"),
    [
        ("1.  A", ["div"]),
        ("### Résolution 1\n\nA", ["section"]),
        ("1.  A\n\n### Résolution 2\n\nB", ["div", "section"]),
        ("1.  A\n\n### Remarques\n\nB", ["div"]),  # a heading of something else
    ],
)
def test_a_resolution_without_a_heading_is_no_section(resolution: str, elements: list[str]):
    html = derive(resolution=resolution).html["resolution"]
    assert re.findall(r'<(\w+) class="resolution"', html) == elements


def test_a_list_of_causes_is_no_procedure():
    found = derive(resolution="Cette erreur apparaît si :\n\n1.  A\n2.  B")
    assert found.steps == []


OPTIONS = "-   Première voie\n-   Deuxième voie :\n    1.  A\n    2.  B"


def test_announced_options_that_hold_procedures_are_steps():
    found = derive(resolution=f"Choisissez :\n\n{OPTIONS}")
    assert found.counts()["steps"] == 2
    assert found.counts()["substeps"] == 2


def test_hints_of_which_one_tells_more_are_no_steps():
    assert derive(resolution=OPTIONS).steps == []


@pytest.mark.parametrize(
    ("cause", "expected"),
    [
        ("", 0),
        ("Le service est arrêté.", 1),
        ("Causes :\n\n-   A\n-   B\n-   C", 3),
        ("### Réseau\n\nA.\n\nB.\n\n#### Mandataire\n\nC.", 2),  # one below each heading
    ],
)
def test_causes_are_counted(cause: str, expected: int):
    assert derive(cause=cause).causes == expected


@pytest.mark.parametrize(
    ("resolution", "titles"),
    [
        ("", []),
        ("1.  A", [""]),
        ("First words.\n\n1.  A", [""]),  # they are no title
        (
            "### Solution 1\n\n1.  A\n\n### Solution 2: Reset\n\nB",
            ["Solution 1", "Solution 2: Reset"],
        ),
        ("Words.\n\n### Solution 1\n\nA\n\n### Solution 2\n\nB", ["Solution 1", "Solution 2"]),
        ("1.  A\n\n### Solution 2\n\nB", ["", "Solution 2"]),
    ],
)
def test_ways_out_are_titled_by_their_headings(resolution: str, titles: list[str]):
    found = structure_article({"title": "T", "resolution": resolution}, "en")
    assert [one.title for one in found.resolutions] == titles


def test_alerts_and_images_are_counted_where_they_stand():
    text = "1.  A\n\n    > [!NOTE]\n    > B\n\n    ![C](c.png)"
    counts = derive(resolution=text).counts()
    assert (counts["alerts"], counts["images"]) == (1, 1)


def test_an_image_counts_whether_it_is_there_or_not():
    texts = {"title": "T", "problem": "![A](a.png)\n\n![B](b.png)", "other": "![C](c.png)"}
    found = structure_article(texts, "en", image={"a.png": "/media/a.png"}.get)
    assert found.images == 3


def test_passages_cover_sections_resolutions_and_steps():
    found = derive(problem="P", cause="C", resolution="1.  A", other="O")
    assert [(p.anchor, p.section) for p in found.passages] == [
        ("problem", "problem"),
        ("cause", "cause"),
        ("other", "other"),
        ("resolution-1", "resolution"),
        ("resolution-1-step-1", "resolution"),
    ]


@pytest.mark.parametrize(
    ("problem", "codes"),
    [
        ("AADSTS50011: InvalidReplyTo - The address differs.", ["AADSTS50011", "InvalidReplyTo"]),
        # What a link names by its number is another document's; the words before it stay.
        ("0x80070005, voir [4012345](https://example.org)", ["0x80070005"]),
        # A name that is all of a line, and the code that a paragraph begins with.
        ("The pod shows:\n\nImagePullBackOff", ["ImagePullBackOff"]),
        ("It says one of these:\n\n- ZoneUnavailable\n- SitePolicy", ["ZoneUnavailable"]),
        ("You see:\n\nNV1101: Unable to find the package", ["NV1101"]),
        ("You see the code of the room NV1101: Unable to find it", []),
    ],
)
def test_codes_of_the_text_itself(problem: str, codes: list[str]):
    assert sorted(c.code.canonical for c in derive(problem=problem).codes) == codes


@pytest.mark.parametrize(
    ("other", "codes"),
    [
        ("[0x80070005 is shown](https://example.org), see 0x80180014", ["0x80180014"]),
        ("[0x80070005](#cause)", ["0x80070005"]),  # a part of the same article
        # The number of a document is followed by its title, in a paragraph and in a list.
        ("[4012345](https://example.org) An error 0x80070005", []),
        ("- [4012345](https://example.org) An error 0x80070005\n- 0x80180014", ["0x80180014"]),
        ("See [4012345](https://example.org) for 0x80070005", ["0x80070005"]),
        ("[1234](https://example.org) An error 0x80070005", ["0x80070005"]),  # no such number
        ("[12345](https://example.org) An error 0x80070005", []),
        ("[123456789](https://example.org) An error 0x80070005", ["0x80070005"]),
    ],
)
def test_codes_in_the_names_of_other_documents_are_theirs(other: str, codes: list[str]):
    assert sorted(c.code.canonical for c in derive(other=other).codes) == codes


@pytest.mark.parametrize(
    ("lines", "elsewhere", "codes"),
    [
        (7, "", ["12"]),  # a message of several lines
        (8, "", []),  # a log, in which many numbers stand
        (8, "The log says error 12:\n\n", ["12"]),
        (8, "The log says error 15:\n\n", ["15"]),
    ],
)
def test_a_small_number_that_a_long_log_alone_holds_is_no_code(lines, elsewhere, codes):
    log = "\n".join(["Row 5 ends with error 12", *["Row 6 begins"] * (lines - 1)])
    article = derive("en", problem=f"{elsewhere}```\n{log}\n```")
    assert [item.code.canonical for item in article.codes] == codes


@pytest.mark.parametrize(
    ("said", "summary"),
    [
        ("mot " * 54 + "fin.", "mot " * 54 + "fin."),  # 220 characters
        ("mot, " * 44 + "fin.", "mot, " * 43 + "mot…"),  # else the last whole word ends it
    ],
)
def test_a_summary_is_the_beginning_of_the_first_section(said: str, summary: str):
    assert derive(problem=said).summary == summary
