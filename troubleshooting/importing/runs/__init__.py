"""Imports as jobs: what they did is kept, goes on after a kill, and can be undone as one."""
