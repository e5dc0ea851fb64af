"""The official client of the Model Context Protocol, on the portal without a network."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
from asgiref.sync import async_to_sync, sync_to_async
from django.test import Client as Browser
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

ADDRESS = "http://testserver/mcp"
_KEPT = (
    "accept",
    "authorization",
    "content-type",
    "mcp-method",
    "mcp-name",
    "mcp-protocol-version",
)


class _ToDjango(httpx2.AsyncBaseTransport):
    """Hands requests to the portal in the thread of the test, which holds its database."""

    def __init__(self, headers: dict[str, str]) -> None:
        self.headers = headers

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        body = await request.aread()
        headers = {n: v for n, v in request.headers.items() if n.lower() in _KEPT} | self.headers
        ask = sync_to_async(Browser().generic, thread_sensitive=True)
        kind = headers.pop("content-type", "application/json")
        answer = await ask(request.method, "/mcp", body, content_type=kind, headers=headers)
        return httpx2.Response(
            answer.status_code, headers=dict(answer.headers), content=answer.content
        )


def session(
    steps: Callable[[Client], Awaitable[Any]], *, mode: str = "auto", **headers: str
) -> Any:
    """Run ``steps`` with a connected client, and return what they return."""

    async def run() -> Any:
        async with httpx2.AsyncClient(transport=_ToDjango(headers)) as http:
            transport = streamable_http_client(ADDRESS, http_client=http)
            async with Client(transport, mode=mode) as client:
                return await steps(client)

    return async_to_sync(run)()


def call(name: str, token: str = "", mode: str = "auto", **arguments: Any) -> Any:
    """Call one tool, and return its result."""
    headers = {"accept-language": "en"}
    if token:
        headers["authorization"] = f"Bearer {token}"
    return session(lambda client: client.call_tool(name, arguments), mode=mode, **headers)
