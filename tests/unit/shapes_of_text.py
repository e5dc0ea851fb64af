"""Texts as editors write them, and what editors do to them, for generated tests."""

from __future__ import annotations

from hypothesis import strategies as st

from troubleshooting.texts.markup import canonical

WORDS = [
    "ouvrez",
    "l’appareil",
    "**Comptes**",
    "`dsregcmd /status`",
    "0x80CF0440",
    "puis",
    "redémarrez",
]
LINE = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)


def _list(marker: str):
    item = st.tuples(LINE, st.lists(LINE, max_size=2)).map(
        lambda drawn: "\n".join([f"{marker} {drawn[0]}", *(f"    1.  {sub}" for sub in drawn[1])])
    )
    return st.lists(item, min_size=1, max_size=3).map("\n".join)


_ROW = st.tuples(LINE, LINE).map(lambda cells: f"| {cells[0]} | {cells[1]} |")
BLOCK = st.one_of(
    LINE,
    _list("1. "),
    _list("-  "),
    LINE.map(lambda text: f"> [!NOTE]\n> {text}"),
    LINE.map(lambda text: f"### {text}"),
    LINE.map(lambda text: f"```\n{text}\n```"),
    st.lists(_ROW, min_size=1, max_size=3).map(
        lambda rows: "\n".join(["| a | b |", "| --- | --- |", *rows])
    ),
)
TEXT = st.lists(BLOCK, max_size=4).map("\n\n".join).map(canonical)


@st.composite
def edited(draw, text: str) -> str:
    """``text`` after some of its lines were rewritten, dropped or added to."""
    lines = []
    for line in text.split("\n"):
        deed = draw(st.sampled_from(["keep", "keep", "keep", "drop", "rewrite", "add"]))
        if deed == "rewrite":
            line = line.replace(draw(st.sampled_from(WORDS)), draw(st.sampled_from(WORDS)))
        if deed != "drop":
            lines.append(line)
        if deed == "add":
            lines += ["", draw(BLOCK), ""]
    # Lines torn out of their blocks may need a second reading to come to rest.
    return canonical(canonical("\n".join(lines)))


@st.composite
def three(draw) -> tuple[str, str, str]:
    """A text and two edited copies of it."""
    base = draw(TEXT)
    return base, draw(edited(base)), draw(edited(base))
