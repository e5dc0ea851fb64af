"""The REST API below ``/api/v1/``: what a reader may see, as data."""
