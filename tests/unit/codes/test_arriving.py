"""Codes as people send them: a table of inputs written before the rules, half to tune them by.

The columns of the table: which half a row is of; its kind; what it is read as; the text. ``-``
is no code, ``~`` the last digits of one, ``?`` a code that is one slip away from what was typed.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.unit.codes.test_finding import NOISE
from tests.unit.project.test_tables_of_inputs import TESTS, rows
from troubleshooting.search.codes.answers import WEAK, typed_digits
from troubleshooting.search.reading.query import ParsedQuery, parse
from troubleshooting.texts.codes import Code, Reading, find_codes, parse_code
from troubleshooting.texts.codes.arriving import arrivals, with_garbled
from troubleshooting.texts.codes.arriving.slips import Slip, likely_codes
from troubleshooting.texts.codes.arriving.surroundings import dates, is_address

TABLE = rows(TESTS / "search" / "codes_as_they_arrive.tsv")
#: A number that looks like an address of memory is read by a rule as old as the search.
KNOWN_MISTAKES = {"0x7ffe0300"}
NAMED = {row["expected"].lstrip("?") for row in TABLE if len(row["expected"]) > 1}
BASE = [code for text in sorted(NAMED) if "~" not in text and (code := parse_code(text))]
BASE += [parse_code(f"0x80{row['expected'][1:]:0>6}") for row in TABLE if row["expected"][0] == "~"]


def is_known(reading: Reading) -> list[Code]:
    """The codes of a base that documents all that the table names."""
    return [code for code in BASE if code and reading.matches(code)]


def is_read_as(query: ParsedQuery, expected: str) -> bool:
    read = [reading for code in query.codes for reading in code.readings]
    if expected == "-":
        return not query.codes
    if expected.startswith("~"):
        return any(one.kind in WEAK and one.canonical == expected[1:] for one in read)
    if expected.startswith("?"):
        near = any(
            int(expected[1:], 16) in likely_codes(digits) for digits in typed_digits(query.codes)
        )
        return near or expected[1:] in {one.canonical for one in read}
    return expected in {one.canonical for one in read if one.kind not in WEAK}


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row['half']}-{row['text']}")
def test_a_code_is_read_as_it_arrives_and_nothing_else_is(row: dict[str, str]):
    right = is_read_as(parse(row["text"], (), is_known), row["expected"])
    assert right is (row["text"] not in KNOWN_MISTAKES)


def test_the_table_is_large_and_evenly_split():
    assert len(TABLE) >= 200
    assert len({row["text"] for row in TABLE}) == len(TABLE)
    for rare in (True, False):
        halves = [row["half"] for row in TABLE if (row["expected"] == "-") is rare]
        assert abs(halves.count("tune") - halves.count("report")) < len(halves) / 20


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Setup failed\nError Ox8OO7O64C\n[OK]", ["Ox8OO7O64C = 0x8007064C"]),
        ("Setup failed\nError 0x8007 064C\n\nthanks", ["0x8007 064C = 0x8007064C"]),
        (
            "code:\n#80CF0437\nthen 0x80070005",
            ["#80CF0437 = 0x80CF0437", "0x80070005 = 0x80070005"],
        ),
        ("Error 0x80070005\nticket #80CF0437\nS/N 8OCF3OO7", ["0x80070005 = 0x80070005"]),
        ("rc: 1603\nstatus 200\n# 1603\nNSURLErrorDomain -1009 x", []),
        ("flags 0x00000004\n80-04-30\n00:80:CF:04:40:12", []),
    ],
)
def test_garbled_codes_in_a_few_pasted_lines(text: str, codes: list[str]):
    found = with_garbled(text, [one for one in find_codes(text) if one.code.kind == "hex"])
    assert [f"{one.spelling} = {one.code.canonical}" for one in found] == codes
    assert all(text[one.start : one.end] == one.spelling for one in found)


def test_what_else_stands_beside_a_garbled_code_stays():
    text = "Error 1603, then Ox8OO7O64C, then AADSTS50034"
    found = [one.code.canonical for one in with_garbled(text, find_codes(text))]
    assert found == ["1603", "0x8007064C", "AADSTS50034"]


def test_a_long_pasted_text_is_a_program_s():
    assert with_garbled("x80cf0437\n" * 300, []) == []


def is_a_number(noise: str) -> bool:
    """Whether what is drawn as a version is as well a number with dots between its thousands."""
    written_so = re.fullmatch(r"[12](?:\.[0-9]{3}){3}", noise) is not None
    return written_so and not is_address(noise)


@given(
    st.lists(NOISE.filter(lambda noise: not is_a_number(noise)), max_size=6),
    st.sampled_from([" ", ", ", "\t"]),
)
@example(["80.10.10.10"], " ")
def test_identifiers_addresses_and_times_do_not_arrive_as_codes(noise: list[str], joint: str):
    assert [one for one in arrivals(joint.join(noise)) if one.sure] == []


@given(st.from_regex(r"(?:[a-zà-ÿ]{1,12}['’ -]){0,9}[a-zà-ÿ]{1,12}", fullmatch=True))
def test_words_do_not_arrive_as_codes(words: str):
    spoken = {"zero", "zéro", "un", "one", "double", "triple"}
    if spoken.isdisjoint(words.split()):
        assert [one for one in arrivals(words) if one.sure] == []


@given(st.text(max_size=600))
def test_places_lie_in_the_text_and_do_not_overlap(text: str):
    end = 0
    for one in arrivals(text):
        assert end <= one.start < one.end <= len(text)
        end = one.end


@given(st.integers(0x80000000, 0x8FFFFFFF))
def test_every_failure_arrives_in_every_garbled_form(value: int):
    digits = f"{value:08X}"
    garbled = digits.replace("0", "O").replace("1", "l").replace("5", "S")
    for text in (
        f"#{digits}",
        f"&H{digits}",
        f"{digits}h",
        f"0x {digits[:4]} {digits[4:]}",
        f"0x{garbled}",
    ):
        read = {one.canonical for code in parse(text).codes for one in code.readings}
        assert f"0x{digits}" in read, text


@given(st.integers(0x80000000, 0x8FFFFFFF), st.integers(0, 7), st.sampled_from("0123456789ABCDEF"))
def test_one_slip_is_undone(value: int, at: int, digit: str):
    digits = f"{value:08X}"
    typed = {
        Slip.WRONG: digits[:at] + digit + digits[at + 1 :],
        Slip.TOO_MANY: digits[:at] + digit + digits[at:],
        Slip.TOO_FEW: digits[:at] + digits[at + 1 :],
        Slip.SWAPPED: digits[: max(0, at - 1)]
        + digits[max(0, at - 1) : at + 1][::-1]
        + digits[at + 1 :],
    }
    for wrong in typed.values():
        assert wrong == digits or value in likely_codes(wrong)


# What was typed, and the codes that it is one slip away from, the likelier first.
LIKELIER = [
    ("80240017", 0x80240071, 0x80240011),  # two digits swapped before one that is wrong
    ("80240017", 0x80240011, 0x80240016),  # what looks or sounds alike before what is near
    ("80240017", 0x80240016, 0x80240015),  # a near digit before a far one
    ("80240017", 0x80240018, 0x80240010),
    ("80240017", 0x80240010, 0x80240027),  # the last place before the others
]


@pytest.mark.parametrize(("typed", "likelier", "other"), LIKELIER)
def test_the_likelier_slips_come_first(typed: str, likelier: int, other: int):
    codes = list(likely_codes(typed))
    assert codes.index(likelier) < codes.index(other)


@pytest.mark.parametrize(
    ("text", "is_date"),
    [
        ("2024-01-01", True),
        ("2024-12-31", True),
        ("20240131", True),
        ("31.12.24", True),
        ("1 2 2024", True),
        ("24-12-31", True),
        ("2024-13-01", False),
        ("2024-00-10", False),
        ("2024-01-32", False),
        ("2024-01-00", False),
        ("32.12.24", False),
        ("13.13.24", False),
        ("00/12/24", False),
        ("1.2.3", False),
    ],
)
def test_a_date_is_one_of_the_calendar(text: str, is_date: bool):
    assert bool(dates(text)) is is_date


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("2.147.023.284", "2147023284"),
        ("2,147,483,648", "0x80000000"),
        ("-1,879,048,192", "0x90000000"),
        ("-1,879,048,191", ""),
        ("-2,147,023,284", "0x8007064C"),
        ("1,603", "1603"),
        ("- 2147483648", "0x80000000"),
        ("- 2147483649", ""),
        ("- 1879048192", "0x90000000"),
        ("- 1879048191", ""),  # no code of failure is so far from the least number
        ("2,147,023,284 octets", ""),  # a quantity: something else stands beside it
        ("12,345 files", ""),
        ("-1,603", ""),
        ("1.234.567.890", ""),  # too small for a failure that lost its sign
        ("2.100.100.256", "2100100256"),  # a version looks the same
        ("2.100.100.255", ""),
        ("10.10.20.30", ""),  # the address of a machine
        ("2.147.023.200", "2147023200"),  # none: no address has a zero before digits
        ("255.255.255.255", ""),
    ],
)
def test_marks_between_thousands_make_a_code_where_nothing_else_stands(text: str, first: str):
    read = [one.canonical for arrival in arrivals(text) for one in arrival.readings[:1]]
    assert "".join(read) == first


# What is read first; "? " before what only a documented code makes one, nothing for no code.
ARRIVING = """
8024 4019 => 0x80244019
error 8024 4019 => 0x80244019
call 8024 4019 now =>
80-24-40-19 => 0x80244019
80.07.00.05 => 0x80070005
80.24.40.19 =>
error 80.24.40.19 => 0x80244019
8 0 2 4 4 0 1 9 => 0x80244019
C000 0005 => 0xC0000005
is C000 0005 bad => 0xC0000005
0x080070005 => 0x80070005
0x0080070005 => 0x80070005
0x800700055 => 0x800700055
0x8007000555 => 0x8007000555
0x80070005555 =>
0x700700055 =>
0x00070005 => ? 0x00070005
#80070005 => 0x80070005
x80070005 => 0x80070005
room #80070005 =>
&H80070005 => 0x80070005
0xBOO7OOO5 => 0x80070005
HRESULT_FROM_WIN32(1) => 0x80070001
HRESULT_FROM_WIN32(0) =>
HRESULT_FROM_WIN32(65535) => 0x8007FFFF
0x8007 0005 => 0x80070005
0X 8007 0005 => 0x80070005
80O70005 => 0x80070005
8OO7OOO5 => 0x80070005
8OOTOOOS =>
64Ch => 0x64C
error 64Ch => 0x64C
the 64Ch port =>
800700055 => 800700055
error 800700055 => 800700055
call 800700055 now =>
8007000A5 => 0x8007000A5
hex 80070005 => 0x80070005
0x8007064 a échoué => ? 0x8007064
ends in 064C => 064C
...064C => 064C
xxxx064C => 064C
…70005 => 70005
finit par 0440 => 0440
abc12 => ? ABC12
abc12 door => ? ABC12
12345 => ? 12345
80070005 hat => ? 0x80070005
eight zero zero seven zero zero zero five => 0x80070005
eight zero zero seven hat zero zero zero five =>
eight zero zero seven / zero zero zero five =>
a b c d e f g h i 12345 k =>
a b c d e f g h 12345 => ? 12345
12345 files =>
ticket 12345 =>
0x123 here => ? 0x123
last=80CF4016 then => ? 0x80CF4016
phase: 80244019 / 10:05 next: over => ? 0x80244019
ticket 80CF4016 =>
00:80CF4016 =>
hr:80cf-4016 => 0x80CF4016
fe80:80cf-4016 =>
erreur b7f => ? 0xB7F
hall b7f =>
que signifie 2943 => ? 2943
the meaning of 2943 => ? 2943
2943 signifie => ? 2943
salle 2943 signifie =>
error 5 => 5
erreur 7 => 7
code 2 => 2
erreur 7 fois =>
errors 5 =>
erreurs : 7 =>
step 5 =>
erreur 5 et 6 tickets =>
status=200 =>
statut 304 =>
status 500 => HTTP 500
status: 1603 => 1603
MainEngineThread is returning 1603 => 1603
the thread is returning -2147023293. => 0x80070643
process returned 3010, then closed => 3010
setup exited with 1618 => 1618
msiexec exits with 1641) => 1641
le programme a retourné 1603 => 1603
le processus renvoie 1625. => 1625
le script s'est terminé avec 3010 => 3010
nous avons retourné 120 postes =>
0x80CF0438L => 0x80CF0438
AADSTS5O034 => ? AADSTS50034
AADSTS50O11 => ? AADSTS50011
aadsts700Ol6 => ? AADSTS700016
error AADSTSO0034 =>
HCW8O34 => ? HCW8034
sccmO1234 => ? SCCM01234
2943 signs =>
"""


@pytest.mark.parametrize("line", ARRIVING.split("\n")[1:-1])
def test_what_a_text_that_is_typed_is_read_as(line: str):
    text, _, expected = line.partition(" =>")
    read = [("" if one.sure else "? ") + one.readings[0].canonical for one in arrivals(text)]
    assert "".join(read) == expected.strip()
