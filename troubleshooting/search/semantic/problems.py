"""What can be wrong with a model. Pure."""

from __future__ import annotations

#: The files of a model: tokenizer, settings, vectors.
FILES = ("tokenizer.json", "config.json", "model.safetensors")


class UnusableModel(Exception):  # noqa: N818 (it names what is wrong, as DoesNotExist does)
    """A model that cannot be used.

    ``what`` is ``packages`` (not installed), ``folder`` or ``missing`` (not there), ``format`` (a
    file is none of its kind), ``matrix`` (no vectors in it) or ``sizes`` (not one for each token);
    ``detail`` is the package, file or numbers.
    """

    def __init__(self, what: str, detail: str = "") -> None:
        super().__init__(f"{what}: {detail}")
        self.what, self.detail = what, detail
