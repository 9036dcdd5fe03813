"""Sender: post after post through one engine; whatever goes wrong with one is its problem."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from hanpan.crosspost.platform import Platform
from hanpan.plan.posts import PlannedPost
from hanpan.problems import Problem
from hanpan.publish.client import (
    BadAnswer,
    EndlessList,
    OutOfRunTime,
    PublishError,
    ServerUnreachable,
    Unauthorized,
    Unsure,
)
from hanpan.publish.engine import PublishEngine
from hanpan.publish.outcome import (
    COMPARE,
    SHOW,
    EditedThere,
    PublishedPost,
    PublishRequest,
    SendOptions,
    SendResult,
)
from hanpan.publish.payload import Payload, load_payload
from hanpan.reports.build_json import relative
from hanpan.roots import RefusedFile

_PATIENCE = 2  # posts in a row for which a server may be out of reach


class Sender:
    """Sends post after post, until that is known to fail for all of them.

    So it is once a server rejects the credentials, gives a list without end, or has been out of
    reach for several posts in a row.
    """

    def __init__(
        self,
        engine: PublishEngine,
        platform: Platform,
        request: PublishRequest,
        send_options: SendOptions,
        out: Path,
    ) -> None:
        self._engine = engine
        self._platform = platform
        self._request = request
        self._send_options = send_options
        self._out = out
        self._end: PublishError | None = None  # why no other post is tried
        self._out_of_reach = 0  # posts in a row

    def send(self, post: PlannedPost, built: dict[str, Any]) -> PublishedPost:
        """Send one post; whatever goes wrong becomes its problem."""
        source = relative(post.file.path, Path.cwd())
        difference = ""
        try:
            result = self._send(post, built)
            self._out_of_reach = 0
        except PublishError as error:
            self._judge(error)
            difference = error.difference if isinstance(error, EditedThere) else ""
            result = SendResult("failed", None, (error.problem,), difference)
        problems = tuple(problem.at(source) for problem in result.problems)
        target = self._engine.client.target
        return PublishedPost(
            source, self._platform.name, target, replace(result, problems=problems)
        )

    def _judge(self, error: PublishError) -> None:
        """Note whether an error is one that every other post would have."""
        is_out_of_reach = isinstance(error, ServerUnreachable | Unsure)
        self._out_of_reach = self._out_of_reach + 1 if is_out_of_reach else 0
        if isinstance(error, Unauthorized | EndlessList | OutOfRunTime):
            self._end = error
        elif self._out_of_reach == _PATIENCE:
            message = f"not tried: {error.problem.message}, for {_PATIENCE} posts in a row"
            self._end = ServerUnreachable(message)

    def _send(self, post: PlannedPost, built: dict[str, Any]) -> SendResult:
        if self._end:
            raise self._end
        entry = built.get(relative(post.file.path, self._out.parent), {})
        folder = entry.get("artifacts", {}).get(f"crosspost/{self._platform.name}")
        if not folder:
            remedy = "Fix what the build reports for this post."
            raise PublishError("publish-payload", "there is no payload to send", remedy)
        payload = self._load(folder)
        if not payload.publish:
            message = f"not sent: `publish: false` is set for {self._platform.label}"
            return SendResult("skipped", problems=(Problem("publish-skipped", "info", message),))
        if payload.errors:
            message = f"the payload cannot be sent: {payload.errors[0]}"
            raise PublishError(
                "publish-payload", message, f"See {folder}/report.md in the output folder."
            )
        try:
            return self._send_payload(payload)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise BadAnswer(type(error).__name__) from error
        except OSError as error:  # of the ledger, of a picture
            reason = error.problem.message if isinstance(error, RefusedFile) else error.strerror
            name = error.filename2 or error.filename or "a file"  # what a rename was to replace
            message = f"{name} cannot be used: {reason}"
            remedy = "Free disk space or check permissions; the next run goes on from here."
            raise PublishError("publish-file", message, remedy) from None

    def _load(self, folder: str) -> Payload:
        try:
            return load_payload(self._out / folder)
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            message = f"the payload cannot be read: {error}"
            remedy = f"Remove {folder}/ from the output folder."
            raise PublishError("publish-payload", message, remedy) from None

    def _send_payload(self, payload: Payload) -> SendResult:
        if self._request.mode == SHOW:
            return self._engine.plan(payload, self._send_options)
        if self._request.mode == COMPARE:
            return self._engine.compare(payload)
        return self._engine.publish(payload, self._send_options)
