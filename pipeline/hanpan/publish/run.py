"""One run of `hanpan publish`: build the payloads, then send them one by one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
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
from hanpan.publish.client import PUBLISHED, Visibility
from hanpan.publish.clients import connect
from hanpan.publish.engine import PublishEngine
from hanpan.publish.http import Http
from hanpan.publish.last_sent import LastSentStore
from hanpan.publish.ledger import open_ledger
from hanpan.publish.ledger_text import NAME
from hanpan.publish.outcome import (
    SHOW,
    Action,
    PublishedPost,
    PublishRequest,
    SendOptions,
    SendResult,
)
from hanpan.publish.secrets import Credentials
from hanpan.publish.sender import Sender
from hanpan.reports.build_json import relative
from hanpan.roots import real
from hanpan.runner.progress import Progress
from hanpan.site import Site

_RUN_SECONDS = 600.0  # that a run may take ...
_POST_SECONDS = 120.0  # ... and as many more for each post: dev.to allows one update in 30 seconds


def publish(
    request: PublishRequest,
    options: Options,
    progress: Progress,
    waiting: Callable[[str], None] = lambda who: None,
    queueing: Callable[[], None] = lambda: None,
) -> Iterator[PublishedPost]:
    """Build the posts' payloads and send them; yield each result as it comes.

    `queueing` is called where another run is sending posts of the same site.
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
        yield from _publish_site(request, platform, own, built, out, queueing)


def _publish_site(
    request: PublishRequest,
    platform: Platform,
    posts: list[PlannedPost],
    built: dict[str, Any],
    out: Path,
    queueing: Callable[[], None],
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
    queue = open_ledger(path, last_sent.folder, queueing)
    with queue as ledger, Http(credentials, total=total) as http:  # who waits has its time yet
        client = connect(platform.client, http, credentials, settings)
        engine = PublishEngine(
            client, ledger, last_sent, lambda source: os.path.isfile(site.root / source)
        )
        sender = Sender(engine, platform, request, send_options, out)
        for post in posts:
            yield sender.send(post, built)


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
        return real(site.root) / ".hanpan" / "publish"
    return lock_path(site, out).with_name("publish")
