"""Articles in the administration: the list, the form with its preview, states, conflicts."""
