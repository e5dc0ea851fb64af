"""What programs of others hold here: their tokens."""
