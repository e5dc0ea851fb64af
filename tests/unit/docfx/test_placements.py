"""What became of each line of a document, as the import's report shows it.

In the margin stands where a line went: a section of the article (with its number, where there are
several), or what it is in the document.
"""

from __future__ import annotations

from collections import defaultdict

import pytest

from troubleshooting.texts.docfx import DocfxDocument, read_document

DOCUMENTS = {
    "labels in one paragraph": """
title | # The reader fails
blank |
problem | **Problem:** It fails.
problem | Nothing moves.
cause | **Cause:** The lid is open.
resolution | **Resolution:** Close it.
""",
    "labels in one line": """
title | # The reader fails
blank |
cause, problem, resolution | **Problem:** It fails. **Cause:** The lid. **Resolution:** Close it.
resolution | It goes on.
""",
    "questions": """
heading | # Common questions about printing
blank |
document | Words before.
blank |
title 1 | **Why is it slow?**
blank |
resolution 1 | It is old.
blank |
title 2 | **Why is it hot?**
blank |
resolution 2 | It is on.
""",
    "steps in a table of one column": """
title | # The printer fails
blank |
problem | **Problem:** No page comes.
blank |
label | **Resolution:**
blank |
table header | | Steps |
table header | |---|
resolution | | 1. Open it. |
resolution | | 2. Close it. |
blank |
resolution | Wait a minute.
""",
    "ways out": """
title | # The printer fails
blank |
problem | Pages stay.
blank |
label, resolution | ## Method 1
blank |
resolution | 1. Open it.
resolution | 2. Empty it.
resolution |
label, resolution | ## Method 2
blank |
resolution | Close it.
""",
    "a step that names a problem, and another problem": """
heading | # Trouble with printing
blank |
title 1 | ## The printer fails
blank |
problem 1 | Pages stay.
blank |
resolution 1 | ### Step 1: the queue fails
blank |
resolution 1 | Empty it.
blank |
title 2 | ## The tray is missing
blank |
problem 2 | Buy one.
""",
    "a table of errors": """
heading | # Errors
blank |
table header | | Code | Resolution |
table header | |---|---|
problem 1, resolution 1 | | 0x80180001 | Restart it. |
problem 2, resolution 2 | | 0x80180002 | Wait. |
""",
    "two problems below one title": """
title 1, title 2 | # Trouble with printing
blank |
problem 1 | **Problem:** No page comes.
blank |
resolution 1 | **Resolution:** Open it.
blank |
problem 2 | **Problem:** The lid stays open.
blank |
resolution 2 | **Resolution:** Close it.
""",
    "a table of steps": """
title | # Trouble with printing
blank |
problem | Pages stay.
blank |
label | **Resolution:**
blank |
table header | | Step | What to do |
table header | | --- | --- |
resolution | | 1 | Open it. |
resolution | | 2 | Close it. |
""",
    "what tells more": """
title | # Trouble with printing
blank |
problem | Pages stay.
blank |
label | ## Method 1
blank |
resolution | Open it.
blank |
other | ## See also
blank |
other | Words.
""",
}


def places(document: DocfxDocument) -> dict[int, set[str]]:
    """Return where each line went, from 1."""
    found = defaultdict(set)
    several = len(document.entries) > 1
    said = [(place, "") for place in document.structure]
    for number, entry in enumerate(document.entries, 1):
        said += [(place, f" {number}" if several else "") for place in entry.placements]
    for place, number in said:
        for line in range(place.lines[0], place.lines[1] + 1):
            found[line].add(f"{place.section}{number}")
    return found


@pytest.mark.parametrize("text", DOCUMENTS.values(), ids=DOCUMENTS)
def test_each_line_is_told_where_it_went(text: str):
    lines = [line.partition(" |")[::2] for line in text.strip("\n").split("\n")]
    source = "\n".join(line.removeprefix(" ") for _place, line in lines)
    found = places(read_document(source.encode(), "page.md", language="en"))
    told = [", ".join(sorted(found[number])) for number in range(1, len(lines) + 1)]
    assert told == [place for place, _line in lines]
