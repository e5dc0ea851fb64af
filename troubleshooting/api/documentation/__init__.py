"""What the schema and the page say of the API beside what its code says itself."""
