"""Facets: which there are (``declared``), and what a reader sees and has chosen of them."""
