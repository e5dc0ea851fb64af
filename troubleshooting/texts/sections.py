"""The texts of an article in one language: their names and their order. Pure.

The one definition; models, derived rows, files and pages read it.
"""

from __future__ import annotations

#: The sections that readers see, in the order of the page.
SECTIONS = ("problem", "cause", "resolution", "other")
#: A note that only signed-in staff see: nothing is derived from it but its HTML, so that no search,
#: list or code page can show it.
NOTE = "internal"
#: Everything that readers see of a text.
PUBLIC_TEXTS = ("title", *SECTIONS)
#: What is written in Markdown.
MARKDOWN_TEXTS = (*SECTIONS, NOTE)
#: Everything that an editor writes.
TEXTS = ("title", *MARKDOWN_TEXTS)
