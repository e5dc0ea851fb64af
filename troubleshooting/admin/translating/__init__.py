"""Translating: the page of a text side by side with its source, and what is left to translate."""
