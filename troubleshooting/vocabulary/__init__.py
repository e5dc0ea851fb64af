"""The words that editors keep for the search: checked, tried, written to files and read back."""
