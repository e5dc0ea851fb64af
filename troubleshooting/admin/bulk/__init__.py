"""Acts on many articles: what they would mean, and the way back."""
