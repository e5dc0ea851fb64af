"""Calls that an agent and a caller see at once."""
