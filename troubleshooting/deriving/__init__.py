"""What is derived from texts: where their links lead, and the rows for pages and search."""

from .rows import (
    derive,
    derive_links,
    index_document,
    store_first_structures,
    store_structure,
    structure,
    text_of_document,
    up_to_date,
)
from .snippets import names_snippets, snippets_named, structure_texts, text_in
from .targets import (
    document_images,
    document_links,
    image_resolver,
    link_resolver,
    own_image,
)

__all__ = [
    "derive",
    "derive_links",
    "document_images",
    "document_links",
    "image_resolver",
    "index_document",
    "link_resolver",
    "names_snippets",
    "own_image",
    "snippets_named",
    "store_first_structures",
    "store_structure",
    "structure",
    "structure_texts",
    "text_in",
    "text_of_document",
    "up_to_date",
]
