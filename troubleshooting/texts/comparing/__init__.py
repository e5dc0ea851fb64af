"""What two texts have in common: alignment, differences by word, merging, size of a change."""
