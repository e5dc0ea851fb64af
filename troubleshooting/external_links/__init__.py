"""Links to other hosts: whether they still lead somewhere. Asked politely, never inside."""
