"""The second tier: candidates from the index, their ranking, hits with snippets."""
