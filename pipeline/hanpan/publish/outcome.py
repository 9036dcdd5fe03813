"""Outcome: what the author asks for, and what became of a post."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from hanpan.problems import Problem
from hanpan.publish.client import ApiRequest, PublishError, RemotePost, Visibility
from hanpan.publish.payload import Payload

Action = Literal["created", "updated", "unchanged", "found", "skipped", "failed", "shown"]


@dataclass(frozen=True, slots=True)
class SendOptions:
    """What the author asks for; without a visibility a new post is a draft, and others stay."""

    visibility: Visibility | None = None
    force: bool = False


@dataclass(frozen=True, slots=True)
class SendResult:
    """What became of one post. `difference` is a diff for the author to read, "" for none."""

    action: Action
    remote: RemotePost | None = None
    problems: tuple[Problem, ...] = ()
    difference: str = ""
    request: ApiRequest | None = None  # of a dry run


class EditedThere(PublishError):
    """The post there is not what hanpan sent; `difference` shows how."""

    def __init__(self, message: str, difference: str) -> None:
        remedy = "Copy the change into the post's file, or use --force to overwrite it there."
        super().__init__("publish-edited", message, remedy)
        self.difference = difference


EDITED_THERE = Problem(
    "publish-edited-there",
    "info",
    "the post was edited there; nothing was sent because it has not changed here",
    remedy="Use --diff to see the edit, --force to overwrite it.",
)


def notes_of(payload: Payload, remote: RemotePost) -> tuple[Problem, ...]:
    """Return what the author should know about a post that was sent."""
    problems = [Problem("publish-partly", "warning", note) for note in remote.notes]
    left = sum(not picture.url and not picture.placeholder for picture in payload.pictures)
    if left:
        message = f"pictures without a public address, which are marks in the text: {left}"
        remedy = "Set `url` in site.toml, or insert them by hand from the payload's images/ folder."
        problems.append(Problem("publish-partly", "warning", message, remedy=remedy))
    return tuple(problems)


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
