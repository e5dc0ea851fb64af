"""What is personal in a ticket: found in its usual forms, never at the cost of what went wrong."""

from __future__ import annotations

import pytest

from tests.growth.measure import MOST, growth, pieces
from troubleshooting.texts.personal import HIDDEN, personal_in, without_personal

#: What a ticket says, and what is left of it ("…" for what is left out).
TABLE = [
    ("Write to jean.durand@exemple.fr, please", "Write to …, please"),
    ("Mail: <o'neil+vpn@sub.example.co.uk>", "Mail: <…>"),
    ("Dear Ms. Ann Lee, it fails", "Dear …, it fails"),
    ("Bonjour Mme Durand,\nça échoue", "Bonjour …,\nça échoue"),
    ("Thanks,\nRegards,\nAnna Müller-Østby", "Thanks,\nRegards,\n…"),
    ("Cordialement\nJean D’Arc\nTél. 06 12 34 56 78", "Cordialement\n…\nTél. …"),
    ("From: Bob Smith", "From: …"),
    ("Appelant : Émilie Zola", "Appelant : …"),
    ("je m’appelle Éric", "je m’appelle …"),
    ("Hallo Frau Weber,\nes startet nicht", "Hallo …,\nes startet nicht"),
    ("Anruferin: Jana Koch", "Anruferin: …"),
    ("Viele Grüße\nJana Koch", "Viele Grüße\n…"),
    ("ich heiße Jörg, der Drucker druckt nicht", "ich heiße …, der Drucker druckt nicht"),
    # Who introduces themselves behind a greeting, or at the beginning of a line
    ("Hello, this is Mary Miller (m@x.org).", "Hello, this is … (…)."),
    ("Hi team, it’s Mary from accounting", "Hi team, it’s … from accounting"),
    ("Good morning!\nI am Mary Miller and it fails", "Good morning!\nI am … and it fails"),
    ("This is Mary Miller, my phone is locked", "This is …, my phone is locked"),
    ("Bonjour, ici Marie Durand, rien ne va", "Bonjour, ici …, rien ne va"),
    ("Bonsoir,\nc’est Marie du service paie", "Bonsoir,\nc’est … du service paie"),
    ("Je m'appelle Zoé Petit et", "Je m'appelle … et"),
    ("Mon nom est Durand", "Mon nom est …"),
    ("Marie Durand à l’appareil, bonjour", "… à l’appareil, bonjour"),
    ("Good day. Mary Miller speaking.", "Good day. … speaking."),
    ("Guten Tag, hier spricht Jana Koch.", "Guten Tag, hier spricht …."),
    ("My name's Ann", "My name's …"),
    # Who signs
    ("It fails.\nBest regards\nMary Miller", "It fails.\nBest regards\n…"),
    ("It fails.\nThank you very much\nMary", "It fails.\nThank you very much\n…"),
    ("It fails.\nBest,\nMary", "It fails.\nBest,\n…"),
    ("Merci d’avance !\nMarie Durand", "Merci d’avance !\n…"),
    ("Bien à vous, Marie Durand", "Bien à vous, …"),
    ("Bonne journée.\n\nM. Durand", "Bonne journée.\n\nM. …"),
    ("Vielen Dank\nJana Koch", "Vielen Dank\n…"),
    ("-- \nMary Miller\nDesk 4", "-- \n…\nDesk 4"),
    # What the same words say of things stays.
    ("This is Windows Update failing", "This is Windows Update failing"),
    ("I think this is Microsoft Teams.", "I think this is Microsoft Teams."),
    ("Hello, this is Company Portal that fails", "Hello, this is Company Portal that fails"),
    ("Thank you\nWindows Update fails since", "Thank you\nWindows Update fails since"),
    ("The Company Portal app is here.", "The Company Portal app is here."),
    ("ici le portail ; c’est Outlook qui plante", "ici le portail ; c’est Outlook qui plante"),
    ("Herr, bitte! Frau meldet Fehler 1603", "Herr, bitte! Frau meldet Fehler 1603"),
    (r"C:\Users\jdoe\AppData\Local\x.log", "C:\\Users\\…\\AppData\\Local\\x.log"),
    ("/home/jdoe/.profile", "/home/…/.profile"),
    (r"signed in as CONTOSO\jdoe", "signed in as …"),
    ("from 192.168.1.20:443", "from …:443"),
    ("fe80::1ff:fe23:4567:890a is down", "… is down"),
    ("MAC AA:BB:CC:DD:EE:FF", "MAC …"),
    ("+33 6 12 34 56 78 or (555) 123-4567", "… or …"),
    ("IBAN FR76 3000 6000 0112 3456 7890 189", "IBAN …"),
    ("card 4111-1111-1111-1111", "card …"),
    # What says what went wrong stays.
    ("0x8007064C, -2147023284, 80CF0440", "0x8007064C, -2147023284, 80CF0440"),
    ("AADSTS50076, event 4625, KB5005565", "AADSTS50076, event 4625, KB5005565"),
    ("version 10.0.19045.1 of 2026-11-27 10:11:12", "version 10.0.19045.1 of 2026-11-27 10:11:12"),
    ("trace 8f14e45f-ceea-467f-a0e6-8c5b3d2a1f00", "trace 8f14e45f-ceea-467f-a0e6-8c5b3d2a1f00"),
    (r"HKLM\software\policies and std::string", r"HKLM\software\policies and std::string"),
    ("550 5.7.1 Unable to relay", "550 5.7.1 Unable to relay"),
]


@pytest.mark.parametrize(("said", "left"), TABLE)
def test_what_is_left_of_a_ticket(said: str, left: str):
    assert without_personal(said) == left.replace("…", HIDDEN)


@pytest.mark.parametrize("said", [said for said, _left in TABLE])
def test_what_is_left_holds_nothing_personal(said: str):
    left = without_personal(said)
    assert without_personal(left) == left
    assert left.count("\n") == said.count("\n")


@pytest.mark.parametrize(
    "part",
    [
        "a@",
        "0 ",
        "A",
        "1:",
        "Dear ",
        "Ab ",
        "a.a",
        "C:\\Users\\",
        "::",
        "AB12 ",
        "Hi Mr ",
        "Hi a b ",
        "Hi, this is ",
        "\nThis is A ",
        "Ab Cd ",
        "\n--\n",
        "Thanks\n",
    ],
)
def test_no_text_takes_longer_than_its_length(part: str):
    """Without bounds on its runs, such a text (``A``) takes minutes."""
    assert growth(personal_in, pieces(lambda _: part), 20_000) <= MOST
