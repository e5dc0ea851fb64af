"""The pages. A view asks a named query, makes cards of the rows, and renders one template."""
