"""How much one request may upload, decided before anything is written to the disk."""

from __future__ import annotations

from typing import IO, Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

MOST_UPLOADED = 50 * 1024 * 1024


class BoundedUploadHandler(FileUploadHandler):
    """Drops the files of a request that is too large; ``is_too_large`` tells the view of it."""

    drops = False

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],  # noqa: N803 (Django's name)
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        self.drops = content_length > MOST_UPLOADED

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.drops:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def is_too_large(request: HttpRequest) -> bool:
    """Return whether the files of ``request`` were dropped."""
    # A body is read when somebody first asks for what is in it.
    if request.FILES:
        return False
    handlers = request.upload_handlers
    return any(isinstance(one, BoundedUploadHandler) and one.drops for one in handlers)
