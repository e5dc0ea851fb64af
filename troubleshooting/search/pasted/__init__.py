"""A pasted log or ticket: what it mentions, the evidence in it, the answer."""
