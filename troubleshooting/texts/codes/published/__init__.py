"""Errors that their maker has published: names and values, apart from any article."""
