"""Exports of other products, one module each -> documents. Pure."""
