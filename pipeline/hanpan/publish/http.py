"""Http: requests to an API over HTTPS, repeated only where that is harmless.

A read, or an update with the whole post, may be sent twice. A create may not: once its bytes may
have arrived, Unsure is raised, and the caller looks for the post before it sends it again.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

import httpcore2
import httpx2

from hanpan import __version__
from hanpan.assets.download import seconds_to_wait
from hanpan.network.backend import BoundedBackend, TooManyBytes
from hanpan.network.deadline import Deadline
from hanpan.network.transport import BoundedTransport
from hanpan.problems import Problem, UsageError
from hanpan.publish.answers.answer import Answer
from hanpan.publish.answers.reasons import reasons_of
from hanpan.publish.client import (
    OutOfRunTime,
    PublishError,
    RequestRefused,
    ServerUnreachable,
    Unauthorized,
    Unsure,
)
from hanpan.publish.secrets import Credentials

ATTEMPTS = 4
LONGEST_PAUSE = 90.0  # seconds; a server that asks for more is not asked again in this run
_READING = 60.0  # seconds for a request without a body; others may have a picture
_LATE = "did not answer in time"
LARGEST_ANSWER = 32_000_000  # bytes
_ONE_DAY = 86_400  # seconds; who asks for more is not believed
_LONGEST_ADDRESS = _LONGEST_REASON = 300  # characters that are shown, after the redaction
_BUSY = (429, 502, 503, 504)
_BROKEN = (
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.ProxyError,
    httpcore2.UnsupportedProtocol,
)
_REPEATABLE = ("GET", "HEAD", "PUT", "DELETE")  # RFC 9110, section 9.2.2: idempotent


class Http:
    """Sends requests; in headers, secrets are `${NAME}`. A context manager that closes connections.

    What comes back has no secret: neither answers nor errors.
    """

    def __init__(
        self,
        credentials: Credentials,
        *,
        pause: float = 1.0,
        timeout: float = 60.0,
        deadline: float = 180.0,
        total: float = 3600.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """All times are seconds.

        `pause` is the first one before a repetition and doubles with each; `timeout` limits the
        wait for the next byte, `deadline` one request with its answer, however slowly they go, and
        `total` all of them together.
        """
        self.credentials = credentials
        self._pause = pause
        self._sleep = sleep
        self._deadline = deadline
        self._total = total
        self._end = Deadline(total)
        self._backend = BoundedBackend()
        times = httpx2.Timeout(timeout, connect=min(timeout, 15.0))
        # Redirects would carry credentials to other hosts.
        self._client = httpx2.Client(
            transport=BoundedTransport(self._backend), timeout=times, follow_redirects=False
        )

    def __enter__(self) -> Http:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def ask(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        json: Any = None,
        content: bytes | None = None,
        files: Mapping[str, Any] | None = None,
        data: Mapping[str, str] | None = None,
        repeatable: bool | None = None,
        accept: tuple[int, ...] = (),
    ) -> Answer:
        """Send a request and return a good answer (2xx), or one of the statuses in `accept`.

        `json`, `content`, or `files` and `data` (multipart) are the body. `repeatable`: the request
        may be sent twice; by default as its method says. Raises RequestRefused with the server's
        reason, Unauthorized, ServerUnreachable, and Unsure for a request that must not be repeated.
        """
        again = method in _REPEATABLE if repeatable is None else repeatable
        named = {"User-Agent": f"hanpan/{__version__}", **(headers or {})}
        try:
            request = self._client.build_request(
                method,
                _check_address(url),
                headers={name: self.credentials.fill(value) for name, value in named.items()},
                json=json,
                content=content,
                files=files,
                data=data,
            )
        except httpx2.InvalidURL:
            message = f"{self._redacted(url)[:_LONGEST_ADDRESS]} is no valid address"
            raise PublishError("publish-address", message, _REMEDIES[404]) from None
        answer = self._send_repeatedly(request, again)
        if answer.status // 100 == 2 or answer.status in accept:
            return answer
        raise self._refusal(answer)

    def _send_repeatedly(self, request: httpx2.Request, again: bool) -> Answer:
        """Send a request until the server has time for it; `again`: it may be sent twice."""
        for attempt in range(ATTEMPTS):
            if not self._end.left:
                raise OutOfRunTime(self._total)
            answer, reason = self._send_once(request, again)
            pause = self._pause * 2**attempt
            if answer:
                if answer.status not in _BUSY:
                    return answer
                reason = f"answered {answer.status}"
                if not again and answer.status != 429:  # a gateway may have passed it on
                    raise Unsure(f"{request.url.host} {reason}")
                pause = seconds_to_wait(answer.headers.get("retry-after", ""), pause)
            is_late = reason == _LATE and attempt > 0  # it had all its time, and again
            if attempt + 1 == ATTEMPTS or is_late or pause > min(LONGEST_PAUSE, self._end.left):
                break
            self._sleep(pause)
        raise ServerUnreachable(*self._describe_failure(request.url.host, reason, answer, pause))

    def _send_once(self, request: httpx2.Request, again: bool) -> tuple[Answer | None, str]:
        """Send a request once; without an answer, return why there is none."""
        try:
            return self._send(request), ""
        except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:  # nothing was sent
            return None, self._redacted(f"cannot be reached ({error})")[:_LONGEST_REASON]
        except httpcore2.TimeoutException:
            reason = _LATE
        except TooManyBytes:
            reason = "did not end its answer in time"
        except (*_BROKEN, httpx2.DecodingError) as error:
            reason = self._redacted(f"closed the connection ({error})")[:_LONGEST_REASON]
        if not again:
            raise Unsure(f"{request.url.host} {reason}")
        return None, reason

    def _send(self, request: httpx2.Request) -> Answer:
        longest = _READING if request.method in ("GET", "HEAD") else self._deadline
        self._backend.begin(Deadline(min(longest, self._deadline), within=self._end))
        response = self._client.send(request, stream=True)
        self._backend.expect_body(LARGEST_ANSWER)
        try:
            content = bytearray()
            for chunk in response.iter_bytes():  # of a megabyte at most, however well it is packed
                content += chunk
                if len(content) > LARGEST_ANSWER:
                    raise TooManyBytes
        finally:
            response.close()
        headers = {name.lower(): self._redacted(text) for name, text in response.headers.items()}
        return Answer(response.status_code, headers, bytes(content), self.credentials.redaction)

    def _describe_failure(
        self, host: str, reason: str, answer: Answer | None, pause: float
    ) -> tuple[str, str]:
        """Return message and remedy for a server that does not answer as it should."""
        message = f"{host} {reason}"
        if answer:
            message += "".join(f": {text}" for text in reasons_of(answer)[:1])
        if answer and "retry-after" in answer.headers and pause <= _ONE_DAY:
            return message, f"Run the command again in {pause:.0f} seconds."
        return message, "Run the command again later."

    def _refusal(self, answer: Answer) -> RequestRefused:
        if answer.status // 100 == 3:
            location = answer.headers.get("location", "another address")[:_LONGEST_ADDRESS]
            remedy = "Set the address to that one: credentials are never sent to a redirect."
            return RequestRefused(answer.status, f"the server redirects to {location}", remedy)
        reasons = reasons_of(answer) or ["no reason given"]
        message = f"the server refused the request ({answer.status}): {'; '.join(reasons)}"
        kind = Unauthorized if answer.status == 401 else RequestRefused
        return kind(answer.status, message, _REMEDIES.get(answer.status, ""), data=answer.data)

    def _redacted(self, text: str) -> str:
        return self.credentials.redaction.text(text)


_REMEDIES = {
    400: "Fix what the server names, then run the command again.",
    401: "Check the credentials, and the permissions of their owner.",
    403: "Give the account permission to do this, or use another account.",
    404: "Check the address in the settings.",
    409: "Check the post there; --force sends it anyway.",
    413: "Make the pictures smaller, or split the post.",
    422: "Fix what the server names, then run the command again.",
}


def _check_address(url: str) -> str:
    """Return `url` if credentials may be sent there: by https, or by http to this machine only."""
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.hostname:
        return url
    if parts.scheme == "http" and _is_loopback(parts.hostname or ""):
        return url
    message = f"no password is sent to {parts.scheme}://{parts.hostname or ''}"
    remedy = "Use an address that begins with https://."
    raise UsageError(Problem("publish-address", "error", message, remedy=remedy))


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):  # RFC 6761, section 6.3
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
