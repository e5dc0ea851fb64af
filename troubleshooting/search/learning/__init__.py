"""What the search learns from the articles that readers open: counted, aged, bounded."""
