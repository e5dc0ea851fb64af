"""The families of error codes: how each is recognised and what announces it."""
