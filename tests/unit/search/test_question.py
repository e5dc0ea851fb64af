"""The one question: asked of what articles hold, chosen by how many are expected to remain."""

import pytest

from troubleshooting.search.question import IN_A_ROW, best_question, narrow


def held(table: str) -> dict[str, dict[int, frozenset[str]]]:
    """Read ``platform: 1=ios 2=android`` lines; an article of several values has several words."""
    found: dict[str, dict[int, frozenset[str]]] = {}
    for line in table.strip().splitlines():
        kind, _colon, pairs = line.partition(":")
        for pair in pairs.split():
            article, _is, values = pair.partition("=")
            found.setdefault(kind.strip(), {})[int(article)] = frozenset(values.split("+"))
    return found


def asked(articles: int, table: str, *before: str) -> str:
    question = best_question(range(1, articles + 1), held(table), before)
    if not question:
        return ""
    answers = " ".join(f"{one.value}:{one.remaining}" for one in question.answers)
    return f"{question.kind} {answers} ~{question.expected:.1f}"


@pytest.mark.parametrize(
    ("articles", "table", "expected"),
    [
        # Two that differ by platform alone.
        (2, "platform: 1=ios 2=android", "platform ios:1 android:1 ~1.0"),
        # Of two kinds the one that splits better is asked.
        (
            4,
            "platform: 1=ios 2=ios 3=ios 4=android\nmessage: 1=a 2=a 3=b 4=b",
            "message a:2 b:2 ~2.0",
        ),
        # As good: what a caller tells most easily.
        (2, "message: 1=a 2=b\nplatform: 1=ios 2=android", "platform ios:1 android:1 ~1.0"),
        # What all hold tells nothing.
        (3, "code: 1=x 2=x 3=x", ""),
        # One that says nothing remains with every answer.
        (3, "moment: 1=before 2=after", "moment before:2 after:2 ~2.0"),
        # So many say nothing that it is not worth asking.
        (5, "moment: 1=before 2=after", ""),
        # What one article holds and the others do not say is no question.
        (3, "extent: 1=all", ""),
        # An article of both is left by either.
        (3, "platform: 1=ios 2=android 3=ios+android", "platform ios:2 android:2 ~2.0"),
        # Three answers at most, the most frequent ones; who sees another one does not know these.
        (6, "message: 1=a 2=a 3=b 4=b 5=c 6=d", "message a:2 b:2 c:1 ~2.5"),
        # Messages of which each article has its own, beyond what buttons can say.
        (9, "message: " + " ".join(f"{n}=m{n}" for n in range(1, 10)), ""),
        (1, "platform: 1=ios", ""),
        (0, "", ""),
    ],
)
def test_the_question_that_leaves_the_fewest(articles, table, expected):
    assert asked(articles, table) == expected


def test_what_was_asked_is_not_asked_again():
    table = "platform: 1=ios 2=android\nmessage: 1=a 2=b\ncode: 1=x 2=y"
    assert asked(2, table, "platform").startswith("message")
    assert asked(2, table, "platform", "message").startswith("code")
    assert asked(2, table, "platform", "message", "code") == ""
    assert IN_A_ROW == 3


@pytest.mark.parametrize(
    ("value", "left"),
    [("a", [3, 1]), ("b", [3, 2]), ("gone", [3, 1, 2])],
)
def test_an_answer_leaves_what_agrees_or_says_nothing(value, left):
    assert narrow([3, 1, 2], {1: frozenset("a"), 2: frozenset("b")}, value) == left
