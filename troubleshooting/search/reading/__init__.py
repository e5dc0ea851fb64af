"""What a reader typed, understood: codes, words, the plan of what to ask the index for."""
