"""The pages of articles: the list, one article, its steps, what readers report of it."""
