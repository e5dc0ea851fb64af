"""Pages of the grid that tell of problems in the rows of a table."""

from __future__ import annotations

from scripts.truth.grid.codes import FAMILIES, code_of
from scripts.truth.grid.page import Page
from scripts.truth.grid.pairwise import Row, cover
from scripts.truth.grid.words import Problem, Words, words_of
from scripts.truth.scoring import Expected, code_key

DIMENSIONS = {
    "columns": (
        "code problem cause remedy",
        "code problem remedy cause",
        "code problem remedy",
        "code cause remedy",
        "code remedy",
        "code problem cause",
        "problem cause remedy",
        "problem remedy",
        "problem code cause remedy",
    ),
    "code word": ("0", "1"),
    "problem word": ("0", "1", "2", "3", "4"),
    "cause word": ("0", "1", "2"),
    "remedy word": ("0", "1", "2", "3", "4", "5", "6", "7", "8"),
    "family": FAMILIES,
    "mark": ("", "`", "**"),
    "remedy cell": ("sentence", "numbered lines", "ordered list", "lines"),
    "form": ("pipes", "html"),
    "above": ("title", "heading"),
    "page": ("troubleshoot", "known_issues", "neutral"),
}
ROWS = 2


def allowed(row: Row) -> bool:
    """Return whether a table may be so; values without effect are the first of their dimension."""
    columns = row["columns"].split()
    used = {"code word": "code", "problem word": "problem", "cause word": "cause"}
    used |= {"remedy word": "remedy", "remedy cell": "remedy", "family": "code", "mark": "code"}
    plain = all(
        column in columns or row[name] == DIMENSIONS[name][0] for name, column in used.items()
    )
    return plain and (row["form"] == "pipes" or row["mark"] == "")


def tables(language: str) -> list[Page]:
    """Return the tables of ``language`` in which every two values stand together."""
    rows = cover(DIMENSIONS, allowed, seed=2)
    return [_page(language, number, row) for number, row in enumerate(rows)]


def _page(language: str, number: int, row: Row) -> Page:
    words = words_of(language)
    columns = row["columns"].split()
    header = [words.said["tables"][name][int(row[f"{name} word"])] for name in columns]
    cells, expected = [], []
    for at in range(ROWS):
        problem = words.problems[(number + at) % len(words.problems)]
        found = _cells(row, problem, at, words)
        cells.append([found[name] for name in columns])
        expected.append(_article(row, problem, at, words))
    lines = ["# " + words["pages." + row["page"]], words["introduction"]]
    if row["above"] == "heading":
        lines.append("## " + words["area"])
    lines.append((_pipes if row["form"] == "pipes" else _html)(header, cells))
    return Page("tables", language, row, "\n\n".join(lines) + "\n", tuple(expected))


def _cells(row: Row, problem: Problem, at: int, words: Words) -> dict[str, str]:
    steps = problem.steps
    mark = row["mark"]
    return {
        "code": mark + code_of(row["family"], at, words).name + mark,
        "problem": f"{problem.statement}.",
        "cause": problem.reason,
        "remedy": {
            "sentence": problem.fix,
            "numbered lines": "<br>".join(f"{n}. {step}" for n, step in enumerate(steps, 1)),
            "ordered list": "<ol>" + "".join(f"<li>{step}</li>" for step in steps) + "</ol>",
            "lines": "<br>".join(steps),
        }[row["remedy cell"]],
    }


def _article(row: Row, problem: Problem, at: int, words: Words) -> Expected:
    columns = row["columns"].split()
    code = code_of(row["family"], at, words)
    counted = row["remedy cell"] in {"numbered lines", "ordered list"}
    titles = {"code": code.name, "problem": problem.statement, "cause": problem.reason}
    return Expected(
        title=titles[columns[0]],
        titles=tuple(titles[name] for name in columns if name in titles),
        codes=frozenset({code_key(code.name)} if "code" in columns else ()),
        resolutions=(((len(problem.steps) if counted else 0,) if "remedy" in columns else ()),),
    )


def _pipes(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _html(header: list[str], rows: list[list[str]]) -> str:
    head = "".join(f"<th>{cell}</th>" for cell in header)
    body = ["".join(f"<td>{cell}</td>" for cell in cells) for cells in rows]
    lines = "\n".join(f"<tr>{cells}</tr>" for cells in (head, *body))
    return f"<table>\n{lines}\n</table>"
