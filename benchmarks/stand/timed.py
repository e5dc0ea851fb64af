"""The portal as gunicorn serves it, and an address that tells the processor time it has used."""

import time
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

CLOCK = "/processor-time"


def timed(application: WSGIApplication) -> WSGIApplication:
    """Return ``application``.

    At ``CLOCK`` the seconds of processor time of this process, in nanoseconds.

    The web server's own work is in it, as it runs in the same process.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] != CLOCK:
            return application(environ, start_response)
        body = str(time.process_time_ns()).encode()
        start_response("200 OK", [("Content-Length", str(len(body)))])
        return [body]

    return answer
