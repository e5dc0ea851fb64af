"""What is sent to a machine that translates, and what is taken of its answers."""

import pytest

from troubleshooting.texts.markup.canonical import canonical
from troubleshooting.texts.translating import Glossary, Term
from troubleshooting.texts.translating.machine import (
    MachineTextError,
    read_answer,
    take_apart,
)

GLOSSARY = Glossary(
    [Term("Company Portal", "Portail d’entreprise"), Term("Intune"), Term("device", "appareil")]
)


def kept(shown: str) -> str:
    return f'<code translate="no">{shown}</code>'


#: A unit of Markdown, and the sentences that are sent of it.
SENT = {
    "a sentence": ("Restart it.", ["Restart it."]),
    "a command": ("Run `net use` now.", [f"Run {kept('net use')} now."]),
    "a command with a backtick": ("Run ``a`b``.", [f"Run {kept('a`b')}."]),
    "a code of an error": ("It says 0x80180014.", [f"It says {kept('0x80180014')}."]),
    "a path": ("Open C:\\Temp\\a.log now.", ["Open " + kept("C:\\Temp\\a.log") + " now."]),
    "a menu": (
        "Open **Settings** > **Accounts**.",
        ["Open <strong>Settings</strong> &gt; <strong>Accounts</strong>."],
    ),
    "a stressed word": ("It is *very* slow_down now.", ["It is <em>very</em> slow_down now."]),
    "a link": ("See [the guide](/en/x/).", ['See <a href="#1">the guide</a>.']),
    "a picture": ("![A screen](/media/a.png)", ['<a href="#1">A screen</a>']),
    "code in a link": ("[`x` is](a.md)", [f'<a href="#1">{kept("x")} is</a>']),
    "an address": (
        "At https://example.org/a?b=1, ask.",
        [f"At {kept('https://example.org/a?b=1')}, ask."],
    ),
    "a mail address": ("Ask it@example.org.", [f"Ask {kept('it@example.org')}."]),
    "a placeholder": ("Type <drive> here.", [f"Type {kept('&lt;drive&gt;')} here."]),
    "a prompt": ("Say {{what is shown}}.", [f"Say {kept('{{what is shown}}')}."]),
    "a variable": ("Open %TEMP% now.", [f"Open {kept('%TEMP%')} now."]),
    "a term": ("Restart the device.", [f"Restart the {kept('appareil')}."]),
    "a name": ("Open Intune.", [f"Open {kept('Intune')}."]),
    "a term in bold": (
        "Open **Company Portal**.",
        [f"Open <strong>{kept('Portail d’entreprise')}</strong>."],
    ),
    "quotes": ("Say \"it's on\".", ["Say \"it's on\"."]),
    "signs of HTML": ("Is a < b & c?", ["Is a &lt; b &amp; c?"]),
    "an escaped mark": ("5 \\* 3 is", ["5 * 3 is"]),
    "a block of code in a step": (
        "Open:\n\n```\nnet use x\n```\n\nThen stop.",
        ["Open:", "Then stop."],
    ),
    "a step in a step": ("Open it.\n\n- one\n- two", ["Open it.", "one", "two"]),
    "lines that go on": ("one\ntwo", ["one two"]),
    "a forced break": ("one  \ntwo", ["one", "two"]),
    "a quotation": ("> one\n> two", ["one two"]),
    "an alert": ("> [!NOTE]\n> Words.", ["Words."]),
    "a table": ("| A | B |\n| - | - |\n| one `x` | y \\| z |",
                ["A", "B", f"one {kept('x')}", "y | z"]),
    "a heading": ("## Head", ["Head"]),
    "a snippet": ("[!SNIPPET words]", []),
    "code alone": ("```\nwords of code\n```", []),
    "a command alone": ("`net use`", []),
    "figures alone": ("12 345", []),
}  # fmt: skip
#: A unit, an answer to its only sentence, and what is offered.
TAKEN = {
    "words": ("Restart it.", "Redémarrez-le.", "Redémarrez-le."),
    "what is kept elsewhere": (
        "Run `net use` now.", f"{kept('net use')} : exécutez.", "`net use` : exécutez.",
    ),
    "without its blanks": (
        "Run `x` now.", "Exécutez<code>x</code>maintenant.", "Exécutez `x` maintenant.",
    ),
    "without the blank after a letter that stands alone": (
        "Go to `x`.", "Allez-y<code>x</code>.", "Allez-y `x`.",
    ),
    "without the blank before a letter": ("Run `x` to y.", "<code>x</code>à y.", "`x` à y."),
    "without the blank between a path and a word": (
        "Open C:\\Temp\\a.log now.", "Ouvrez<code>C:\\Temp\\a.log</code>maintenant.",
        "Ouvrez C:\\Temp\\a.log maintenant.",
    ),
    "four times as much of a long sentence": (
        "Restart it now. " * 40, "mot " * 600, ("mot " * 600).strip() + " ",
    ),
    "a sign at what is kept": ("Run (`x`).", "Lancez (<code>x</code>).", "Lancez (`x`)."),
    "words that an element parts": ("Run it.", "Lan<i>cez</i>.", "Lan*cez*."),
    "elements in capitals": ("Run `x`.", '<B>Lancez</B> <CODE>x</CODE>.', "**Lancez** `x`."),
    "an open element": ("Run it.", "<strong>Lancez.", "**Lancez.**"),
    "blanks inside marks": ("**A** b", "<b> A </b>b", "**A** b"),
    "a script": ("Run it.", "Lancez<script>alert(1)</script>.", "Lancez."),
    "a picture that runs": ("Run it.", 'Lancez<img src=x onerror="alert(1)">.', "Lancez."),
    "a comment": ("Run it.", "Lancez<!-- x -->.", "Lancez."),
    "a written tag": ("Run it.", "Lancez &lt;b&gt;.", "Lancez \\<b>."),
    "marks of Markdown": ("Run it.", "*Lancez* `x` [y] _z_",
                          "\\*Lancez\\* \\`x\\` \\[y\\] \\_z\\_"),
    "a bar in a table": ("| a |", "un|deux", "| un\\|deux |"),
    "the start of a list": ("Run it.", "1. Lancez", "1\\. Lancez"),
    "the start of a heading": ("Run it.", "# Lancez", "\\# Lancez"),
    "a dash": ("Run it.", "- Lancez", "\\- Lancez"),
    "French blanks": ("Why?", "Pourquoi\u00a0?", "Pourquoi\u00a0?"),
    "line feeds": ("One two.", "Un\n  deux.", "Un deux."),
    "unseen characters": ("One.", "U\u200bn\u202e\x07.", "Un."),
    "a link moved": (
        "See [the guide](/x/) first.", "D’abord <a href='#1'>le guide</a>.",
        "D’abord [le guide](/x/).",
    ),
    "a picture": ("![A screen](/a.png)", '<a href="#1">Un écran</a>', "![Un écran](/a.png)"),
    "the term as it is agreed": (
        "Open Company Portal.", f"Ouvrez {kept('Portail d’entreprise')}.",
        "Ouvrez Portail d’entreprise.",
    ),
}  # fmt: skip
#: A unit, an answer to its only sentence, why it is refused, and what is named.
REFUSED = {
    "nothing": ("Run it.", "", "empty", ""),
    "elements alone": ("Run it.", "<p> </p>", "empty", ""),
    "a command lost": ("Run `net use`.", "Lancez.", "lost", "net use"),
    "a command translated": ("Run `net use`.", "Lancez <code>réseau</code>.", "added", "réseau"),
    "a command twice": ("Run `x`.", "<code>x</code> <code>x</code>", "added", "x"),
    "the command as words": ("Run `x`.", "Lancez x.", "lost", "x"),
    "a code lost": ("It says 0x80180014.", "Il dit 0x80180015.", "lost", "0x80180014"),
    "a link lost": ("See [it](/x/).", "Voyez.", "lost", "/x/"),
    "a link of its own": (
        "See it.", '<a href="https://evil.example">ici</a>', "added", "https://evil.example",
    ),
    "a link twice": (
        "See [it](/x/).", '<a href="#1">a</a> <a href="#1">b</a>', "added", "#1",
    ),
    "an address": ("See it.", "Voyez https://evil.example.", "added", "s://evil.example."),
    "an address without a scheme": ("See it.", "Voyez www.evil.example", "added",
                                    "www.evil.example"),
    "a script's address": ("See it.", "javascript:alert(1)", "added", "javascript:alert(1)"),
    "a novel": ("Run it.", "mot " * 500, "too_long", ""),
}  # fmt: skip


@pytest.mark.parametrize(("unit", "wanted"), SENT.values(), ids=SENT)
def test_sentences_are_sent_and_what_has_to_stay_is_marked(unit, wanted):
    assert [sentence.html for sentence in take_apart(unit, GLOSSARY).sentences] == wanted


@pytest.mark.parametrize("unit", [unit for unit, _sent in SENT.values()], ids=SENT)
def test_what_comes_back_as_it_was_sent_says_the_same(unit):
    """A machine that does nothing: only terms are another, and lines that go on are one."""
    apart = take_apart(unit, Glossary([]))
    back = apart.restored([sentence.html for sentence in apart.sentences])
    assert canonical(back).split() == canonical(unit).replace("> two", "two").split()


@pytest.mark.parametrize(("unit", "answer", "wanted"), TAKEN.values(), ids=TAKEN)
def test_an_answer_is_taken_as_text(unit, answer, wanted):
    assert take_apart(unit, GLOSSARY).restored([answer]) == wanted


@pytest.mark.parametrize(("unit", "answer", "code", "detail"), REFUSED.values(), ids=REFUSED)
def test_an_answer_that_lost_or_added_something_is_refused(unit, answer, code, detail):
    with pytest.raises(MachineTextError) as refused:
        take_apart(unit, GLOSSARY).restored([answer])
    assert (refused.value.code, refused.value.detail) == (code, detail)


def test_a_title_is_no_markdown():
    apart = take_apart('A "b" isn\'t', GLOSSARY, is_line=True)
    assert apart.sentences[0].html == 'A "b" isn\'t'
    apart = take_apart("`x` *is* [it](a) 1. Run", GLOSSARY, is_line=True)
    assert apart.sentences[0].html.endswith('*is* <a href="#1">it</a> 1. Run')
    assert take_apart("Run *it*", GLOSSARY, is_line=True).restored(["1. *Lance* _a_"]) == (
        "1. *Lance* _a_"
    )


def test_no_sentence_holds_where_a_link_leads():
    sent = take_apart("[a](https://intern.example/secret) ![b](/media/x.png)", GLOSSARY)
    assert "secret" not in sent.sentences[0].html
    assert "media" not in sent.sentences[0].html


def test_places_for_what_is_kept_run_out_without_harm():
    """No stray sign is sent in the place of what is beyond, and an answer without it is refused."""
    apart = take_apart(" or ".join(f"`x{n}`" for n in range(6_500)), Glossary([]))
    (sent,) = [sentence.html for sentence in apart.sentences]
    assert sent.isascii()
    with pytest.raises(MachineTextError):
        apart.restored([sent])


def test_hostile_depth_is_refused_or_read():
    sentence = take_apart("Run it." * 400, GLOSSARY).sentences[0]
    with pytest.raises(MachineTextError):
        read_answer(sentence, "<b>" * 3000)
