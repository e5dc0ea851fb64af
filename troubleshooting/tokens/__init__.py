"""Tokens of programs: made, found by what a request shows, taken back."""
