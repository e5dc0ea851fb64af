"""What the importer reads, held against what people read."""
