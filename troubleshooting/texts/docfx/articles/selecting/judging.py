"""What a section is: a problem, a group of them, one procedure, a closing section."""

from __future__ import annotations

import re

from ....codes import codes_of_title, find_codes, parse_code
from ....languages import Labels
from ....languages.matching import is_section
from ....markup import Block, ListBlock, Paragraph, Table
from ....markup.blocks import walk
from ..alternatives import are_tools
from ..instructions import (
    announces_ways,
    commands,
    instructs,
    is_message,
    is_symbol,
    names_problem,
)
from ..labelling import part_label, split_labels, tab_label, tables_of_causes
from ..listing import mended_together
from ..resolutions import is_method
from ..sections import HeadingSection
from ..steps import is_step
from ..tables import error_columns
from .apart import FEWEST, Pairs, answered_pairs, names_one, titled_problems

# What stands before the title of a problem that is counted, or of a question.
COUNT = re.compile(r"^(?:\d{1,2}[.)]|[QF]\d{0,2} ?[:.]|\.{3}|…)\s+(?=[^\W\d_]{2}|[\"“«])")


#: What the title of a document says that gathers problems.
_OF_PROBLEMS = ("problem_group", "problems_title", "known_issues", "fix_title", "codes_title")

#: The labels of what somebody sees.
_SEEN = ("problem", "message")


class Judge:
    """Tells what sections are, in documents of one language."""

    def __init__(self, labels: Labels, title: str) -> None:
        """Make one; ``title`` is that of the document: it says whether it is about error codes."""
        self.labels = labels
        self.title = title
        self.coded = labels.says("codes_title", title)
        #: By section, which of those below are told apart; all of them are asked about each other.
        self._told_apart: dict[int, tuple[HeadingSection, set[int]]] = {}
        self._own: dict[int, tuple[HeadingSection, set[int]]] = {}
        self._pairs: dict[int, Pairs] = {}
        self._promises_to_mend = any(
            labels.says(phrase, title)
            for phrase in ("fix_title", "problems_title", "problem_group")
        )
        self.is_about_problems = names_problem(title, labels) or any(
            labels.says(phrase, title) for phrase in _OF_PROBLEMS
        )

    def is_in_steps(self, section: HeadingSection) -> bool:
        """Return whether the headings below are steps of one procedure, and nothing else."""
        heads = [child for child in section.children if not self.is_closing(child)]
        steps = [child for child in heads if is_step(child.as_heading(), self.labels)]
        steps = [child for child in steps if not self.is_numbered_problem(child)]
        return len(steps) > 1 and len(steps) == len(heads)

    def is_by_tools(self, section: HeadingSection) -> bool:
        """Return whether each heading below a task says how to do it with one system or tool.

        A heading that speaks of problems has them below, whatever their names are.
        """
        heads = [child for child in section.children if not self.is_closing(child)]
        if any(self.labels.says(phrase, section.title) for phrase in _OF_PROBLEMS):
            return False
        if not are_tools([child.title for child in heads], self.labels):
            return False
        if any(map(self.is_article_below, (each for child in heads for each in child.walk()))):
            return False
        told = (any(instructs(block, self.labels) for block in child.flat()) for child in heads)
        below = (each.title for child in heads for each in child.walk())
        return all(told) and not any(names_problem(title, self.labels) for title in below)

    def is_numbered_problem(self, section: HeadingSection) -> bool:
        """Return whether a number stands before the name of a problem: "2. The lamp is offline"."""
        bare = COUNT.sub("", section.title)
        return bare != section.title and names_problem(bare, self.labels)

    def has_own_articles(self, section: HeadingSection) -> bool:
        """Return whether a section holds others besides "See also" and the like."""
        others = [child for child in section.children if not self.is_closing(child)]
        return bool(others or self.error_tables(section))

    def has_articles(self, section: HeadingSection) -> bool:
        """Return whether a text without headings is about a problem, or lists some."""
        return self.is_problem(section) or bool(self.error_tables(section))

    def is_closing(self, section: HeadingSection) -> bool:
        return self.is_section("closing", section) and not self.is_labelled(section)

    def is_section(self, kind: str, section: HeadingSection) -> bool:
        return is_section(kind, section.title, section.anchor, self.labels)

    def labelled(self, section: HeadingSection) -> set[str]:
        """Return the parts that labels right under ``section`` name."""
        blocks = split_labels(section.blocks, self.labels)
        heads: list[Block] = [b for b in blocks if isinstance(b, Paragraph)]
        heads += [child.as_heading() for child in section.children if self.is_part(child, section)]
        found = [part_label(block, self.labels) for block in heads]
        found += [tab_label(block, self.labels) for block in blocks]
        below = [self.labelled(child) for child in section.children if self.is_shown(child)]
        return {label.part for label in found if label}.union(*below)

    def is_shown(self, section: HeadingSection) -> bool:
        """Return whether a heading says no more than that what is seen follows: "Error message".

        Labels below it are those of the problem that the heading above names, unless they tell
        several one after the other.
        """
        head = part_label(section.as_heading(), self.labels)
        shown = head and head.part in _SEEN and head.number is None and not head.title
        if not (shown or self.labels.says("shown_title", section.title)) or self.is_group(section):
            return False
        below = split_labels(section.blocks, self.labels)
        told = [label for block in below if (label := part_label(block, self.labels))]
        return sum(label.part in _SEEN for label in told) < FEWEST

    def is_part(self, child: HeadingSection, section: HeadingSection) -> bool:
        """Return whether a heading may be a label of ``section``, not that of another problem.

        A question among others is none, nor is "Scenario 1" with labels of its own, unless the
        heading above names the problem of which it is a form. "Problems" above several that have
        labels of their own is the name of a group.
        """
        if self.is_group(child) or self.is_told_apart(child, section):
            return False
        if self.is_own_title(child, section) or self.pairs(section):
            return False
        if self.lists_errors(child, section) or self.gathers_problems(child):
            return False
        if self.is_chapter(child, section):
            return False
        if self.is_asked(child, section):
            return False
        label = part_label(child.as_heading(), self.labels)
        counted = label is not None and label.part == "problem" and label.number is not None
        own = counted and not label.title if label else False
        return not own or names_problem(section.title, self.labels) or not self.is_labelled(child)

    def is_asked(self, child: HeadingSection, section: HeadingSection) -> bool:
        """Return whether a question such as "How do I fix error 5?" is not about ``section``.

        It names the problem, which ``section`` does not, or asks what to do about one that labels
        below it tell of; or it stands among other questions.
        """
        if not child.title.endswith("?"):
            return False
        if self.labels.says("known_issues", section.title):
            return True
        if names_one(section, self.labels):
            return False
        label = part_label(child.as_heading(), self.labels)
        how = label is not None and label.part == "resolution"
        told = how and self.labelled(child) & {"problem", "cause"}
        return bool(told) or names_problem(child.title, self.labels)

    def is_group(self, section: HeadingSection) -> bool:
        """Return whether a heading such as "Problems" has several below it, each with labels."""
        label = part_label(section.as_heading(), self.labels)
        if label is None or label.part != "problem" or label.number is not None or label.title:
            return False
        below = [child for child in section.children if not self.is_closing(child)]
        heads = [part_label(child.as_heading(), self.labels) for child in below]
        return len(below) > 1 and not any(heads) and all(map(self.is_labelled, below))

    def lists_errors(self, child: HeadingSection, section: HeadingSection) -> bool:
        """Return whether "Troubleshooting" stands above a table of errors, each with its way out.

        It is the resolution of one problem where other labels say which.
        """
        label = part_label(child.as_heading(), self.labels)
        if label is None or label.part != "resolution" or label.title or label.number is not None:
            return False
        if sum(len(table.rows) for table, _ in self.error_tables(child)) < 2:
            return False
        others = [part_label(each.as_heading(), self.labels) for each in section.children]
        parts = {other.part for other in others if other}
        steps = any(isinstance(block, ListBlock) and block.ordered for block in child.blocks)
        return not steps and not parts & {"problem", "cause"}

    def gathers_problems(self, section: HeadingSection) -> bool:
        """Return whether "What to do if ..." stands above headings that ask or name a problem."""
        titles = self.titles_below(section)
        return len(titles) > 1 and all(
            title.rstrip().endswith("?") and names_problem(title, self.labels) for title in titles
        )

    def titles_below(self, section: HeadingSection) -> list[str]:
        """Return the headings below one that says what to do, but for those that close a page."""
        label = part_label(section.as_heading(), self.labels)
        if label is None or label.part != "resolution" or label.number is not None:
            return []
        return [child.title for child in section.children if not self.is_closing(child)]

    def is_chapter(self, child: HeadingSection, section: HeadingSection) -> bool:
        """Return whether "Troubleshooting" stands above problems, and below none.

        Below the name of a problem such headings are the cases in which its ways out apply.
        """
        titles = self.titles_below(child)
        named = all(names_problem(title, self.labels) for title in titles)
        return len(titles) > 1 and named and not names_one(section, self.labels)

    def is_told_apart(self, child: HeadingSection, section: HeadingSection) -> bool:
        """Return whether "Scenario 1: no sound" is one of several that have labels or steps."""
        if not self.labels.says("scenario", child.title):
            return False
        if id(section) not in self._told_apart:
            scenarios = set(map(id, self._scenarios(section)))
            self._told_apart[id(section)] = section, scenarios
        return id(child) in self._told_apart[id(section)][1]

    def _scenarios(self, section: HeadingSection) -> list[HeadingSection]:
        """Return the headings below ``section`` that are told apart as scenarios."""
        told = [each for each in section.children if self.labels.says("scenario", each.title)]
        labels = [part_label(each.as_heading(), self.labels) for each in told]
        titled = len(told) > 1 and all(label and label.title for label in labels)
        return told if titled and any(map(self.is_labelled, told)) else []

    def is_own_title(self, child: HeadingSection, section: HeadingSection) -> bool:
        """Return whether "Problem: no sound" is a problem of its own below ``section``."""
        if id(section) not in self._own:
            named = names_one(section, self.labels)
            found = titled_problems(section, self.labels, self.is_labelled, named=named)
            self._own[id(section)] = section, set(map(id, found))
        return id(child) in self._own[id(section)][1]

    def pairs(self, section: HeadingSection) -> Pairs:
        """Return the problems below ``section`` that a resolution beside them follows."""
        if id(section) not in self._pairs:
            named = names_one(section, self.labels)
            named = named or any(map(self.gathers_problems, section.children))
            found = answered_pairs(section, self.labels, self.is_labelled, named=named)
            self._pairs[id(section)] = Pairs(section, found)
        return self._pairs[id(section)]

    def is_labelled(self, section: HeadingSection) -> bool:
        return bool(self.labelled(section) & {"problem", "cause", "resolution"})

    def is_problem(self, section: HeadingSection) -> bool:
        """Return whether a section is about one problem: by its labels, or by its title.

        A title alone counts where nothing below it is an article by itself.
        """
        if self.is_labelled(section) or self.is_mended_below(section):
            return True
        if self.pairs(section) or not self.is_named(section) or not section.flat():
            return False
        below = [each for each in section.walk() if each is not section]
        if self.error_tables(section) or any(map(self.is_article_below, below)):
            return False
        return announces_ways(section.blocks, self.labels) or not any(
            map(self.is_named_apart, below)
        )

    def is_mended_below(self, section: HeadingSection) -> bool:
        """Return whether a section speaks of problems and all below it is how to resolve them."""
        others = [child for child in section.children if not self.is_closing(child)]
        says = any(isinstance(block, Paragraph) for block in section.blocks)
        if len(others) != 1 or not says or self.labels.says("problem_group", section.title):
            return False
        steps = any(isinstance(b, ListBlock) and b.ordered for b in others[0].blocks)
        titles = (("problems_title", section.title), ("fix_title", others[0].title))
        return steps and all(self.labels.says(phrase, title) for phrase, title in titles)

    def is_named(self, section: HeadingSection) -> bool:
        """Return whether a title names a problem, or promises to mend some in ways that follow."""
        title = section.title
        if self.is_limit(section):
            return False
        told = section.level == 1 or "_" in title or self.is_about_problems
        if (
            (told and is_symbol(title))
            or self.is_code(section)
            or is_message(title)
            or names_problem(title, self.labels)
            or self.is_told_in_plural(section)
        ):
            return True
        if section.level != 1 or not self.labels.says("fix_title", title):
            return False
        words = [block.text for block in section.blocks if isinstance(block, Paragraph)]
        return any(self.labels.says("announces_methods", text) for text in words)

    def is_told_in_plural(self, section: HeadingSection) -> bool:
        """Return whether "Timeout errors" stands above one text that tells what to do.

        So it is in a document about problems; elsewhere, and above others, it is a subject, but
        not above headings that only say what to do. Even "Known issues" are one where a sentence
        says how to mend "this problem".
        """
        says = self.labels.says
        if not self.is_about_problems or (section.children and not self.tells_tasks(section)):
            return False
        if self.is_task(section.title) or says("codes_title", section.title):
            return False
        if not says("problems_title", section.title):
            return False
        if says("known_issues", section.title):
            return mended_together(section.blocks, self.labels)
        group = section.level < 2 or says("problem_group", section.title)
        return not group and any(instructs(block, self.labels) for block in section.flat())

    def tells_tasks(self, section: HeadingSection) -> bool:
        """Return whether all headings below a section say what to do, and none names a problem."""
        heads = [child for child in section.children if not self.is_closing(child)]
        below = [each for child in heads for each in child.walk()]
        if any(self.is_article_below(each) for each in below):
            return False
        if any(names_problem(each.title, self.labels) for each in below):
            return False
        return bool(heads) and all(self.is_task(child.title) for child in heads)

    def is_task(self, title: str) -> bool:
        return self.labels.says("task_title", title) or commands(title, self.labels)

    def is_limit(self, section: HeadingSection) -> bool:
        """Return whether instructions tell what else is not meant to work, and no error says so."""
        title = section.title
        if self.is_about_problems or not self.labels.says("limit_title", title):
            return False
        words = [block.text for block in walk(section.flat()) if isinstance(block, Paragraph)]
        return not codes_of_title(title) and not any(map(find_codes, words))

    def is_code(self, section: HeadingSection) -> bool:
        """Return whether a heading is a code and nothing else, in a document about codes."""
        return self.coded and section.level > 1 and parse_code(section.title) is not None

    def is_article_below(self, section: HeadingSection) -> bool:
        return self.is_labelled(section) or bool(self.error_tables(section))

    def is_named_apart(self, section: HeadingSection) -> bool:
        """Return whether a section below a problem names another one."""
        label = part_label(section.as_heading(), self.labels)
        apart = label is None and not self.is_section("procedure", section)
        heading = section.as_heading()
        inside = is_method(heading, self.labels) or is_step(heading, self.labels)
        return apart and not inside and names_problem(section.title, self.labels)

    def is_own_problem(self, section: HeadingSection) -> bool:
        """Return whether a section below a problem is another.

        It has a symptom of its own, or a title that names one with a cause and a resolution, or
        holds a table of several.
        """
        if part_label(section.as_heading(), self.labels):
            return False
        if sum(len(table.rows) for table, _ in self.error_tables(section)) > 1:
            return True
        parts = self.labelled(section)
        return "problem" in parts or ({"cause", "resolution"} <= parts and self.is_named(section))

    def follows_causes(self, child: HeadingSection, section: HeadingSection) -> bool:
        """Return whether a heading below a table of causes names another problem and mends it."""
        if not tables_of_causes(section.blocks, self.labels):
            return False
        if not self.is_named_apart(child):
            return False
        mends = "resolution" in self.labelled(child)
        return mends or any(instructs(block, self.labels) for block in child.flat())

    def error_tables(self, section: HeadingSection) -> list[tuple[Table, list[str | None]]]:
        tables = [block for block in section.blocks if isinstance(block, Table)]
        found = ((table, error_columns(table, self.labels, section.title)) for table in tables)
        return [(table, kinds) for table, kinds in found if kinds]

    def completes(self, problem: HeadingSection, procedure: HeadingSection) -> bool:
        """Return whether the second section is the resolution that the first one lacks."""
        if self.is_closing(procedure) or not self.is_problem(problem):
            return False
        if self.is_labelled(procedure) or self.gathers_problems(procedure):
            return False
        label = part_label(procedure.as_heading(), self.labels)
        resolves = label is not None and label.part == "resolution"
        if not resolves and not self.is_section("procedure", procedure):
            return False
        return "resolution" not in self.labelled(problem)

    def among_problems(self, section: HeadingSection, around: list[HeadingSection]) -> bool:
        """Return whether the heading above says that problems follow: "Common issues".

        So does the title of a document that promises to mend some; a question asks for what it
        asks.
        """
        is_question = section.title.rstrip().endswith("?")
        if section.level > 1 and self._promises_to_mend and not is_question:
            return True
        return bool(around) and self.labels.says("problem_group", around[0].title)
