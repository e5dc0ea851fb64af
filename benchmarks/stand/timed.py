"""The portal as gunicorn serves it; it tells what processor time it took, in all and by request."""

import time
from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

CLOCK = "/processor-time"
#: What the thread that answered has used for it until then, in nanoseconds.
USED = "X-Processor-Time"


def timed(application: WSGIApplication) -> WSGIApplication:
    """Return ``application``.

    At ``CLOCK`` the processor time of this process, in nanoseconds; ``USED`` that of each answer.

    The web server's own work is in it, as it runs in the same process.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] != CLOCK:
            began = time.thread_time_ns()

            def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
                used = (USED, str(time.thread_time_ns() - began))
                return start_response(status, [*headers, used], *error)

            return application(environ, start)
        body = str(time.process_time_ns()).encode()
        start_response("200 OK", [("Content-Length", str(len(body)))])
        return [body]

    return answer
