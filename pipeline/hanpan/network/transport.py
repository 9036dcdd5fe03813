"""Transport: httpx2's requests over bounded sockets, by the proxies that the environment names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.request import getproxies, proxy_bypass

import httpcore2
import httpx2

from hanpan.network.backend import BoundedBackend


class BoundedTransport(httpx2.BaseTransport):
    """Sends requests within the deadlines of a backend; errors are those of httpcore2."""

    def __init__(self, backend: BoundedBackend) -> None:
        self._backend = backend
        self._pools: dict[str, httpcore2.ConnectionPool] = {}  # by proxy, "" for none

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the answer; its body is still to come."""
        url = request.url
        address = httpcore2.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        )
        assert isinstance(request.stream, httpx2.SyncByteStream)
        response = self._pool(_proxy_for(url)).handle_request(
            httpcore2.Request(
                method=request.method,
                url=address,
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        assert isinstance(response.stream, Iterable)
        return httpx2.Response(
            response.status,
            headers=response.headers,
            stream=_Body(response),
            extensions=response.extensions,
        )

    def close(self) -> None:
        """Close all connections."""
        for pool in self._pools.values():
            pool.close()

    def _pool(self, proxy: str) -> httpcore2.ConnectionPool:
        if proxy not in self._pools:
            self._pools[proxy] = self._new_pool(proxy)
        return self._pools[proxy]

    def _new_pool(self, address: str) -> httpcore2.ConnectionPool:
        if not address:
            return httpcore2.ConnectionPool(network_backend=self._backend)
        proxy = httpx2.Proxy(address)
        is_socks = proxy.url.scheme.startswith("socks")
        kind = httpcore2.SOCKSProxy if is_socks else httpcore2.HTTPProxy
        url = httpcore2.URL(
            scheme=proxy.url.raw_scheme, host=proxy.url.raw_host, port=proxy.url.port, target=b"/"
        )
        return kind(proxy_url=url, proxy_auth=proxy.raw_auth, network_backend=self._backend)


class _Body(httpx2.SyncByteStream):
    """The body of an answer."""

    def __init__(self, response: httpcore2.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        """Give the connection back."""
        self._response.close()


def _proxy_for(url: httpx2.URL) -> str:
    """Return the address of the proxy for requests to a URL, "" for none."""
    proxies = getproxies()
    address = proxies.get(url.scheme) or proxies.get("all") or ""
    if not address or proxy_bypass(url.netloc.decode("ascii")):
        return ""
    return address if "://" in address else f"http://{address}"
