"""Full text in the database: the contract, and SQLite and PostgreSQL behind it."""
