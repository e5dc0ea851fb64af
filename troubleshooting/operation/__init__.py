"""Running the portal: copies of all it holds, and what is wrong with where it runs."""
