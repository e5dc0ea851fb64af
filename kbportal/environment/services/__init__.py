"""Services of others that the portal may use: where they are, from the environment."""
