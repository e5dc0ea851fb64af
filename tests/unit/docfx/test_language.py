"""The language of a document: one that is offered, or a refusal that names the other one."""

from __future__ import annotations

from collections import Counter

import pytest

from troubleshooting.texts.docfx import DocumentError, language, read_document

DUTCH = "De lamp is niet aan. Zet het op de stand van de dag en kijk of het dan wordt gedaan."
SPANISH = "El usuario no puede abrir la puerta con la llave que está en el cajón del escritorio."
GERMAN = "Die Lampe ist nicht an. Sie müssen den Schalter drücken und auf das Licht warten."
FRENCH = "La lampe est éteinte dans le bureau et vous appuyez sur le bouton pour les autres."
ENGLISH = "The lamp is off and you press the button that is on the wall for the others."


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.md", FRENCH, "fr"),
        ("a.md", ENGLISH, "en"),
        ("a.fr.md", ENGLISH, "fr"),
        ("es-es/a.fr.md", ENGLISH, "fr"),
        ("it/a.md", ENGLISH, "en"),
        ("a.md", f"{ENGLISH}\n\n```\n{SPANISH}\n```", "en"),
        ("a.md", f"{FRENCH} Лампа", "fr"),
        ("a.md", "де la vous et les", "fr"),
        ("a.md", "## How do I fix it?\n\nRestart it.", "en"),
        ("a.md", "## Que faire ?\n\nRedémarrez-le.", "fr"),
    ],
)
def test_a_document_is_in_a_language_that_is_offered(path: str, text: str, expected: str):
    assert read_document(f"# X\n\n{text}".encode(), path).language == expected


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.md", DUTCH, "nl"),
        ("a.md", SPANISH, "es"),
        ("a.md", GERMAN, "de"),
        ("a.md", "Пользователь не может войти", "ru"),
        ("a.md", "Лампа и лампа: la lampe bleue", "ru"),  # a third of the letters is enough
        ("a.md", "用户无法登录", "zh"),
        ("a.md", "ログインできません", "ja"),
        ("pt-br/a.md", "Erro", "pt"),
        ("a.es.md", FRENCH, "es"),
        ("it/a.nl.md", "Kort.", "nl"),
    ],
)
def test_one_in_another_language_is_refused(path: str, text: str, expected: str):
    with pytest.raises(DocumentError) as refused:
        read_document(f"# X\n\n{text}".encode(), path)
    assert (refused.value.code, refused.value.detail) == ("unknown_language", expected)


#: Words of the language in English texts, and words of German among them: how often each stands.
MIXED = [
    (0, 4, "fr"),  # too few words say nothing: it is taken for the language of the site
    (0, 5, "de"),
    (5, 9, "en"),
    (5, 10, "de"),  # twice as many as of any language that is offered
]


@pytest.mark.parametrize(("english", "german", "expected"), MIXED)
def test_a_text_of_several_languages_is_in_the_one_that_clearly_prevails(
    english: int, german: int, expected: str
):
    words = [["the", "of", "and", "you", "that"][n % 5] for n in range(english)]
    words += [["und", "nicht", "ist", "sie", "der"][n % 5] for n in range(german)]
    try:
        found = read_document(f"# X\n\n{' '.join(words)}".encode(), "a.md").language
    except DocumentError as refused:
        found = refused.detail
    assert found == expected


def test_letters_that_stand_alone_decide_between_no_two_languages():
    """Spanish and Italian have the words, Spanish alone "de", Italian alone "e", like a code."""
    with pytest.raises(DocumentError) as refused:
        read_document(f"# X\n\n{'con al ' * 4} de\n\n{'0x8009030:e ' * 9}".encode(), "a.md")
    assert refused.value.detail == "es"


def test_labels_are_looked_for_by_language_not_by_pair_of_languages(monkeypatch):
    """All headings are read each time; other languages that may be meant are two dozen."""
    labelled, asked = language._labelled, []

    def noting(text: str, code: str) -> int:
        asked.append(code)
        return labelled(text, code)

    monkeypatch.setattr(language, "_labelled", noting)
    read_document(f"# X\n\n## Cause\n\n{ENGLISH}".encode(), "a.md")
    assert max(Counter(asked).values()) <= 2


def test_front_matter_names_another_language():
    with pytest.raises(DocumentError) as refused:
        read_document(f"---\nms.locale: it-it\n---\n# X\n\n{ENGLISH}".encode(), "a.md")
    assert refused.value.detail == "it"


def test_whoever_imports_may_say_which_language_it_is():
    assert read_document(DUTCH.encode(), "a.md", language="en").language == "en"
