"""Vocabularies: platforms, error codes, the glossary."""
