"""Accounts, groups, and who did what."""
