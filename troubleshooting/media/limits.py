"""How much one request may upload, decided before anything is written to the disk."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

MOST_UPLOADED = 50 * 1024 * 1024


class BoundedUploadHandler(FileUploadHandler):
    """Drops the files of a request that is too large; ``is_too_large`` tells the view of it."""

    def handle_raw_input(
        self, input_data: Any, meta: dict, content_length: int, *args: Any, **kwargs: Any
    ) -> None:
        self.request.upload_is_too_large = content_length > MOST_UPLOADED

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.request.upload_is_too_large:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def is_too_large(request: HttpRequest) -> bool:
    """Whether the files of ``request`` were dropped."""
    # A body is read when somebody first asks for what is in it.
    return not request.FILES and getattr(request, "upload_is_too_large", False)
