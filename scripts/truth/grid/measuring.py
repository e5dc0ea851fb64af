"""What the importer makes of the documents of the grid, beside what an editor would."""

from __future__ import annotations

from dataclasses import dataclass

from scripts.truth.grid.page import Page
from scripts.truth.grid.pages import pages
from scripts.truth.grid.plain import plain_pages
from scripts.truth.grid.tables import tables
from scripts.truth.grid.ways import ways
from scripts.truth.reading import made_of
from scripts.truth.scoring import Score, score
from troubleshooting.texts.docfx import read_document


@dataclass(frozen=True, slots=True)
class Result:
    """A page of the grid with its measures; ``told`` says in words what differs."""

    page: Page
    score: Score
    told: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Return whether the page is read wholly as an editor would."""
        return all(value in {None, 1.0} for value in self.score.values.values())


def results(language: str) -> list[Result]:
    """Return all pages of ``language``, each read and measured."""
    kinds = (pages, tables, ways, plain_pages)
    return [_result(page) for make in kinds for page in make(language)]


def _result(page: Page) -> Result:
    document = read_document(page.text.encode(), "page.md", language=page.language)
    made = [made_of(entry, page.language) for entry in document.entries]
    found = score(page.expected, made)
    told = (
        *(
            f"expected {each.title} {sorted(each.codes)} {each.resolutions}"
            for each in page.expected
        ),
        *(f"made {each.title} {sorted(each.codes)} {each.resolutions}" for each in made),
    )
    return Result(page, found, told)
