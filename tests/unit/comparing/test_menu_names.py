"""One menu that two texts call otherwise, told from two menus side by side."""

from __future__ import annotations

import pytest

from troubleshooting.texts.comparing.menu_names import MenuPath, two_names


def told(*paths: str, language: str = "en") -> set[str]:
    """Return the names that are told of ``paths``, each of a text of its own or "N: path"."""
    found = []
    for number, path in enumerate(paths):
        text, _colon, way = path.rpartition(": ")
        found.append(MenuPath(int(text or number + 100), tuple(way.split(" > "))))
    return {f"{one.rare[one.place]}/{one.usual[one.place]}" for one in two_names(found, language)}


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        # Spelt nearly alike: at any place, in short ways too, in one text too.
        (["Device enrollment > Tokens", "Devices enrollment > Tokens"], True),
        (["Settings > Accounts", "Settings > Account"], True),
        (["1: Settings > Accounts", "1: Settings > Account"], True),
        # Other words: only inside a long way, and where no text has both.
        (["Android for Work > Limits > Profile", "Android Enterprise > Limits > Profile"], True),
        (["Settings > Mail > Sign in", "Settings > Post > Sign in"], True),
        (["1: Settings > Mail > Sign in", "1: Settings > Post > Sign in"], False),
        (["Settings > Mail > Sign in", "Settings > Mail > Leave"], False),
        (["Settings > Mail", "Settings > Post"], False),
        (["Mail > Sign in", "Post > Sign in"], False),
        # A list of entries beside each other names many menus.
        ([f"Users > {name} > Delete" for name in ("Ann", "Bob", "Cleo", "Dora")], True),
        ([f"Users > {name} > Delete" for name in ("Ann", "Bob", "Cleo", "Dora", "Ed")], False),
        # Capitals, accents and figures; what differs at two places; what is said in small letters.
        (["Settings > Accounts", "settings > accounts"], False),
        (["Windows 10 settings > Mail", "Windows 11 settings > Mail"], False),
        (["Settings > Windows 10 > Mail", "Settings > Windows 11 > Mail"], False),
        (["Setting > Accounts", "Settings > Account"], False),
        (["Users > choose one > Delete", "Users > pick one > Delete"], False),
        # Opposites are spelt alike too.
        (["Sync > Include mails", "Sync > Exclude mails"], False),
        (["Sync > Include > Mails", "Sync > Exclude > Mails"], False),
        (["Sync > Inbound rules > Mails", "Sync > Outbound rules > Mails"], False),
    ],
)
def test_names_of_one_menu(paths: list[str], expected: bool):
    assert bool(told(*paths)) is expected


def test_the_name_that_fewer_texts_have_comes_first():
    paths = ["1: Devices > Token", "2: Device > Token", "3: Devices > Token"]
    assert told(*paths) == {"Device/Devices"}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [({1}, {2}, 0), ({1}, {1, 2}, 1), (set(), {2}, 1), ({1}, set(), 1), (set(), set(), 1)],
)
def test_menus_of_different_platforms_are_two(one: set[int], other: set[int], expected: int):
    paths = [
        MenuPath(number, (name, "Mail"), frozenset(about))
        for number, (name, about) in enumerate((("Account", one), ("Accounts", other)))
    ]
    assert len(list(two_names(paths, "en"))) == expected
