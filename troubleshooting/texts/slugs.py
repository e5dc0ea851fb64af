"""How long the name of an article in its address may be. Pure."""

from __future__ import annotations

#: Characters of a slug at most.
LONGEST_SLUG = 160
#: Characters of a slug made of words; the rest is room for a number that tells it from others.
LONGEST_MADE_SLUG = 150
