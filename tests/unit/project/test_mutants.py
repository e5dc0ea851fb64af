"""How planted faults are told of: each as soon as it is known, none taken for another."""

from pathlib import Path

import pytest

from scripts.mutants import outcomes

#: Stands for pytest: tells of the second fault only when somebody has read of the first.
TWO = """
import pathlib, sys, time
tell = lambda line: print("PLANTED", line, file=sys.stderr, flush=True)
tell('[1, "survived 3 tests"]')
until = time.monotonic() + 10
while not pathlib.Path("read").exists() and time.monotonic() < until:
    time.sleep(0.01)
tell('[2, "noticed"]' if pathlib.Path("read").exists() else '[2, "nobody read of the first"]')
"""
#: The first of these faults counts as its module is read, and is tried by itself.
EARLY = """
import os, sys
if "PLANTED_ALL" in os.environ:
    for line in ('[1, "early"]', '[2, "noticed"]'):
        print("PLANTED", line, file=sys.stderr)
sys.exit(int(os.environ.get("PLANTED", "0")))
"""
BROKEN = """
import sys
print("PLANTED", '[0, "failed: test_codes"]', file=sys.stderr)
"""


def folder(path: Path, tests: str) -> Path:
    (path / "pytest.py").write_text(tests)
    return path


def test_an_outcome_is_told_before_the_next_is_known(tmp_path):
    told = outcomes(folder(tmp_path, TWO), 2, [])
    assert next(told) == (1, "survived 3 tests")
    (tmp_path / "read").touch()
    assert list(told) == [(2, "noticed")]


def test_what_counts_as_a_module_is_read_is_tried_by_itself(tmp_path):
    told = list(outcomes(folder(tmp_path, EARLY), 2, []))
    assert told == [(2, "noticed"), (1, "noticed as its module is read")]


@pytest.mark.parametrize(("tests", "why"), [(BROKEN, "test_codes"), ("raise SystemExit(4)", "")])
def test_tests_that_fail_by_themselves_tell_nothing(tmp_path, tests, why):
    with pytest.raises(ValueError, match=f"before any fault is planted.*{why}"):
        list(outcomes(folder(tmp_path, tests), 2, []))
