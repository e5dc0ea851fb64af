"""Documents parsed by child processes while those before them are stored."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from ..texts.bounded import more_children
from ..texts.docfx import DocfxDocument
from .trees import SourceFile

Parse = Callable[[SourceFile], DocfxDocument]
#: Documents of each child that wait at most, so that a large folder takes no more memory.
_WAITING = 2


@contextmanager
def parsed_ahead(files: Iterable[SourceFile], parse: Parse, jobs: int) -> Iterator[Parse]:
    """Yield what ``parse`` is, but for ``files`` in their order, ``jobs`` of which it parses ahead.

    ``jobs`` below 2: each is parsed when it is asked for. Of a file that cannot be parsed the error
    is raised in its turn.
    """
    if jobs < 2:
        yield parse
        return
    with more_children(jobs), ThreadPoolExecutor(jobs) as threads:
        left = iter(files)
        waiting: deque[tuple[SourceFile, Future[DocfxDocument]]] = deque()

        def fill() -> None:
            while len(waiting) < jobs * _WAITING and (file := next(left, None)) is not None:
                waiting.append((file, threads.submit(parse, file)))

        def take(file: SourceFile) -> DocfxDocument:
            fill()
            while waiting:
                ahead, future = waiting.popleft()
                fill()
                if ahead is file:
                    return future.result()
            return parse(file)

        try:
            yield take
        finally:
            threads.shutdown(cancel_futures=True)
