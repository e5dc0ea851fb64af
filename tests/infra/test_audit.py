"""The audit of packages fails on a finding alone; without its service it says so at once."""

from __future__ import annotations

import json

import pytest

from scripts.publishing import audit
from tests.infra.project import ROOT, read

SOUND = {"name": "django", "version": "5.2.19", "vulns": []}
SKIPPED = {"name": "unknown", "skip_reason": "not found"}
WEAK = {"name": "lxml", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2", "3"]}]}
OPEN = {"name": "nh3", "version": "1", "vulns": [{"id": "PYSEC-2", "fix_versions": []}]}


@pytest.mark.parametrize(
    ("said", "status", "words"),
    [
        ([SOUND, SKIPPED], 0, "No weakness"),
        ([SOUND, WEAK], 1, "lxml 1: PYSEC-1, mended in 2, 3"),
        ([OPEN], 1, "nh3 1: PYSEC-2, mended in no version yet"),
        (None, 0, "Not audited: pip-audit"),
    ],
    ids=["nothing", "a weakness", "one that nothing mends", "a tool that fails"],
)
def test_a_finding_alone_is_a_failure(monkeypatch, capsys, said, status, words):
    text = "" if said is None else json.dumps({"dependencies": said})
    monkeypatch.setattr(audit, "is_reached", lambda: True)
    monkeypatch.setattr(audit, "report", lambda: text)
    assert audit.main() == status
    assert words in capsys.readouterr().out


@pytest.mark.parametrize("said", ['{"other": []}', "[]", '{"dependencies": [{"name": "a"}]}', "x"])
def test_what_is_no_report_is_none(said: str):
    with pytest.raises(ValueError, match=r"."):
        audit.findings(said)


def test_without_its_service_nothing_is_started(monkeypatch, capsys):
    monkeypatch.setattr(audit, "SERVICE", ("127.0.0.1", 1))
    monkeypatch.setattr(audit, "report", lambda: pytest.fail("the tool was started"))
    assert audit.main() == 0
    assert "127.0.0.1 is not reached" in capsys.readouterr().out


def test_ci_asks_and_the_document_names_the_tool():
    assert "make audit" in (ROOT / ".ci" / "run").read_text("utf-8")
    assert audit.TOOL.replace("==", " ") in read("docs/dependencies.md")
