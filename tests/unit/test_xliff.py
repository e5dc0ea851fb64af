"""XLIFF out and in: what leaves comes back, and nothing else is taken."""

import pytest

from troubleshooting.texts.translating.xliff import (
    LONGEST,
    XliffError,
    XliffFile,
    XliffUnit,
    read_xliff,
    write_xliff,
)

UNITS = [
    XliffUnit("title-1", "Plafond & <x>", "Limit", True),
    XliffUnit("resolution-1", "Ouvrez `a`  :\n\n    net use", "", False),
    XliffUnit("resolution-2", " é\u00a0» 🙂 ]]> ", " 1 < 2 ", True),
]
FILE = XliffFile(12, "plafond", "fr", 7, "en", 0, 2, UNITS)
RAW = write_xliff(FILE)


def test_what_leaves_comes_back():
    assert read_xliff(RAW) == FILE


def test_a_file_says_its_encoding_and_can_be_compared_line_by_line():
    lines = RAW.decode().splitlines()
    assert lines[0] == "<?xml version='1.0' encoding='UTF-8'?>"
    assert [line.strip() for line in lines].count("</unit>") == len(UNITS)


def test_a_row_without_a_translation_has_no_target():
    """Tools take one that is there and empty for a translation: the empty text."""
    assert RAW.count(b"<source ") == len(UNITS)
    assert RAW.count(b"<target ") == len([unit for unit in UNITS if unit.target])


@pytest.mark.parametrize("text", ["\0a", "a\x0b\x1bb", "\ufffe"])
def test_characters_that_xml_has_not_are_left_out(text: str):
    file = FILE._replace(units=[XliffUnit("title-1", text, "", False)])
    assert read_xliff(write_xliff(file)).units[0].source in ("a", "ab", "")


def test_what_tools_make_of_it_is_understood():
    raw = RAW.replace(
        b'<segment state="translated">', b'<segment state="final" subState="x:y">'
    ).replace(b"Limit<", b'<mrk id="m1" type="term">Lim</mrk>it<')
    assert read_xliff(raw).units[0] == UNITS[0]
    noted = RAW.replace(b"Limit<", b"Li<!-- a note -->m<?tool x?>it<")
    assert read_xliff(noted).units[0] == UNITS[0]
    segmented = RAW.replace(
        b"Limit</target>",
        b'Lim</target></segment><ignorable><source> </source></ignorable><segment state="final">'
        b"<source/><target>it</target>",
    )
    assert read_xliff(segmented).units[0].target == "Limit"


BOMB = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "b">]>'


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "broken"),
        (b"no xml", "broken"),
        (RAW[:-20], "broken"),
        (RAW.decode().encode("utf-16"), "not_utf8"),
        (b"\xff\xfe\x00", "not_utf8"),
        (b"x" * (LONGEST + 1), "too_large"),
        (BOMB + RAW.partition(b"?>")[2], "doctype"),
        (RAW.replace(b"<xliff", b"<!DOCTYPE xliff><xliff"), "doctype"),
        (RAW.replace(b"Limit", b"&undefined;"), "broken"),
        (b"<html/>", "version"),
        (RAW.replace(b'version="2.0"', b'version="1.2"'), "version"),
        (RAW.replace(b"document:2.0", b"document:1.2"), "version"),
        (RAW.replace(b"</file>", b"</file><file id='a3'/>"), "files"),
        (RAW.replace(b'id="a12"', b'id="x"'), "not_ours"),
        (RAW.replace(b'"source_revision"', b'"other"'), "not_ours"),
        (RAW.replace(b">7<", b">-7<"), "not_ours"),
        (RAW.replace(b"Limit", b'<ph id="1"/>Limit'), "tags"),
        (RAW.replace(b'"resolution-2"', b'"resolution-1"'), "twice"),
    ],
)
def test_files_that_are_refused(raw: bytes, code: str):
    with pytest.raises(XliffError) as refused:
        read_xliff(raw)
    assert refused.value.code == code
