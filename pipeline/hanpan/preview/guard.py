"""Guard: which requests the preview answers, and what a browser may do with the answers.

A page of any site can send requests to 127.0.0.1, and can let its own name point there (DNS
rebinding). So the Host must be a loopback name with our port, as must the one that a proxy on this
machine says it was asked for; and requests from other origins are refused, except for a link that a
person follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_FORWARDED = re.compile(r"(?i)\bhost\s*=\s*\"?([^\",;\s]*)")
NAMES = ("127.0.0.1", "localhost", "[::1]")
# The tool's own pages: scripts and styles only from files, nothing from elsewhere.
TOOL_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'"
)
_CONTENT = (
    "default-src 'none'; style-src 'unsafe-inline' data:; img-src 'self' data:; font-src data:; "
    "media-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
# Built posts: no script runs in them, wherever they are opened, and nothing is fetched.
# `allow-same-origin` lets our page measure its frames; it is safe while scripts are not allowed.
CONTENT_POLICY = (
    "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox; " + _CONTENT
)
PDF_POLICY = _CONTENT + "; object-src 'self'"  # browsers show no PDF in a sandbox
_HEADERS = {
    "Content-Security-Policy": TOOL_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}


class Guard:
    """Refuses requests that do not come from our own pages, and sets headers on every answer."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._hosts = frozenset(f"{name}:{port}" for name in NAMES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; only HTTP is supported."""
        if scope["type"] != "http":
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        status, reason = self._refusal(scope["method"], Headers(scope=scope))
        app = PlainTextResponse(f"{reason}\n", status) if status else self._app
        await app(scope, receive, send_guarded)

    def _refusal(self, method: str, headers: Headers) -> tuple[int, str]:
        """Return status and reason of a refusal; (0, "") for a request that is allowed."""
        hosts = headers.getlist("host")
        asked = {host.lower() for host in (*hosts, *_forwarded_hosts(headers))}
        if len(hosts) != 1 or not asked <= self._hosts:
            return 421, "hanpan preview answers to 127.0.0.1 and localhost only"
        own = {f"http://{host}" for host in self._hosts}
        if any(origin not in own for origin in headers.getlist("origin")):
            return 403, "hanpan preview answers to its own pages only"
        site = headers.get("sec-fetch-site", "none")
        if site not in ("none", "same-origin") and not _is_followed_link(method, headers):
            return 403, "hanpan preview answers to its own pages only"
        return 0, ""


def _forwarded_hosts(headers: Headers) -> Iterator[str]:
    """Yield the hosts that a browser asked a proxy for, which may set Host itself (RFC 7239)."""
    for name in ("x-forwarded-host", "x-original-host"):
        for value in headers.getlist(name):
            yield from (host.strip() for host in value.split(","))
    for value in headers.getlist("forwarded"):
        yield from (match[1] for match in _FORWARDED.finditer(value))


def _is_followed_link(method: str, headers: Headers) -> bool:
    """Tell whether a person opened a page in a tab, which reveals nothing to the other site."""
    wanted: Iterable[tuple[str, str]] = (
        ("sec-fetch-mode", "navigate"),
        ("sec-fetch-dest", "document"),
    )
    return method == "GET" and all(headers.get(name) == value for name, value in wanted)
