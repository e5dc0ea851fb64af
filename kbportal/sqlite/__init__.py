"""SQLite as the portal uses it: Django's engine, which reads from a read-only disk, too."""
