"""The kinds of moves, and what they are made with: words, texts, languages, numbers of articles."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = st.sampled_from(
    ["appareil", "device", "{{mot}}", "`{{code}}`",
     "0x80180014", "DeviceCapReached", "**Paramètres**", "`dsregcmd`",
     "l’heure", "échec"]
)  # fmt: skip
LINES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
SECTIONS = st.one_of(
    st.just(""),
    LINES,
    LINES.map(lambda line: f"Le message « {line} » s’affiche."),
    st.sampled_from(["[!SNIPPET un]", "1. D’abord.\n\n[!SNIPPET deux]\n\n2. Enfin."]),
    st.lists(LINES, min_size=1, max_size=3).map(
        lambda lines: "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))
    ),
)
TEXTS = st.fixed_dictionaries(
    {
        "title": LINES,
        "problem": SECTIONS,
        "cause": SECTIONS,
        "resolution": SECTIONS,
        "internal": st.sampled_from(["", "Note 0xDEADBEEF."]),
    }
)
LANGUAGES = st.sampled_from(["fr", "en"])
NUMBERS = st.integers(0, 10_000)
SOMETIMES = st.sampled_from([False, False, False, True])

#: The moves that may be refused, or taken back.
KINDS = {
    "begin", "begin_pending", "bring_back", "bring_in", "create",
    "decide_pending", "decide_proposed", "delete", "delete_snippet", "delete_template",
    "edit", "lead", "let_time_pass", "merge", "put_back",
    "replace", "restore", "schedule", "split", "talk",
    "write_snippet", "write_template",
}  # fmt: skip
