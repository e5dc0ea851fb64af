"""Documents parsed while others are stored: the same reports in the same order, few at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from troubleshooting.importing import import_paths
from troubleshooting.importing.ahead import parsed_ahead
from troubleshooting.texts.docfx import DocumentError

GOOD = (
    "# Kiosk {n} is silent\n\nIt says **No queue {n}**.\n\n## Resolution\n\n1. Wake it.\n2. Wait.\n"
)


@pytest.mark.django_db
def test_the_reports_are_those_of_one_after_the_other(tmp_path: Path):
    for number in range(7):
        text = GOOD.format(n=number) if number != 3 else ""
        (tmp_path / f"kiosk-{number}.md").write_text(text, "utf-8")
    one, several = (
        import_paths([str(tmp_path)], dry_run=True, jobs=jobs).as_json() for jobs in (1, 3)
    )
    assert several == one
    assert [d["outcome"] for d in several["documents"]].count("failed") == 1


@pytest.mark.parametrize(("files", "jobs"), [(1, 2), (9, 2), (20, 3)])
def test_a_few_wait_at_most_and_each_comes_in_its_turn(files: int, jobs: int):
    parsed: list[int] = []

    def parse(file: int) -> int:
        parsed.append(file)
        if file == 5:
            raise DocumentError("nothing")
        return file * 10

    order = list(range(files))
    with parsed_ahead(order, parse, jobs) as take:
        for taken, file in enumerate(order, 1):
            if file == 5:
                with pytest.raises(DocumentError):
                    take(file)
            else:
                assert take(file) == file * 10
            assert len(parsed) <= taken + 2 * jobs
    assert sorted(parsed) == order


def test_files_that_are_not_asked_for_are_passed_over():
    with parsed_ahead([1, 2, 3, 4], lambda file: file, 2) as take:
        assert [take(1), take(4)] == [1, 4]


@pytest.mark.parametrize("given", ["0", "-1", "65", "many", "1.5"])
def test_a_number_of_jobs_that_makes_no_sense_is_refused(given: str):
    with pytest.raises(CommandError, match=given):
        call_command("import_docs", "x.md", f"--jobs={given}")
