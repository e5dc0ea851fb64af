"""What a template leaves to whoever writes, and what only looks like it."""

import pytest

from troubleshooting.texts.markup.canonical import canonical
from troubleshooting.texts.prompts import prompts_in, prompts_left, without_prompts

#: A text, and the words and lines of its prompts.
TEXTS = {
    "a sentence": ("The message {{as it is shown}} appears.", [("as it is shown", 1)]),
    "blanks inside": ("{{  the cause  }}", [("the cause", 1)]),
    "two in a line": ("{{one}} and {{two}}", [("one", 1), ("two", 1)]),
    "a step": ("1.  Open **{{menu}}**.\n2.  Press {{button}}.", [("menu", 1), ("button", 2)]),
    "a nested step": ("1.  Open.\n    - {{which}}", [("which", 2)]),
    "a heading": ("## {{way out}}\n\nText.", [("way out", 1)]),
    "a cell": ("| A | B |\n|---|---|\n| x | {{value}} |", [("value", 3)]),
    "an alert": ("> [!NOTE]\n> {{who is told}}", [("who is told", 2)]),
    "a quotation": ("> {{the message}}", [("the message", 1)]),
    "over two lines": ("Say {{what\nhappened}}.", [("what happened", 1)]),
    "French": ("Le message « {{mot pour mot}} » s’affiche.", [("mot pour mot", 1)]),
    "a question": ("{{¿qué? 0x8018 – ou « rien »}}", [("¿qué? 0x8018 – ou « rien »", 1)]),
    "code in a prompt": ("{{a code, such as `0x80180014`}}", [("a code, such as `0x80180014`", 1)]),
    "a word with a line": ("{{user_name}}", [("user_name", 1)]),
    "nothing inside": ("{{}} and {{   }}", []),
    "one brace": ("{a} {{b} {c}}", []),
    "three braces": ("{{{raw}}}", []),
    "GitHub Actions": ("${{ secrets.TOKEN }}", []),
    "Helm": ("{{ .Values.image }}", []),
    "Handlebars": ("{{#if a}}x{{/if}} {{> part}} {{! said }}", []),
    "Hugo": ("{{< note >}} {{% tip %}}", []),
    "too long": ("{{" + "a" * 201 + "}}", []),
    "as long as can be": ("{{" + "a" * 200 + "}}", [("a" * 200, 1)]),
    "never closed": ("{{" * 2000 + "a", []),
}
#: Prompts of code count where the template had them.
CODE = {
    "a span beside a lone mark": ("It`s here.\n\nRun `{{drive}}` now.", "drive"),
    "a span": ("Run `net use {{drive}}`.", "drive"),
    "a block": ("```\nnet use {{drive}}\n```", "drive"),
    "a block in a step": ("1.  Run:\n\n    ```\n    net use {{drive}}\n    ```", "drive"),
}


def plain(text: str) -> str:
    """A backslash that the canonical form puts before a mark is not what was typed."""
    return text.replace("\\", "")


@pytest.mark.parametrize(("text", "wanted"), TEXTS.values(), ids=TEXTS)
def test_prompts_are_found_with_their_lines(text, wanted):
    found = prompts_left({"problem": canonical(text)})
    assert [(plain(one.words), one.line) for one in found] == wanted


@pytest.mark.parametrize(("text", "words"), CODE.values(), ids=CODE)
def test_in_code_only_those_of_the_template_are_prompts(text, words):
    texts = {"resolution": canonical(text)}
    assert prompts_left(texts) == []
    assert [one.words for one in prompts_left(texts, {words})] == [words]
    assert [one.is_code for one in prompts_in(texts)] == [True]


def test_a_title_is_no_markdown():
    found = prompts_left({"title": "# {{code}} `{{words}}`", "cause": ""})
    assert [(one.section, one.words, one.line) for one in found] == [
        ("title", "code", 1),
        ("title", "words", 1),
    ]
    assert found[0].markup == "{{code}}"


@pytest.mark.parametrize(
    ("title", "left"),
    [("Error {{code}}: {{what fails}}", "Error :"), ("{{all}}", ""), ("As it is", "As it is")],
)
def test_an_address_is_made_of_what_is_no_prompt(title, left):
    assert without_prompts(title) == left
