"""The first tier: codes of the base, the articles that cite them, the nearest ones as guesses."""
