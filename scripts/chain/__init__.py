"""A chain of versions of one document, imported one after the other. See ``__main__``."""
