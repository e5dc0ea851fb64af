"""How static files are named and kept."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Compressed files with hashed names, by which modules of JavaScript import each other too."""

    support_js_module_import_aggregation = True
