"""Client: what publishing needs from a platform's API; each module of clients/ has one."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from hanpan.files import sha256
from hanpan.problems import HanpanError, Problem
from hanpan.publish.answers.shapes import is_id, is_short_text
from hanpan.publish.payload import Payload, PayloadPicture, Uploaded

Status = Literal["draft", "published", "scheduled", "kept"]


@dataclass(frozen=True, slots=True)
class Visibility:
    """Who may see a post. `kept`: an update leaves it as it is there; a create never has it."""

    status: Status = "draft"
    at: datetime | None = None  # with a time zone; only for `scheduled`


DRAFT = Visibility()
PUBLISHED = Visibility("published")
KEPT = Visibility("kept")


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """A request as it may be shown: secrets in `url` and `headers` are `${NAME}`.

    `body` is a JSON value, or a text for other formats. Http fills the secrets in when it sends.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None

    def as_json(self) -> dict[str, Any]:
        """Return the object that --dry-run --json shows."""
        return dataclasses.asdict(self)

    def as_text(self) -> str:
        """Return the request as a person reads it."""
        text = self.body if isinstance(self.body, str) else _json(self.body)
        lines = [f"{self.method} {self.url}", *(f"{k}: {v}" for k, v in self.headers.items())]
        return "\n".join([*lines, "", text])


@dataclass(frozen=True, slots=True)
class RemotePost:
    """A post as the server has it now.

    `fields` is what an author may edit there and hanpan sends (title, body, tags, ...; never
    status, dates or counters), as texts in the server's words. `version` is what the server expects
    with an update (updated_at, an ETag), `created` and `updated` are its own times (ISO 8601).
    """

    id: str
    url: str
    slug: str
    status: str  # draft, published, scheduled, or the server's own word
    version: str = ""
    created: str = ""
    updated: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()  # what create or update could not do as asked, for the author

    def __post_init__(self) -> None:
        """Raise PublishError where the server names what cannot be an id, an address or a text."""
        texts = (self.url, self.slug, self.status, self.version, self.created, self.updated)
        is_text = all(map(is_short_text, texts))
        if not is_id(self.id) or not is_text or not all(map(_is_str, self.fields.values())):
            raise BadAnswer(f"post `{self.id!s:.80}`")

    @property
    def edit_hash(self) -> str:
        """Return a hash that changes as soon as somebody edits the post there."""
        return sha256(json.dumps(self.fields, ensure_ascii=False, sort_keys=True).encode())


def _is_str(value: object) -> bool:
    return isinstance(value, str)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


class Client(Protocol):
    """A platform's API. All methods may raise PublishError; only create may raise Unsure."""

    target: str  # where posts go, without secrets: two servers are two targets in the ledger
    uploads_cover: bool  # the cover must be uploaded even where it has a public address

    def find(self, payload: Payload) -> RemotePost | None:
        """Return the post that has this one's canonical URL, else slug; drafts too."""

    def read(self, id: str) -> RemotePost | None:
        """Return a post; None where it was deleted or is in the bin."""

    def fields(self, payload: Payload) -> Mapping[str, str]:
        """Return what `RemotePost.fields` would be if the server kept everything as it is sent.

        A field that the server fills in by itself where it is not sent is never compared: leave it
        out here.
        """

    def request(self, payload: Payload, visibility: Visibility, id: str = "") -> ApiRequest:
        """Return the request that creates the post, or updates `id`, for --dry-run.

        Needs no network: what only the server knows (ids of tags) is given by name.
        """

    def upload(self, picture: PayloadPicture) -> Uploaded:
        """Upload a picture; called once for each content."""

    def find_upload(self, picture: PayloadPicture) -> Uploaded | None:
        """Return the picture if an earlier run has uploaded it, where the server can tell."""

    def create(self, payload: Payload, visibility: Visibility) -> RemotePost:
        """Create the post; return it as `read` would.

        Raises Unsure where no answer came, so that it may or may not exist now.
        """

    def update(self, remote: RemotePost, payload: Payload, visibility: Visibility) -> RemotePost:
        """Send the post again; return it as `read` would. Idempotent."""


class PublishError(HanpanError):
    """A post could not be published; the other posts go on."""

    def __init__(self, rule: str, message: str, remedy: str = "") -> None:
        super().__init__(Problem(rule, "error", message, remedy=remedy))


class BadAnswer(PublishError):
    """The server answered, but not as its API does; what it was asked for may be done."""

    def __init__(self, what: str) -> None:
        message = f"the server's answer is not what its API promises ({what})"
        remedy = "Check the address; the next run looks for the post before it creates one."
        super().__init__("publish-answer", message, remedy)


class WithoutUploads:
    """The part of a client whose API accepts no pictures."""

    label: str  # of the platform
    uploads_cover = False

    def upload(self, picture: PayloadPicture) -> Uploaded:
        """Refuse."""
        remedy = "Set `url` in site.toml so that the pictures have public addresses."
        message = f"{self.label}'s API accepts no pictures"
        raise PublishError("publish-picture", message, remedy)

    def find_upload(self, picture: PayloadPicture) -> Uploaded | None:
        """Return None: there are no uploads."""
        return None


class RequestRefused(PublishError):
    """The server refused, with its reason; `status` is that of HTTP, `data` the answer's JSON."""

    def __init__(self, status: int, message: str, remedy: str = "", *, data: Any = None) -> None:
        super().__init__("publish-refused", message, remedy)
        self.status = status
        self.data = data

    @property
    def code(self) -> str:
        """Return the server's own code for the reason (`term_exists`), "" for none."""
        data = self.data if isinstance(self.data, dict) else {}
        errors = data.get("errors")
        first = errors[0] if isinstance(errors, list) and errors else {}  # Ghost has a list
        return str(data.get("code") or (first.get("code") if isinstance(first, dict) else "") or "")


class Unauthorized(RequestRefused):
    """The server rejects the credentials: every other post would fail as well."""


class ServerUnreachable(PublishError):
    """The server could not be reached, and nothing was done there."""

    def __init__(self, message: str, remedy: str = "Run the command again later.") -> None:
        super().__init__("publish-unreachable", message, remedy)


class OutOfRunTime(ServerUnreachable):
    """The time that one run may take is over."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"the run took longer than {seconds / 60:.0f} minutes, and was ended",
            "Run the command again: it goes on where this one ended.",
        )


class EndlessList(PublishError):
    """The server gives page after page of a list, without end."""

    def __init__(self) -> None:
        remedy = "Check the address in the settings; nothing was sent."
        super().__init__("publish-answer", "the server's list of posts does not end", remedy)


class Unsure(PublishError):
    """The request may have gone through, but no answer came: look before sending it again."""

    def __init__(self, message: str) -> None:
        remedy = "Run the command again: it looks for the post first and does not create it twice."
        super().__init__("publish-unsure", message, remedy)
