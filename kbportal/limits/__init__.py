"""How often one address or account may do something, and who that is."""
