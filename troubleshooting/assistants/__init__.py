"""The portal for assistants: the Model Context Protocol, every sentence with its source."""
