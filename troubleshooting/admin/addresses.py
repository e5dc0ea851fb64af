"""Addresses typed without a scheme, such as ``docs.example.org``: read as https."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import URLField

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    _Base = ModelAdmin[Any]
else:
    _Base = object


class SecureAddresses(_Base):
    """A page whose fields for addresses put https before one that names no scheme."""

    # Django 5 puts http there and warns of it; Django 6 puts https.
    formfield_overrides = {URLField: {"assume_scheme": "https"}}
