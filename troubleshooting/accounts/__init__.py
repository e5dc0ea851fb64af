"""Signing in under limits, and what accounts are told by mail."""
