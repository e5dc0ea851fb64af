"""Reads from replicas that stream from the primary database: which, when, and for whom."""
