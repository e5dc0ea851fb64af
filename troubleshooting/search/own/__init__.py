"""What editors keep for the search: words that mean others or nothing, articles for a query."""
