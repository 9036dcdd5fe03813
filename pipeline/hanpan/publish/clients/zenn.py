"""Zenn: articles and images as files in a Git folder, which Zenn reads once it is pushed.

Nothing is committed: the author looks at the change and pushes it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from hanpan.files import write_atomic
from hanpan.media_types import GIF, JPEG, PNG, WEBP
from hanpan.problems import Problem, UsageError
from hanpan.publish.answers.shapes import is_id
from hanpan.publish.client import KEPT, ApiRequest, PublishError, RemotePost, Visibility
from hanpan.publish.http import Http
from hanpan.publish.payload import Payload, PayloadPicture, Uploaded
from hanpan.publish.secrets import Credentials
from hanpan.roots import RefusedFile, Root, real
from hanpan.site.crosspost import PlatformSettings

_LARGEST = 3_000_000  # bytes of a picture
_SLUG_REMEDY = "Give the post a slug of letters, digits and hyphens, or restore crosspost.lock."
_TYPES = (PNG, JPEG, GIF, WEBP)
_TOKYO = timezone(timedelta(hours=9))  # the zone of `published_at`
_FRONT = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)
_VISIBILITY = re.compile(r"^(published|published_at):[^\n]*\n", re.MULTILINE)


def connect(http: Http, credentials: Credentials, options: PlatformSettings) -> Zenn:
    """Return the client. Raises UsageError where the folder is not set or does not exist."""
    folder = Path(options.folder)
    if not options.folder or not folder.is_dir():
        message = f"{folder} is not a folder" if options.folder else "no Git folder is set"
        remedy = 'Clone the repository, then set `[crosspost.zenn] folder = "../zenn"`.'
        raise UsageError(Problem("publish-setting", "error", message, "site.toml", remedy=remedy))
    return Zenn(folder)


class Zenn:
    """The articles and images of one Git folder."""

    uploads_cover = False

    def __init__(self, folder: Path) -> None:
        self.target = real(folder).name  # a path differs from machine to machine
        self._root = Root(folder, links=False)  # of a repository that others may have written

    def find(self, payload: Payload) -> RemotePost | None:
        """Return the article of this post's slug."""
        return self.read(payload.body["slug"])

    def read(self, id: str) -> RemotePost | None:
        """Return an article; None where its file was deleted."""
        text = self._read(_article(id)).decode("utf-8")
        if not text:
            return None
        url = f"{self.target}/articles/{id}.md"
        return RemotePost(id, url, id, _status(dict(_visibility(text))), fields=_fields(text))

    def fields(self, payload: Payload) -> Mapping[str, str]:
        """Return the editable fields as we write them."""
        return _fields(payload.body["text"])

    def request(self, payload: Payload, visibility: Visibility, id: str = "") -> ApiRequest:
        """Return what would be written, as a request."""
        slug = id or payload.body["slug"]
        return ApiRequest("PUT", f"articles/{slug}.md", body=self._text(slug, payload, visibility))

    def upload(self, picture: PayloadPicture) -> Uploaded:
        """Copy a picture into images/."""
        data = picture.data()
        if len(data) > _LARGEST or picture.media_type not in _TYPES:
            message = f"Zenn does not accept {picture.path.name} ({len(data) / 1e6:.1f} MB)"
            remedy = "Convert it to PNG, JPEG, GIF or WebP of at most 3 MB."
            raise PublishError("publish-picture", message, remedy)
        self._write_file(_image(picture), data)
        return self._upload_of(picture)

    def find_upload(self, picture: PayloadPicture) -> Uploaded | None:
        """Return the picture where an earlier run has copied it."""
        is_equal = self._read(_image(picture)) == picture.data()
        return self._upload_of(picture) if is_equal else None

    def create(self, payload: Payload, visibility: Visibility) -> RemotePost:
        """Write the article."""
        return self._write(payload.body["slug"], payload, visibility)

    def update(self, remote: RemotePost, payload: Payload, visibility: Visibility) -> RemotePost:
        """Write the article again."""
        return self._write(remote.id, payload, visibility)

    def _write(self, slug: str, payload: Payload, visibility: Visibility) -> RemotePost:
        self._write_file(_article(slug), self._text(slug, payload, visibility).encode())
        remote = self.read(slug)
        assert remote
        return remote

    def _text(self, slug: str, payload: Payload, visibility: Visibility) -> str:
        """Return the article's text, with the front matter lines that publish or hide it."""
        text = payload.body["text"]
        front = _FRONT.match(text)
        assert front  # platforms/zenn.toml writes it
        there = dict(_visibility(self._read(_article(slug)).decode("utf-8")))
        date = there.get("published_at") or _time(payload.past_date)
        lines = _lines(visibility, date)
        if there and visibility == KEPT:
            lines = "".join(f"{name}: {value}\n" for name, value in there.items())
        rest = _VISIBILITY.sub("", front[1])
        return f"---\n{rest}{lines}---\n{text[front.end() :]}"

    def _read(self, name: str) -> bytes:
        """Return a file's bytes, none where there is no file. Raises PublishError."""
        try:
            return self._root.read(name)
        except FileNotFoundError:
            return b""
        except OSError as error:  # a link, a pipe, one that others may read
            raise _no_file(name, error) from None

    def _write_file(self, name: str, data: bytes) -> None:
        """Write a file whole. Raises PublishError."""
        try:
            path = self._root.place(name, make=True)
            for leftover in path.parent.glob(".hanpan-*.part"):  # of a run that was killed
                leftover.unlink()
            write_atomic(path, data)
        except OSError as error:
            raise _no_file(name, error) from None

    def _upload_of(self, picture: PayloadPicture) -> Uploaded:
        return Uploaded(_name(picture), f"/images/{_name(picture)}")


def _no_file(name: str, error: OSError) -> PublishError:
    reason = error.problem.message if isinstance(error, RefusedFile) else error.strerror
    message = f"{name} in the Git folder cannot be used: {reason}"
    return PublishError(
        "publish-folder", message, "Fix the Git folder, then run the command again."
    )


def _article(slug: str) -> str:
    if not is_id(slug):  # of the post, or of a ledger
        raise PublishError("publish-folder", f"`{slug}` is no slug of Zenn's", _SLUG_REMEDY)
    return f"articles/{slug}.md"


def _image(picture: PayloadPicture) -> str:
    return f"images/{_name(picture)}"


def _name(picture: PayloadPicture) -> str:
    """Return a picture's name in images/: ASCII, so that its address needs no escapes."""
    return re.sub(r"[^A-Za-z0-9_.]", "-", picture.upload_name)


def _lines(visibility: Visibility, date: str) -> str:
    """Return the lines that publish or hide an article; an old one keeps its `date`."""
    at = _time(visibility.at) or (date if date <= _now() else "")
    is_public = str(bool(visibility.at) or visibility.status == "published").lower()
    return f"published: {is_public}\n" + (f"published_at: {at}\n" if at else "")


def _time(at: datetime | None) -> str:
    """Return a time as Zenn reads it, "" for none."""
    return at.astimezone(_TOKYO).strftime("%Y-%m-%d %H:%M") if at else ""


def _now() -> str:
    return _time(datetime.now(UTC))


def _visibility(text: str) -> list[tuple[str, str]]:
    """Return the front matter lines that tell who may see the article, as (key, value)."""
    front = _FRONT.match(text)
    lines = _VISIBILITY.finditer(front[1]) if front else ()
    return [(line[1], line[0].partition(":")[2].strip()) for line in lines]


def _status(visibility: Mapping[str, str]) -> str:
    if visibility.get("published") != "true":
        return "draft"
    return "scheduled" if visibility.get("published_at", "") > _now() else "published"


def _fields(text: str) -> dict[str, str]:
    front = _FRONT.match(text)
    meta = _VISIBILITY.sub("", front[1]) if front else ""
    title = re.search(r"^title:([^\n]*)", meta, re.MULTILINE)
    return {
        "title": title[1].strip() if title else "",
        "front matter": meta,
        "body": text[front.end() :] if front else text,
    }
