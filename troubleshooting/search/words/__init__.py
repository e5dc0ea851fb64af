"""Words and terms: folding, stemming, how frequent they are, the nearest known word."""
