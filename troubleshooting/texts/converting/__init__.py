"""Files of other formats -> documents in Markdown, as the importer reads them. Pure.

HTML, documents of Word, and exports of BookStack, Confluence, Notion and Zendesk. What a file is
its content says; its name helps where two formats look alike. ``formats.convert`` runs in the child
process (``bounded``), which alone loads the libraries that it needs.
"""

from .model import INSIDE, MOST_BYTES, NUMBER, SUFFIXES, Converted, ProductPage, is_foreign

__all__ = ["INSIDE", "MOST_BYTES", "NUMBER", "SUFFIXES", "Converted", "ProductPage", "is_foreign"]
