"""Payload: what the cross-post edition wrote for a platform, with the addresses of uploads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from hanpan.files import sha256
from hanpan.publish.answers.shapes import is_short_text, picture_address
from hanpan.roots import Root

_OWN_FILES = ("manifest.json", "request.json")  # the other JSON files are content as they are


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A picture on the server: its id there, and its public address."""

    id: str
    url: str

    def __post_init__(self) -> None:
        """Raise ValueError where the server or the ledger names what cannot be an address."""
        if not is_short_text(self.id):
            raise ValueError("an uploaded picture has no id")
        picture_address(self.url)


@dataclass(frozen=True, slots=True)
class PayloadPicture:
    """A picture of a payload; `placeholder` stands in the body until it is uploaded, or ""."""

    number: int
    path: Path
    sha256: str
    alt: str
    role: str  # teaser or body
    media_type: str
    placeholder: str
    url: str  # public, "" where there is none

    def data(self) -> bytes:
        """Return the picture's bytes."""
        return self.path.read_bytes()

    @property
    def upload_name(self) -> str:
        """Return a file name with the content's hash, so that an upload can be found again."""
        name = PurePosixPath(self.path.name)
        return f"{name.stem}-{self.sha256[:12]}{name.suffix}"


@dataclass(frozen=True, slots=True)
class Payload:
    """A post as one platform receives it. `body` is request.json's, with addresses of uploads."""

    folder: Path
    source: str  # the post's file, relative to the site's root
    platform: str
    slug: str
    title: str
    lang: str
    canonical_url: str  # "" where there is none
    tags: tuple[str, ...]
    publish: bool  # false where front matter has `publish: false` for the platform
    errors: tuple[str, ...]  # lint errors: what the platform would refuse
    pictures: tuple[PayloadPicture, ...]
    body: Any
    files: Mapping[str, Any] = field(default_factory=dict)  # the other JSON files by name
    uploads: Mapping[str, Uploaded] = field(default_factory=dict)  # by SHA-256
    date: str = ""  # of the post (ISO 8601)

    @property
    def content_hash(self) -> str:
        """Return the hash of all that is sent. Placeholders and pictures count, not addresses.

        `with_uploads` changes it: take that of the payload that was loaded.
        """
        pictures = [[p.number, p.sha256, p.alt, p.role] for p in self.pictures]
        content = [self.title, self.tags, self.canonical_url, self.body, self.files, pictures]
        return sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode())

    @property
    def past_date(self) -> datetime | None:
        """Return the post's date if it is in the past: an old post keeps it where that is taken."""
        date = datetime.fromisoformat(self.date) if self.date else None
        return date if date and date < datetime.now(UTC) else None

    @property
    def cover(self) -> PayloadPicture | None:
        """Return the teaser's picture."""
        return next((p for p in self.pictures if p.role == "teaser"), None)

    @property
    def uploaded_cover(self) -> Uploaded | None:
        """Return the cover on the server; None before `with_uploads` has it."""
        return self.uploads.get(self.cover.sha256) if self.cover else None

    def with_uploads(self, uploads: Mapping[str, Uploaded]) -> Payload:
        """Return the payload with uploads (by SHA-256) instead of placeholders."""
        addresses = {
            p.placeholder: picture_address(uploads[p.sha256].url)
            for p in self.pictures
            if p.placeholder and p.sha256 in uploads
        }
        return replace(
            self,
            body=_replace(self.body, addresses),
            files=_replace(self.files, addresses),
            uploads=uploads,
        )


def load_payload(folder: Path) -> Payload:
    """Read what the cross-post edition wrote into `folder` for an API platform.

    Raises OSError, ValueError or KeyError where it is not such a folder: out/ may be of others.
    """
    own = Root.own(folder)
    manifest = json.loads(own.read("manifest.json"))
    files = {
        name: json.loads(own.read(name))
        for name in own.names(".")
        if name.endswith(".json") and name not in _OWN_FILES
    }
    return Payload(
        folder=folder,
        source=manifest["source"],
        platform=manifest["platform"],
        slug=manifest["slug"],
        title=manifest["title"],
        lang=manifest["lang"],
        canonical_url=manifest["canonical_url"] or "",
        tags=tuple(tag["out"] for tag in manifest["tags"] if tag["out"]),
        date=manifest.get("date") or "",
        publish=manifest.get("publish", True),
        errors=tuple(w["message"] for w in manifest["warnings"] if w["severity"] == "error"),
        pictures=tuple(_picture(own, item) for item in manifest["images"]),
        body=json.loads(own.read("request.json"))["body"],
        files=files,
    )


def _picture(own: Root, item: Mapping[str, Any]) -> PayloadPicture:
    return PayloadPicture(
        number=item["number"],
        path=Path(own.find(item["local"])),
        sha256=item["sha256"],
        alt=item["alt"],
        role=item["role"],
        media_type=item["media_type"],
        placeholder=item.get("placeholder") or "",
        url=item["src"] or "",
    )


def _replace(value: Any, addresses: Mapping[str, str]) -> Any:
    """Replace texts within every string of a JSON value."""
    if isinstance(value, str):
        for before, after in addresses.items():
            value = value.replace(before, after)
        return value
    if isinstance(value, list):
        return [_replace(item, addresses) for item in value]
    if isinstance(value, Mapping):
        return {key: _replace(item, addresses) for key, item in value.items()}
    return value
