"""The indexes: codes, messages, platforms, documents."""
