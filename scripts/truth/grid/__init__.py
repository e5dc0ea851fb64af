"""A grid of small documents: the ways in which pages tell of problems, every two of them together.

Each document is composed of one value of each dimension, and so is what an editor would make of it.
"""
