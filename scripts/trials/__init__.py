"""Bad days on purpose, on this machine alone: bounded in count and time, and they clean up."""
