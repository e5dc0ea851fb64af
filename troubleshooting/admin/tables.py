"""Tables that leave the administration as files for spreadsheets: each is noted in the audit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.formats import get_format
from django.utils.translation import gettext_noop

from ..auditing import Act, note
from ..figures.rendering.spreadsheets import Cell, lines

#: What the audit calls a table; ``name`` is that of its file.
TABLE = gettext_noop("table %(name)s")


def table_file(
    request: HttpRequest, name: str, rows: Iterable[Sequence[Cell]], *, called: str
) -> StreamingHttpResponse:
    """Answer with ``rows`` as a file ``name``, and note that what is so ``called`` has left."""
    note(request.user, Act.EXPORTED, name=called)
    # Spreadsheets of countries that write 0,5 take a comma for a part of a number.
    separator = ";" if get_format("DECIMAL_SEPARATOR") == "," else ","
    answer = StreamingHttpResponse(lines(rows, separator), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
