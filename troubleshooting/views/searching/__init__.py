"""The results page: hits, codes, the pasted text, suggestions, reported gaps."""
