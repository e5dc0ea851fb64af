"""The search index: what it holds of a text, its writing and verifying, the history of searches."""
