"""How dates are written where Django's own form of a language is not ours: a folder a language."""
