"""Pages of the grid about one problem each that has several causes or several ways out."""

from __future__ import annotations

from scripts.truth.grid.page import Page
from scripts.truth.grid.pairwise import Row, cover
from scripts.truth.grid.parts import Blocks, body_blocks
from scripts.truth.grid.words import Problem, Words, words_of
from scripts.truth.scoring import Expected

DIMENSIONS = {
    "opening": ("title", "heading 2", "heading 3"),
    "page": ("troubleshoot", "known_issues", "neutral"),
    "layout": (
        "counted causes",
        "counted causes in bold",
        "causes with ways below",
        "causes with labels below",
        "causes by names",
        "tabs",
        "tabs of MkDocs",
        "tabs of Docusaurus",
        "tabs of GitBook",
        "tabs of Hugo",
        "folded",
        "bold lines",
        "announced bold lines",
        "announced headings",
        "tools",
        "steps as headings",
    ),
    "body": (
        "paragraph",
        "steps",
        "announced steps",
        "nested steps",
        "steps with code",
        "command",
        "steps and note",
    ),
    "before": ("nothing", "applies to", "note", "image", "prerequisites"),
    "warned": ("no", "warning", "important", "box of MkDocs", "box of colons", "box of GitBook"),
    "symptom": ("sentence", "heading", "label", "none"),
    "trailing": ("none", "see_also", "next_steps", "more_information", "persists"),
}
TOOLS = ("PowerShell", "Azure CLI")
LEVELS = {"title": 1, "heading 2": 2, "heading 3": 3}


def allowed(row: Row) -> bool:
    """Return whether a page may be so; values without effect are the first of their dimension."""
    if row["opening"] == "title" and row["page"] != "troubleshoot":
        return False
    if row["layout"] == "steps as headings":
        return row["body"] == "paragraph" and row["warned"] == "no" and row["before"] == "nothing"
    if row["layout"] == "bold lines" and "step" not in row["body"]:
        return False  # they may as well be what one way out consists of
    return row["before"] != "prerequisites" or (
        row["opening"] == "title"
        and row["symptom"] in {"none", "heading"}
        and row["layout"] != "counted causes in bold"
    )


def ways(language: str) -> list[Page]:
    """Return the pages of ``language`` in which every two values stand together."""
    rows = cover(DIMENSIONS, allowed, seed=3)
    return [_page(language, number, row) for number, row in enumerate(rows)]


def _page(language: str, number: int, row: Row) -> Page:
    words = words_of(language)
    count = len(words.problems)
    alone = row["opening"] == "title"
    blocks = [] if alone else ["# " + words["pages." + row["page"]], words["introduction"]]
    if row["opening"] == "heading 3":
        blocks.append("## " + words["group"])
    expected = []
    for at in range(1 if alone else 2):
        problems = [words.problems[(number + at + shift) % count] for shift in (0, 2)]
        found, counts = _problem(row, problems, words)
        blocks += found
        title = problems[0].statement
        expected.append(Expected(title=title, titles=(title,), resolutions=(counts,)))
    blocks += _trailing(row, words)
    return Page("ways", language, row, "\n\n".join(blocks) + "\n", tuple(expected))


def _trailing(row: Row, words: Words) -> Blocks:
    if row["trailing"] in {"none", "persists"}:
        return [] if row["trailing"] == "none" else [words["persists"]]
    return ["## " + words["trailing." + row["trailing"]], f"- [{words['link']}](overview.md)"]


def _problem(row: Row, problems: list[Problem], words: Words) -> tuple[Blocks, tuple[int, ...]]:
    level = LEVELS[row["opening"]]
    below = "#" * (level + 1) + " "
    before = {
        "nothing": [],
        "applies to": [f"**{words.labelled(words['applies'])}** Contoso Desk"],
        "note": [f"> [!NOTE]\n> {words['more_fact']}"],
        "image": ["![Contoso Desk](media/desk.png)"],
        "prerequisites": [below + words["prerequisites"], words["more_fact"]],
    }[row["before"]]
    shown = f"{words['shown']} {problems[0].message}"
    symptom = {
        "none": [],
        "sentence": [shown],
        "heading": [below + words["symptoms.symptoms"], shown],
        "label": [f"**{words.labelled(words['symptoms.symptom'])}** {shown}"],
    }[row["symptom"]]
    head = f"{'#' * level} {problems[0].statement}"
    told, counts = _told(row, problems, words, level + 1)
    return [head, *before, *symptom, *told], counts


def _told(
    row: Row, problems: list[Problem], words: Words, level: int
) -> tuple[Blocks, tuple[int, ...]]:
    if row["layout"] == "steps as headings":
        return _steps_as_headings(problems[0], words, level), (len(problems[0].steps),)
    blocks = _introduced(row["layout"], words, level)
    counts = []
    for number, problem in enumerate(problems, 1):
        body, steps = body_blocks(row, problem, words)
        body = [*_warned(row["warned"], words), *body]
        blocks += _way(row["layout"], number, problem, body, words, level)
        counts.append(steps)
    blocks += {"tabs": ["---"], "tabs of GitBook": ["{% endtabs %}"]}.get(row["layout"], [])
    blocks += {"tabs of Docusaurus": ["</Tabs>"], "tabs of Hugo": ["{{< /tabs >}}"]}.get(
        row["layout"], []
    )
    return blocks, tuple(counts)


def _warned(form: str, words: Words) -> Blocks:
    said = words["more_fact"]
    return {
        "no": [],
        "warning": [f"> [!WARNING]\n> {said}"],
        "important": [f"> [!IMPORTANT]\n> {said}"],
        "box of MkDocs": [f"!!! warning\n\n    {said}"],
        "box of colons": [f":::warning\n\n{said}\n\n:::"],
        "box of GitBook": [f'{{% hint style="warning" %}}\n{said}\n{{% endhint %}}'],
    }[form]


def _introduced(layout: str, words: Words, level: int) -> Blocks:
    if "cause" in layout:
        return []
    announced = [words["methods"]] if layout.startswith("announced") else []
    return [f"{'#' * level} {words['remedies.resolution']}", *announced]


def _way(
    layout: str, number: int, problem: Problem, body: Blocks, words: Words, level: int
) -> Blocks:
    mark, below = "#" * level, "#" * (level + 1)
    cause = words["ways.cause"].format(number=number)
    counted = words["ways.resolution"].format(number=number)
    label, reason = words["remedies.resolution"], problem.reason.removesuffix(".")
    heads = {
        "counted causes": [f"{mark} {cause}", problem.reason, f"{mark} {counted}"],
        "counted causes in bold": [
            f"**{words.labelled(cause)}** {problem.reason}",
            f"**{words.labelled(counted)}**",
        ],
        "causes with ways below": [
            f"{mark} {words.labelled(cause)} {reason}",
            words["more_fact"],
            f"{below} {label}",
        ],
        "causes with labels below": [
            f"{mark} {words.labelled(cause)} {reason}",
            f"**{words.labelled(label)}**",
        ],
        "causes by names": [
            f"{mark} {words.labelled(words['causes.cause'])} {reason}",
            f"{below} {label}",
        ],
        "tabs": [f"{below} [{problem.way}](#tab/way{number})"],
        "folded": [f"<details>\n<summary>{problem.way}</summary>"],
        "announced headings": [f"{below} {problem.way}"],
        "tools": [f"{below} {TOOLS[number - 1]}"],
    }
    if layout.startswith("tabs of"):
        return _tab(layout.removeprefix("tabs of "), number, problem.way, body)
    head = heads.get(layout, [f"**{problem.way}**"])
    return [*head, *body, "</details>"] if layout == "folded" else [*head, *body]


def _tab(maker: str, number: int, name: str, body: Blocks) -> Blocks:
    """Return a tab in the marks of ``maker``; the first opens the group."""
    if maker == "MkDocs":
        lines = "\n\n".join(body).split("\n")
        return [f'=== "{name}"', "\n".join(f"    {line}" if line else "" for line in lines)]
    group, opening, closing = {
        "Docusaurus": ("<Tabs>", f'<TabItem value="way{number}" label="{name}">', "</TabItem>"),
        "GitBook": ("{% tabs %}", f'{{% tab title="{name}" %}}', "{% endtab %}"),
        "Hugo": ("{{< tabs >}}", f'{{{{% tab name="{name}" %}}}}', "{{% /tab %}}"),
    }[maker]
    return [*([group] if number == 1 else []), opening, *body, closing]


def _steps_as_headings(problem: Problem, words: Words, level: int) -> Blocks:
    blocks = [f"{'#' * level} {words['remedies.resolution']}"]
    for number, step in enumerate(problem.steps, 1):
        name = words["step"].format(number=number)
        title = step.removesuffix(".").replace("**", "")
        blocks += [f"{'#' * (level + 1)} {words.labelled(name)} {title}", words["more_fact"]]
    return blocks
