"""The pages about one text of an article: its history, its revisions."""
