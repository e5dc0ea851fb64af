"""Measurements of the project's own. See ``bench_search``."""
