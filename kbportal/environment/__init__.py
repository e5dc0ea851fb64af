"""What the environment says, read and checked: one module a subject."""
