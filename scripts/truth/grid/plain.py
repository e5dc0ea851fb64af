"""Pages of the grid without labels: headings that name problems, with what to do in sentences."""

from __future__ import annotations

from scripts.truth.grid.page import Page
from scripts.truth.grid.pairwise import Row, cover
from scripts.truth.grid.parts import Blocks, body_blocks
from scripts.truth.grid.words import Problem, Words, clause, words_of
from scripts.truth.scoring import Expected

DIMENSIONS = {
    "page": (
        "troubleshooting",
        "questions",
        "errors",
        "known_issues",
        "readme",
        "two levels",
        "bullets in bold",
        "numbers in bold",
        "pairs",
    ),
    "title": ("statement", "noun", "raw", "raw as code", "message", "command", "other", "question"),
    "shown": ("nothing", "block", "quote", "sentence", "list"),
    "why": ("nothing", "sentence", "reason", "reasons"),
    "remedy": (
        "paragraph",
        "fix paragraph",
        "resolve paragraph",
        "steps",
        "resolve steps",
        "command",
        "resolve command",
        "tries",
        "possible",
    ),
    "between": ("nothing", "note", "link"),
    "trailing": ("none", "see_also", "next_steps", "persists"),
}
PAGES = {"troubleshooting": "troubleshooting", "questions": "questions", "errors": "errors"}


def allowed(row: Row) -> bool:
    """Return whether a page may be so."""
    steps = row["remedy"] in {"steps", "tries", "command"}
    if row["page"] == "pairs":
        return row["title"] == "statement" and row["why"] == "nothing" and row["shown"] == "nothing"
    if row["page"].endswith(" in bold") and row["title"] in {"raw as code", "command", "question"}:
        return False
    return not (row["why"] == "reasons" and steps)


def plain_pages(language: str) -> list[Page]:
    """Return the pages of ``language`` in which every two values stand together."""
    rows = cover(DIMENSIONS, allowed, seed=4)
    return [_page(language, number, row) for number, row in enumerate(rows)]


def _page(language: str, number: int, row: Row) -> Page:
    words = words_of(language)
    blocks, level = _head(row["page"], words)
    expected = []
    for at in range(2):
        problem = words.problems[(number + at) % len(words.problems)]
        title = _title(row["title"], problem, words)
        told, steps = _remedy(row["remedy"], problem, words)
        blocks += _placed(row["page"], level, title, _said(row, problem, words), told, words)
        expected.append(Expected(title=title, titles=(title,), resolutions=((steps,),)))
    if row["trailing"] == "persists":
        blocks.append(words["persists"])
    elif row["trailing"] != "none":
        blocks += [
            "## " + words["trailing." + row["trailing"]],
            f"- [{words['link']}](overview.md)",
        ]
    return Page("plain", language, row, "\n\n".join(blocks) + "\n", tuple(expected))


def _placed(page: str, level: int, title: str, said: Blocks, told: Blocks, words: Words) -> Blocks:
    """Return a problem below a heading, in an item, or before a heading that resolves it."""
    mark = "#" * level
    if page == "pairs":
        return [f"{mark} {words['example']}", title, f"{mark} {words['remedies.solution']}", *told]
    if not page.endswith(" in bold"):
        return [f"{mark} {title}", *said, *told]
    sign = "-  " if page.startswith("bullets") else "1. "
    lines = "\n\n".join([f"**{title}**", *said, *told]).split("\n")
    return [sign + "\n".join(f"   {line}" if line else "" for line in lines).lstrip()]


def _head(page: str, words: Words) -> tuple[Blocks, int]:
    if page == "readme":
        install = ["## " + words["installation"], words["install"]]
        name = "# " + words["pages.neutral"]
        return [name, words["introduction"], *install, "## " + words["troubleshooting"]], 3
    if page == "two levels":
        return ["# " + words["troubleshooting"], "## " + words["area"]], 3
    if page == "pairs":
        return [words["introduction"]], 2
    if page.endswith(" in bold"):
        return ["# " + words["pages.known_issues"], "## " + words["area"]], 3
    title = words[PAGES[page]] if page in PAGES else words["pages.known_issues"]
    return [f"# {title}", words["introduction"]], 2


def _title(form: str, problem: Problem, words: Words) -> str:
    return {
        "statement": problem.statement,
        "noun": problem.noun,
        "raw": problem.raw,
        "raw as code": f"`{problem.raw}`",
        "message": problem.message.removesuffix("."),
        "command": words["fails"].format(problem.command),
        "other": problem.other,
        "question": problem.question,
    }[form]


def _said(row: Row, problem: Problem, words: Words) -> Blocks:
    shown = {
        "nothing": [],
        "block": [words["shown"], f"```\n{problem.raw}\n```"],
        "quote": [words["shown"], f"> {problem.message}"],
        "sentence": [f"{words['shown']} {problem.message}"],
        "list": [words["several"], f"- {problem.message}\n- {problem.statement}."],
    }[row["shown"]]
    why = {
        "nothing": [],
        "sentence": [words["because"].format(problem.cause)],
        "reason": [problem.reason],
        "reasons": [words["reasons"], f"- {problem.reason}\n- {words['more_fact']}"],
    }[row["why"]]
    between = {
        "nothing": [],
        "note": [f"> [!NOTE]\n> {words['more_fact']}"],
        "link": [f"[{words['link']}](overview.md)"],
    }[row["between"]]
    return [*shown, *why, *between]


def _remedy(form: str, problem: Problem, words: Words) -> tuple[Blocks, int]:
    listed, steps = body_blocks({"body": "steps"}, problem, words)
    command, _ = body_blocks({"body": "command"}, problem, words)
    items = "\n".join(f"- {step}" for step in problem.steps)
    resolve = words["prose.resolve"]
    return {
        "paragraph": ([problem.fix], 0),
        "fix paragraph": ([words["prose.fix"] + clause(problem.fix)], 0),
        "resolve paragraph": ([resolve + clause(problem.fix)], 0),
        "steps": (listed, steps),
        "resolve steps": ([resolve + words["prose.follow"], *listed], steps),
        "command": (command, 0),
        "resolve command": ([resolve + words["prose.run"], *command[1:]], 0),
        "tries": ([words["try"], items], 0),
        "possible": ([words["possible"]], 0),
    }[form]
