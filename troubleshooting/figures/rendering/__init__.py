"""Figures as drawings and as files: numbers in, rectangles or lines of text out. Pure."""
