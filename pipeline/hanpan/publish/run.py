"""One run of `hanpan publish`: build the payloads, then send them one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hanpan.builds import build
from hanpan.crosspost.platform import Platform, load_platform
from hanpan.editions import PAYLOADS
from hanpan.files import Files, NoNetwork
from hanpan.plan.options import Options
from hanpan.plan.places import lock_path
from hanpan.plan.posts import PlannedPost, make_plan
from hanpan.plan.sites import Sites
from hanpan.problems import Problem, UsageError
from hanpan.publish.client import (
    PUBLISHED,
    BadAnswer,
    EndlessList,
    OutOfRunTime,
    PublishError,
    ServerUnreachable,
    Unauthorized,
    Unsure,
    Visibility,
)
from hanpan.publish.clients import connect
from hanpan.publish.engine import PublishEngine
from hanpan.publish.http import Http
from hanpan.publish.last_sent import LastSentStore
from hanpan.publish.ledger import open_ledger
from hanpan.publish.ledger_text import NAME
from hanpan.publish.outcome import Action, EditedThere, SendOptions, SendResult
from hanpan.publish.payload import Payload, load_payload
from hanpan.publish.secrets import Credentials
from hanpan.reports.build_json import relative
from hanpan.roots import real
from hanpan.runner.builder import Progress
from hanpan.site import Site

_RUN_SECONDS = 600.0  # that a run may take ...
_POST_SECONDS = 120.0  # ... and as many more for each post: dev.to allows one update in 30 seconds
_PATIENCE = 2  # posts in a row for which a server may be out of reach
SEND, SHOW, COMPARE = "send", "dry-run", "diff"


@dataclass(frozen=True, slots=True)
class PublishRequest:
    """The request of the command line; `schedule` is ISO 8601, in the site's time zone."""

    platform: str
    mode: str = SEND
    publish: bool = False
    schedule: str = ""
    force: bool = False


@dataclass(frozen=True, slots=True)
class PublishedPost:
    """What became of one post; `source` is its file as seen from the current folder."""

    source: str
    platform: str
    target: str
    result: SendResult

    def as_json(self) -> dict[str, Any]:
        """Return the object that `hanpan publish --json` shows."""
        remote, request = self.result.remote, self.result.request
        return {
            "source": self.source,
            "platform": self.platform,
            "target": self.target,
            "action": self.result.action,
            "id": remote.id if remote else None,
            "url": remote.url if remote else None,
            "status": remote.status if remote else None,
            "problems": [problem.as_json() for problem in self.result.problems],
            "difference": self.result.difference or None,
            "request": request.as_json() if request else None,
        }


def publish(
    request: PublishRequest,
    options: Options,
    progress: Progress,
    waiting: Callable[[str], None] = lambda who: None,
) -> Iterator[PublishedPost]:
    """Build the posts' payloads and send them; yield each result as it comes.

    Raises UsageError for sources, sites, settings or a platform that cannot be used.
    """
    options = replace(options, editions=(PAYLOADS,))
    sites = Sites(options.site)
    plan = make_plan(options, sites, {})
    posts = plan.posts
    platforms = {post.site.root: _platform(request.platform, post.site) for post in posts}
    outcome = build(options, progress, waiting)
    built = {entry["source"]: entry for entry in outcome.summary["posts"]}
    out = real(options.out)
    for problem in plan.problems:
        action: Action = "failed" if problem.severity == "error" else "skipped"
        yield PublishedPost(
            problem.path, request.platform, "", SendResult(action, problems=(problem,))
        )
    for file, reason in plan.skipped.values():
        problem = Problem("publish-skipped", "info", f"not sent: {reason}")
        source = relative(file.path, Path.cwd())
        yield PublishedPost(
            source, request.platform, "", SendResult("skipped", problems=(problem,))
        )
    for root, platform in platforms.items():
        own = [post for post in posts if post.site.root == root]
        yield from _publish_site(request, platform, own, built, out)


def _publish_site(
    request: PublishRequest,
    platform: Platform,
    posts: list[PlannedPost],
    built: dict[str, Any],
    out: Path,
) -> Iterator[PublishedPost]:
    """Send the posts of one site."""
    site = posts[0].site
    send_options = SendOptions(_visibility(request, site), request.force)
    settings = site.platforms.of(platform.name)
    if settings.folder:
        settings = replace(settings, folder=str(site.root / settings.folder))
    addresses = {f"{platform.name.upper()}_URL": settings.url} if settings.url else {}
    credentials = Credentials(addresses, for_show=request.mode == SHOW)
    path = lock_path(site, out).with_name(NAME)
    last_sent = LastSentStore(_last_sent_folder(site, out))
    total = _RUN_SECONDS + _POST_SECONDS * len(posts)
    with Http(credentials, total=total) as http, open_ledger(path, last_sent.folder) as ledger:
        client = connect(platform.client, http, credentials, settings)
        engine = PublishEngine(
            client, ledger, last_sent, lambda source: (site.root / source).is_file()
        )
        sender = _Sender(engine, platform, request, send_options, out)
        for post in posts:
            yield sender.send(post, built)


class _Sender:
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

    def _send(self, post: PlannedPost, built: dict[str, Any]) -> SendResult:
        if self._end:
            raise self._end
        entry = built.get(relative(post.file.path, self._out.parent), {})
        folder = entry.get("artifacts", {}).get(f"crosspost/{self._platform.name}")
        if not folder:
            remedy = "Fix what the build reports for this post."
            raise PublishError("publish-payload", "there is no payload to send", remedy)
        try:
            payload = load_payload(self._out / folder)
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            message = f"the payload cannot be read: {error}"
            raise PublishError(
                "publish-payload", message, f"Remove {folder}/ from the output folder."
            ) from None
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

    def _judge(self, error: PublishError) -> None:
        """Note whether an error is one that every other post would have."""
        is_out_of_reach = isinstance(error, ServerUnreachable | Unsure)
        self._out_of_reach = self._out_of_reach + 1 if is_out_of_reach else 0
        if isinstance(error, Unauthorized | EndlessList | OutOfRunTime):
            self._end = error
        elif self._out_of_reach == _PATIENCE:
            message = f"not tried: {error.problem.message}, for {_PATIENCE} posts in a row"
            self._end = ServerUnreachable(message)

    def _send_payload(self, payload: Payload) -> SendResult:
        if self._request.mode == SHOW:
            return self._engine.plan(payload, self._send_options)
        if self._request.mode == COMPARE:
            return self._engine.compare(payload)
        return self._engine.publish(payload, self._send_options)


def _platform(name: str, site: Site) -> Platform:
    """Return a platform that can be published to. Raises UsageError."""
    platform = load_platform(name, Files(site, NoNetwork()))
    if not platform.client:
        message = f"hanpan cannot publish to {platform.label}: it has no API for that"
        remedy = "Paste the payload: it is in out/<post>/crosspost/, with the steps."
        raise UsageError(Problem("publish-platform", "error", message, remedy=remedy))
    if name not in site.crosspost.platforms:
        message = f"no payloads are built for {platform.label}"
        remedy = f'Add "{name}" to [crosspost].platforms in site.toml.'
        raise UsageError(Problem("publish-platform", "error", message, "site.toml", remedy=remedy))
    return platform


def _visibility(request: PublishRequest, site: Site) -> Visibility | None:
    """Return who may see the posts; None where nothing is asked for. Raises UsageError."""
    if not request.schedule:
        return PUBLISHED if request.publish else None
    try:
        at = datetime.fromisoformat(request.schedule)
    except ValueError:
        message = f"`{request.schedule}` is not a valid time"
        remedy = "Write it as 2026-12-01T09:00; add +09:00 for a zone other than the site's."
        raise UsageError(Problem("usage", "error", message, remedy=remedy)) from None
    at = at if at.tzinfo else at.replace(tzinfo=ZoneInfo(site.identity.timezone))
    return Visibility("scheduled", at)


def _last_sent_folder(site: Site, out: Path) -> Path:
    """Return the folder for what is kept but not committed."""
    if site.has_toml:
        return site.root / ".hanpan" / "publish"
    return lock_path(site, out).with_name("publish")
