"""The sections and table rows of a document that become articles, and the parts of each."""
