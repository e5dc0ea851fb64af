"""What readers tell the editors without writing to them: figures, charts and lists of work."""
