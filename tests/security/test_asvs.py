"""docs/asvs.md: every requirement of level 1 has a row, and the tests that it names are there."""

from __future__ import annotations

import ast
import re

import pytest

from tests.infra.project import ROOT, read

#: The requirements of level 1 of ASVS 5.0.0, by section: how many of the first, or which.
LEVEL_1 = {
    "1.2": (1, 2, 3, 4, 5), "1.3": (1, 2), "1.5": (1,), "2.1": (1,), "2.2": (1, 2), "2.3": (1,),
    "3.2": (1, 2), "3.3": (1,), "3.4": (1, 2), "3.5": (1, 2, 3), "4.1": (1,), "4.4": (1,),
    "5.2": (1, 2), "5.3": (1, 2), "6.1": (1,), "6.2": (1, 2, 3, 4, 5, 6, 7, 8), "6.3": (1, 2),
    "6.4": (1, 2), "7.2": (1, 2, 3, 4), "7.4": (1, 2), "8.1": (1,), "8.2": (1, 2), "8.3": (1,),
    "9.1": (1, 2, 3), "9.2": (1,), "10.4": (1, 2, 3, 4, 5), "11.3": (1, 2), "11.4": (1,),
    "12.1": (1,), "12.2": (1, 2), "13.4": (1,), "14.2": (1,), "14.3": (1,), "15.1": (1,),
    "15.2": (1,), "15.3": (1,),
}  # fmt: skip
ROWS = re.findall(r"^\| (\d+\.\d+\.\d+) \| (.+?) \| (.+?) \|(.*)\|$", read("docs/asvs.md"), re.M)
SOURCES = [
    path for folder in ("kbportal", "troubleshooting") for path in (ROOT / folder).rglob("*.py")
]


def test_every_requirement_has_a_row():
    numbers = [f"{section}.{one}" for section, ones in LEVEL_1.items() for one in ones]
    assert [number for number, *_ in ROWS] == numbers
    assert len(numbers) == 70


@pytest.mark.parametrize(("number", "met", "reason"), [(n, m, r) for n, _w, m, r in ROWS])
def test_a_row_says_how_far_and_by_what(number: str, met: str, reason: str):
    assert met in ("yes", "in part", "by hand", "not there")
    assert reason.strip() or met == "not there"
    for path in re.findall(r"`((?:tests|docs|deploy|kbportal|troubleshooting)/[^`]+)`", reason):
        assert (ROOT / path).exists(), path


def test_nothing_is_evaluated_and_no_weak_hash_is_asked_for():
    """1.3.2 and 11.4.1: by the calls of the program itself."""
    calls = [
        ast.unparse(node.func)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
    ]
    assert {"eval", "exec", "compile", "hashlib.md5", "hashlib.sha1"}.isdisjoint(calls)
    assert "hashlib.sha256" in calls


def test_every_parser_of_xml_resolves_nothing():
    """1.5.1: by the calls of the program itself; that of the standard library resolves nothing."""
    wanted = {"resolve_entities": "False", "no_network": "True", "load_dtd": "False"}
    calls = [
        {word.arg: ast.unparse(word.value) for word in node.keywords}
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "etree.XMLParser"
    ]
    assert len(calls) >= 2
    assert all(wanted.items() <= given.items() for given in calls)


def test_secrets_are_encrypted_by_an_approved_cipher_alone():
    """11.3.1, 11.3.2: what of the package for encryption the program names."""
    names = {
        name.name
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("cryptography")
        for name in node.names
    }
    assert names == {"Fernet", "InvalidToken", "MultiFernet"}


def test_the_proxy_speaks_no_old_tls():
    assert "ssl_protocols TLSv1.2 TLSv1.3;" in read("deploy/nginx.conf")
