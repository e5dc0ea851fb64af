"""What is kept so that it need not be made anew: its version, responses, pages, queries."""
