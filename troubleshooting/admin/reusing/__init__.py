"""What is written once and used in many articles."""
