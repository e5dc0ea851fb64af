"""The parts of a problem in a document of the grid: what is seen, why, and what mends it.

Each function returns paragraphs, and the last one the steps of each resolution too.
"""

from __future__ import annotations

from scripts.truth.grid.codes import Code
from scripts.truth.grid.pairwise import Row
from scripts.truth.grid.words import Problem, Words, clause

Blocks = list[str]
#: Marks around a code within a message, by where the code stands.
CODE_MARKS = {"message": "", "message span": "`", "message bold": "**"}


def marked(mark: str, label: str, level: int, words: Words) -> tuple[Blocks, str]:
    """Return what introduces a part: paragraphs of its own, and what its first one begins with."""
    labelled = words.labelled(label)
    return {
        "heading": ([f"{'#' * level} {label}"], ""),
        "bold line": ([f"**{labelled}**"], ""),
        "bold line bare": ([f"**{label}**"], ""),
        "inline bold": ([], f"**{labelled}** "),
        "inline": ([], f"{labelled} "),
    }[mark]


def with_prefix(prefix: str, blocks: Blocks) -> Blocks:
    """Return ``blocks`` with ``prefix`` before the first."""
    return [prefix + blocks[0], *blocks[1:]]


def symptom_blocks(row: Row, problem: Problem, code: Code, words: Words, level: int) -> Blocks:
    """Return what users see, and the line that names the code, where it has one."""
    message = problem.message
    if row["code"] in CODE_MARKS:
        message = f"{code.marked(CODE_MARKS[row['code']])}: {message}"
    blocks = {
        "none": [],
        "sentence": [f"{words['shown']} {message}"],
        "block": [words["shown"], f"```output\n{message}\n```"],
        "quote": [words["shown"], f"> {message}"],
        "bold": [words["shown"], f"**{message}**"],
        "list": [words["several"], f"- {message}\n- {problem.statement}."],
    }[row["symptom"]]
    if row["symptom part"] != "none" and blocks:
        label = words[f"symptoms.{row['symptom word']}"]
        before, prefix = marked(row["symptom part"], label, level, words)
        blocks = [*before, *with_prefix(prefix, blocks)]
    if row["code"].startswith("label"):
        label = words.labelled(code.label)
        line = {
            "label": f"{label} {code.name}",
            "label bold": f"**{label}** {code.name}",
            "label span": f"**{label}** `{code.name}`",
        }[row["code"]]
        blocks = [line, *blocks]
    return blocks


def cause_blocks(row: Row, problem: Problem, words: Words, level: int) -> Blocks:
    """Return why the problem occurs."""
    said = problem.reason
    if row["cause"] == "none":
        return []
    if row["cause"] == "sentence":
        return [words["because"].format(problem.cause)]
    mark = row["cause"].removesuffix(" list")
    before, prefix = marked(mark, words[f"causes.{row['cause word']}"], level, words)
    blocks = [said]
    if row["cause"].endswith(" list"):
        blocks = [words["reasons"], f"- {said}\n- {words['more_fact']}"]
    return [*before, *with_prefix(prefix, blocks)]


def body_blocks(row: Row, problem: Problem, words: Words) -> tuple[Blocks, int]:
    """Return what tells how to mend the problem, and how many steps that has."""
    steps = problem.steps
    fence = f"```console\n{problem.command}\n```"
    listed = "\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1))
    nested = f"1. {steps[0]}\n   1. {words['substep']}\n2. {steps[1]}\n3. {steps[2]}"
    fenced = f"1. {steps[0]}\n\n   ```console\n   {problem.command}\n   ```\n\n2. {steps[1]}"
    return {
        "paragraph": ([problem.fix], 0),
        "steps": ([listed], 3),
        "announced steps": ([words["follow"], listed], 3),
        "nested steps": ([words["follow"], nested], 3),
        "steps with code": ([fenced], 2),
        "one step": ([f"1. {steps[0]}"], 1),
        "bullets": (["\n".join(f"- {step}" for step in steps)], 0),
        "command": ([words["run"], fence], 0),
        "steps and note": ([listed, words["more_fact"]], 3),
    }[row["body"]]


def prose_blocks(row: Row, problem: Problem, words: Words) -> tuple[Blocks, int]:
    """Return what tells how to mend the problem, begun by a sentence that says so."""
    begin = words[f"prose.{row['prose']}"]
    blocks, steps = body_blocks(row, problem, words)
    if row["body"] == "paragraph":
        return [begin + clause(blocks[0])], steps
    if row["body"] == "command":
        return [begin + words["prose.run"], *blocks[1:]], steps
    listed = blocks[1:] if row["body"] in {"announced steps", "nested steps"} else blocks
    return [begin + words["prose.follow"], *listed], steps


def remedy_blocks(
    row: Row, problem: Problem, other: Problem, words: Words, level: int
) -> tuple[Blocks, tuple[int, ...]]:
    """Return what mends the problem, and the steps of each resolution; ``other`` is a second."""
    mark = row["remedy"]
    if mark in {"none", "prose"}:
        make = body_blocks if mark == "none" else prose_blocks
        blocks, steps = make(row, problem, words)
        return blocks, (steps,)
    label = words[f"remedies.{row['remedy word']}"]
    if row["ways"] == "one":
        blocks, steps = body_blocks(row, problem, words)
        before, prefix = marked(mark, label, level, words)
        return [*before, *with_prefix(prefix, blocks)], (steps,)
    return _several(row, (problem, other), words, level, label)


def _several(
    row: Row, problems: tuple[Problem, Problem], words: Words, level: int, label: str
) -> tuple[Blocks, tuple[int, ...]]:
    blocks: Blocks = []
    counts: list[int] = []
    below = row["ways"].endswith(" below")
    if below:
        blocks += marked(row["remedy"], label, level, words)[0]
        level += 1
    for number, problem in enumerate(problems, 1):
        name = _way_name(row["ways"].removesuffix(" below"), number, problem, words, label)
        body, steps = body_blocks(row, problem, words)
        before, prefix = marked(row["remedy"], name, level, words)
        blocks += [*before, *with_prefix(prefix, body)]
        counts.append(steps)
    return blocks, tuple(counts)


def _way_name(way: str, number: int, problem: Problem, words: Words, label: str) -> str:
    if way == "label and workaround":
        return label if number == 1 else words["remedies.workaround"]
    kind, _, form = way.partition(" ")
    name = words[f"ways.{kind}"].format(number=number, letter="AB"[number - 1])
    return {
        "": name,
        "colon": f"{words.labelled(name)} {problem.way}",
        "dash": f"{name} - {problem.way}",
    }[form]
