"""A real browser in tests: how it is started, and what it must not do on any page."""

from urllib.parse import urlsplit

#: Without a sandbox Chromium runs as root in a container; the rest keeps it off the network.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def watch(tab, own_host: str) -> list[str]:
    """Return the list that will fill with whatever the page in ``tab`` does wrong.

    That is an error on the console (where Chromium reports a breach of the
    Content-Security-Policy too), an exception, and a request to any host but ``own_host``
    (name and port).
    """
    faults: list[str] = []
    documents: set[str] = set()

    def on_request(request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != own_host:
            faults.append(f"request to another host: {request.url}")
        if request.is_navigation_request():
            documents.add(request.url)

    def on_console(message) -> None:
        # A page of status 404 shown on purpose is reported as a resource that failed to load.
        own_status = (
            message.text.startswith("Failed to load resource")
            and message.location.get("url") in documents
        )
        if message.type == "error" and not own_status:
            faults.append(f"console: {message.text}")

    tab.on("request", on_request)
    tab.on("console", on_console)
    tab.on("pageerror", lambda error: faults.append(f"exception: {error}"))
    return faults
