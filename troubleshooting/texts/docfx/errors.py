"""What is wrong with a file that cannot be read."""

from __future__ import annotations


class DocumentError(ValueError):
    """A file that cannot be imported; ``code`` names the reason, ``line`` counts from 1.

    The reasons are the keys of ``importing.messages``, which words them for people;
    ``detail`` is a fact to show with them, such as a size.
    """

    def __init__(self, code: str, line: int | None = None, detail: str = "") -> None:
        super().__init__(code, line, detail)
        self.code = code
        self.line = line
        self.detail = detail
