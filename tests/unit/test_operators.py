"""What narrows a query, and what only looks as if it did."""

import pytest

from troubleshooting.search.reading.operators import operators
from troubleshooting.search.words.folding import words
from troubleshooting.search.words.stemming import analyser

QUERIES = """\
no device "access denied" today | no device "access denied" today | access denied |
« Échec de l’installation » hier | « Échec de l’installation » hier | Échec de l’installation |
he says “Something went wrong” | he says “Something went wrong” | Something went wrong |
„Das Gerät ist unbekannt“ | „Das Gerät ist unbekannt“ | Das Gerät ist unbekannt |
"one" word | "one" word | |
l'ordinateur n'est pas inscrit | l'ordinateur n'est pas inscrit | |
enrolment -android | enrolment | | android
inscription impossible -android -ios | inscription impossible | | android, ios
error -2147023284 | error -2147023284 | |
profile -"on Android" failed | profile failed | | on Android
profil « échec total » -« sous iOS » -mac | profil « échec total » | échec total | sous iOS, mac
-android | | | android
-android certificate | certificate | | android
  -ios profile installation failed | profile installation failed | | ios
-iOS -Windows profile | profile | | iOS, Windows
-proxy intune | intune | | proxy
-wi-fi -office365 -l’écran network | network | | wi-fi, office365, l’écran
network -vpn, not the printer -fax. | network , not the printer . | | vpn, fax
-"on Android" | | | on Android
-"token" | | | token
-« jeton » profil | profil | | jeton
-"token" -"on Android" failed | failed | | token, on Android
-2147011891 | -2147011891 | |
-0x80070005 | -0x80070005 | |
-Force restart | -Force restart | |
-q restart | -q restart | |
- failed | - failed | |
sign-"in again" | sign-"in again" | in again |
powershell -ExecutionPolicy Bypass | powershell -ExecutionPolicy Bypass | |
msiexec -i -q | msiexec -i -q | |
e-mail sign-in | e-mail sign-in | |
profile - failed | profile - failed | |
"""


@pytest.mark.parametrize("line", QUERIES.splitlines())
def test_operators_of_a_query(line):
    typed, text, phrases, excluded = (part.strip() for part in line.split("|"))
    found = operators(typed)
    assert " ".join(found.text.split()) == text
    assert ", ".join(found.phrases) == phrases
    assert ", ".join(found.excluded) == excluded


@pytest.mark.parametrize(
    ("typed", "text", "is_allowed"),
    [
        ('failed "profile installation"', "the profile installation failed", True),
        ('failed "profile installation"', "installation of the profile failed", False),
        ("failed -profile", "the profile installation failed", False),
        ("failed -profile", "the installation failed", True),
        ('failed -"profile installation"', "the profile installation failed", False),
        ('failed -"profile installation"', "installation of the profile failed", True),
    ],
)
def test_what_meets_the_conditions(typed, text, is_allowed):
    terms = " ".join(analyser("en").terms(words(text)))
    assert operators(typed).conditions("en").allow(["", terms]) == is_allowed


@pytest.mark.parametrize(
    ("typed", "is_so"),
    [
        ("-android", True),
        ('-"on Android" -token ,', True),
        ("-android certificate", False),
        ('-android "access denied"', False),
        ("-2147011891", False),
        ("certificate", False),
    ],
)
def test_nothing_but_exclusions(typed, is_so):
    assert operators(typed).only_excludes is is_so


def test_each_can_be_taken_out():
    typed = 'no "access denied" here -android'
    assert operators(typed, {"phrase:access denied"}).phrases == ()
    without = operators(typed, {"excluded:android"})
    assert without.excluded == ()
    assert "android" not in without.text
