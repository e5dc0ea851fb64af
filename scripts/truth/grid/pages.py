"""Pages of the grid that tell of problems one after the other, and what an editor makes of them."""

from __future__ import annotations

from functools import cache

from scripts.truth.grid.codes import FAMILIES, Code, code_of
from scripts.truth.grid.page import Page
from scripts.truth.grid.pairwise import Row, cover
from scripts.truth.grid.parts import Blocks, cause_blocks, remedy_blocks, symptom_blocks
from scripts.truth.grid.words import Problem, Words, words_of
from scripts.truth.scoring import Expected, code_key

#: How a problem is introduced, with the level of the headings of its parts (0: it can have none).
OPENINGS = {
    "title": 2,
    "title and summary": 2,
    "heading 2": 3,
    "heading 3": 4,
    "heading 4": 5,
    "why": 3,
    "how": 3,
    "numbered heading": 3,
    "issue number": 3,
    "problem number": 3,
    "quoted heading": 3,
    "code heading": 3,
    "bold line": 0,
    "numbered list": 0,
    "label bold": 0,
    "label": 0,
}
LABELS = ("inline bold", "inline", "bold line", "bold line bare")
DIMENSIONS = {
    "opening": tuple(OPENINGS),
    "page": ("troubleshoot", "known_issues", "neutral"),
    "symptom": ("none", "sentence", "block", "quote", "bold", "list"),
    "symptom part": ("none", "heading", *LABELS),
    "symptom word": ("symptom", "symptoms", "issue", "problem", "message", "description"),
    "code": (
        "none",
        "statement",
        "message",
        "message span",
        "message bold",
        "label",
        "label bold",
        "label span",
    ),
    "family": FAMILIES,
    "cause": ("none", "sentence", "heading", "heading list", *LABELS),
    "cause word": ("cause", "causes", "root_cause", "possible_cause", "reason", "why"),
    "remedy": ("none", "prose", "heading", *LABELS),
    "remedy word": (
        "resolution",
        "solution",
        "workaround",
        "fix",
        "how_to_fix",
        "what_to_do",
        "recommended_action",
        "mitigation",
        "to_resolve",
        "steps",
        "remedy",
        "corrective_action",
    ),
    "prose": ("fix", "resolve", "workaround"),
    "ways": (
        "one",
        "solution",
        "solution colon",
        "option",
        "option colon",
        "method dash",
        "workaround colon",
        "label and workaround",
        "solution colon below",
        "option colon below",
        "method dash below",
        "resolution",
    ),
    "body": (
        "paragraph",
        "steps",
        "announced steps",
        "nested steps",
        "steps with code",
        "one step",
        "bullets",
        "command",
        "steps and note",
    ),
    "trailing": (
        "none",
        "see_also",
        "next_steps",
        "references",
        "more_information",
        "feedback",
        "related",
        "persists",
    ),
}
#: What stands for a dimension that a document does not have: its values would be no difference.
UNUSED = {
    "page": "troubleshoot",
    "symptom word": "symptom",
    "family": "hex",
    "cause word": "cause",
    "remedy word": "resolution",
    "prose": "fix",
}


def allowed(row: Row) -> bool:
    """Return whether a page may be so; what makes no sense or is a matter of taste may not."""
    return all(rule(row) for rule in (_has_level, _has_place, _is_told, _is_plain))


def _has_level(row: Row) -> bool:
    """Return whether headings of parts have a level, since none stands below what is no heading."""
    if OPENINGS[row["opening"]]:
        return True
    headings = {row["symptom part"], row["cause"].removesuffix(" list"), row["remedy"]}
    return "heading" not in headings


def _has_place(row: Row) -> bool:
    """Return whether what is said has a place: no code in a message that is not shown."""
    if row["symptom"] == "none":
        return row["symptom part"] == "none" and not row["code"].startswith("message")
    if row["opening"].startswith("label") and (
        row["symptom part"] != "none" or row["symptom word"] in {"description", "symptoms"}
    ):
        return False
    marks = {"block": {"message"}, "bold": {"message", "message span"}}.get(row["symptom"])
    return marks is None or not row["code"].startswith("message") or row["code"] in marks


def _is_told(row: Row) -> bool:
    """Return whether a reader sees where what mends the problem begins."""
    open_cause = row["cause"] in {"heading", "heading list", "bold line", "bold line bare"}
    open_symptom = row["symptom part"] in {"heading", "bold line", "bold line bare"}
    steps = "step" in row["body"] and row["body"] != "one step"
    if row["remedy"] == "none":
        return steps and not open_cause and not open_symptom
    if row["remedy"] == "prose":
        return row["body"] != "bullets" and not open_cause
    inline = row["remedy"] in {"inline", "inline bold"}
    return not inline or row["body"] in {"paragraph", "announced steps", "nested steps", "command"}


def _is_plain(row: Row) -> bool:
    """Return whether values without effect are those of ``UNUSED``, and ways have a heading."""
    ways = row["ways"]
    if row["remedy"] in {"none", "prose"} and ways != "one":
        return False
    if ways.endswith("below") and row["remedy"] != "heading":
        return False
    if ways == "label and workaround" and row["remedy word"] == "workaround":
        return False
    named = ways == "one" or ways.endswith("below") or ways == "label and workaround"
    return all(
        used or row[name] == UNUSED[name]
        for name, used in {
            "page": not row["opening"].startswith("title"),
            "symptom word": row["symptom part"] != "none" or row["opening"].startswith("label"),
            "family": row["code"] != "none",
            "cause word": row["cause"] not in {"none", "sentence"},
            "remedy word": row["remedy"] not in {"none", "prose"} and named,
            "prose": row["remedy"] == "prose",
        }.items()
    )


def pages(language: str) -> list[Page]:
    """Return the pages of ``language`` in which every two values stand together."""
    return [_page(language, number, row) for number, row in enumerate(_rows())]


@cache
def _rows() -> tuple[Row, ...]:
    """Return the values of the pages, the same in every language: to find them takes seconds."""
    return tuple(cover(DIMENSIONS, allowed, seed=2))


def _page(language: str, number: int, row: Row) -> Page:
    words = words_of(language)
    count = 1 if row["opening"].startswith("title") else 2
    blocks, expected = _head(row, words), []
    for at in range(count):
        problem = words.problems[(number + at) % len(words.problems)]
        other = words.problems[(number + at + 2) % len(words.problems)]
        code = code_of(row["family"], at, words)
        found, article = _problem(row, at + 1, (problem, other), code, words)
        blocks += found
        expected.append(article)
    return Page(
        "pages", language, row, "\n\n".join([*blocks, *_tail(row, words)]) + "\n", tuple(expected)
    )


def _head(row: Row, words: Words) -> Blocks:
    if row["opening"].startswith("title"):
        return []
    above = {
        "heading 3": [f"## {words['group']}"],
        "heading 4": [f"## {words['area']}", f"### {words['group']}"],
    }
    head = ["# " + words["pages." + row["page"]], words["introduction"]]
    return [*head, *above.get(row["opening"], [])]


def _tail(row: Row, words: Words) -> Blocks:
    if row["trailing"] == "none":
        return []
    if row["trailing"] == "persists":
        return [words["persists"]]
    said = f"- [{words['link']}](overview.md)"
    if row["trailing"] == "more_information":
        said = words["more_fact"]
    return ["## " + words["trailing." + row["trailing"]], said]


def _problem(
    row: Row, number: int, problems: tuple[Problem, Problem], code: Code, words: Words
) -> tuple[Blocks, Expected]:
    problem, other = problems
    title = _title(row, problem, code, words)
    level = OPENINGS[row["opening"]]
    blocks = symptom_blocks(row, problem, code, words, level)
    blocks += cause_blocks(row, problem, words, level)
    remedy, counts = remedy_blocks(row, problem, other, words, level)
    codes = frozenset() if row["code"] == "none" else frozenset({code_key(code.name)})
    expected = Expected(title=title, titles=(title,), codes=codes, resolutions=(counts,))
    return _opened(row, number, title, [*blocks, *remedy], words), expected


def _title(row: Row, problem: Problem, code: Code, words: Words) -> str:
    named = row["code"] == "statement"
    if row["opening"] == "why":
        return words["asked"].format(code.named) if named else problem.question
    if row["opening"] == "how":
        return words["asked_how"].format(code.named) if named else problem.how
    said = problem.message if row["opening"] in {"quoted heading", "code heading"} else ""
    said = said.removesuffix(".") or problem.statement
    return f"{code.phrase}: {said}" if named else said


def _opened(row: Row, number: int, title: str, blocks: Blocks, words: Words) -> Blocks:
    label = words[f"symptoms.{row['symptom word']}"]
    numbered = {
        "issue number": words["numbered.issue"].format(number=number),
        "problem number": words["numbered.problem"].format(number=number),
    }.get(row["opening"], "")
    opening = {
        "title": f"# {title}",
        "title and summary": f"# {title}\n\n{words['summary']}",
        "heading 3": f"### {title}",
        "heading 4": f"#### {title}",
        "numbered heading": f"## {number}. {title}",
        "issue number": f"## {words.labelled(numbered)} {title}",
        "problem number": f"## {words.labelled(numbered)} {title}",
        "quoted heading": f'## "{title}"',
        "code heading": f"## `{title}`",
        "bold line": f"**{title}**",
        "label bold": f"**{words.labelled(label)}** {title}",
        "label": f"{words.labelled(label)} {title}",
    }.get(row["opening"], f"## {title}")
    if row["opening"] == "numbered list":
        lines = "\n\n".join(blocks).splitlines()
        inside = "\n".join(f"   {line}" if line else "" for line in lines)
        return [f"{number}. **{title}**\n\n{inside}"]
    return [opening, *blocks]
