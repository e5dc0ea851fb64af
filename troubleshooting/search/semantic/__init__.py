"""A second opinion by meaning, off unless an administrator supplies a model of embeddings."""
