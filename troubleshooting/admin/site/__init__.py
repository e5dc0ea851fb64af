"""The first page of the administration and its menu."""
