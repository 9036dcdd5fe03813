"""Payload: what the cross-post edition wrote for a platform, with the addresses of uploads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from hanpan.assets.download import ascii_url
from hanpan.files import sha256

_OWN_FILES = ("manifest.json", "request.json")  # the other JSON files are content as they are


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A picture on the server: what it is known by there, and its public address."""

    id: str
    url: str


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
        """Return a file name that says the content, so that an upload can be found again."""
        name = PurePosixPath(self.path.name)
        return f"{name.stem}-{self.sha256[:12]}{name.suffix}"


@dataclass(frozen=True, slots=True)
class Payload:
    """A post as one platform gets it. `body` is request.json's, addresses of uploads put in."""

    folder: Path
    source: str  # the post's file, relative to the site's root
    platform: str
    slug: str
    title: str
    lang: str
    canonical_url: str  # "" where there is none
    tags: tuple[str, ...]
    publish: bool  # false where front matter says that it is not to be published
    errors: tuple[str, ...]  # what lint found that the platform would refuse
    pictures: tuple[PayloadPicture, ...]
    body: Any
    files: Mapping[str, Any] = field(default_factory=dict)  # the other JSON files by name
    uploads: Mapping[str, Uploaded] = field(default_factory=dict)  # by SHA-256

    @property
    def content_hash(self) -> str:
        """Return the hash of all that is sent. Placeholders and pictures count, not addresses.

        Of a payload that `uploaded` made it is another one: ask the one that was loaded.
        """
        pictures = [[p.number, p.sha256, p.alt, p.role] for p in self.pictures]
        said = [self.title, self.tags, self.canonical_url, self.body, self.files, pictures]
        return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode())

    @property
    def cover(self) -> PayloadPicture | None:
        """Return the teaser's picture."""
        return next((p for p in self.pictures if p.role == "teaser"), None)

    @property
    def uploaded_cover(self) -> Uploaded | None:
        """Return the cover on the server, once `uploaded` has been told of it."""
        return self.uploads.get(self.cover.sha256) if self.cover else None

    def uploaded(self, uploads: Mapping[str, Uploaded]) -> Payload:
        """Return the payload with uploads (by SHA-256) in the place of their placeholders."""
        places = {
            p.placeholder: _address(uploads[p.sha256].url)
            for p in self.pictures
            if p.placeholder and p.sha256 in uploads
        }
        return replace(
            self,
            body=_replaced(self.body, places),
            files=_replaced(self.files, places),
            uploads=uploads,
        )


def load_payload(folder: Path) -> Payload:
    """Read what the cross-post edition wrote into `folder` for an API platform.

    Raises OSError, ValueError or KeyError where it is not such a folder.
    """
    manifest = _json(folder / "manifest.json")
    files = {
        path.name: _json(path)
        for path in sorted(folder.glob("*.json"))
        if path.name not in _OWN_FILES
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
        publish=manifest.get("publish", True),
        errors=tuple(w["message"] for w in manifest["warnings"] if w["severity"] == "error"),
        pictures=tuple(_picture(folder, said) for said in manifest["images"]),
        body=_json(folder / "request.json")["body"],
        files=files,
    )


def _picture(folder: Path, said: Mapping[str, Any]) -> PayloadPicture:
    return PayloadPicture(
        number=said["number"],
        path=folder / said["local"],
        sha256=said["sha256"],
        alt=said["alt"],
        role=said["role"],
        media_type=said["media_type"],
        placeholder=said.get("placeholder") or "",
        url=said["src"] or "",
    )


def _address(url: str) -> str:
    """Return an upload's address as a body may have it; in a folder of files it is a path."""
    return url if url.startswith("/") else ascii_url(url)


def _json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def _replaced(value: Any, places: Mapping[str, str]) -> Any:
    """Replace texts within every string of a JSON value."""
    if isinstance(value, str):
        for before, after in places.items():
            value = value.replace(before, after)
        return value
    if isinstance(value, list):
        return [_replaced(item, places) for item in value]
    if isinstance(value, Mapping):
        return {key: _replaced(item, places) for key, item in value.items()}
    return value
