"""The text of crosspost.lock: TOML, a block for each post and target, sorted, one key a line.

It may come with a pull request, so it is judged: what is read are the lines that are written here,
and any other has its number.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hanpan.problems import HanpanError, Problem
from hanpan.publish.answers.shapes import is_id, is_short_text
from hanpan.publish.payload import Uploaded
from hanpan.roots import Root

NAME = "crosspost.lock"
Key = tuple[str, str, str]  # the post's file below the site's root, platform, target
_HEAD = """\
# What `hanpan publish` has sent where. Written by hanpan; commit it. It holds no secrets.
"""
_LARGEST = 20_000_000  # bytes: 20,000 posts
_STRING = r'"(?:[^"\\]|\\.)*"'
_HEADER = re.compile(rf"\[({_STRING})\.([\w-]+)\.({_STRING})\]\s*")
_TEXT = re.compile(rf"([a-z_]+)\s*=\s*({_STRING})\s*")
_PICTURE = re.compile(rf"images\.([0-9a-f]{{64}})\s*=\s*\[\s*({_STRING})\s*,\s*({_STRING})\s*\]\s*")
_CONFLICT = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What is known of one post on one target. Hashes are SHA-256, times ISO 8601."""

    id: str = ""  # "" until it is created
    url: str = ""
    slug: str = ""
    status: str = ""
    scheduled: str = ""  # the time that the author asked for
    sent: str = ""  # Payload.content_hash of what was sent
    given: str = ""  # RemotePost.edit_hash of what the server returned
    version: str = ""
    created: str = ""
    updated: str = ""
    intent: str = ""  # the content hash of a request that was begun and not answered yet
    images: Mapping[str, Uploaded] = field(default_factory=dict)  # by SHA-256


_NAMES = tuple(field.name for field in dataclasses.fields(LedgerEntry) if field.name != "images")


def write_ledger(entries: Mapping[Key, LedgerEntry]) -> str:
    """Return the text of a ledger: blocks and keys sorted, empty values left out."""
    blocks = [_HEAD]
    for (source, platform, target), entry in sorted(entries.items()):
        values = {name: value for name in _NAMES if (value := getattr(entry, name))}
        lines = [f"{name} = {_toml_string(value)}" for name, value in sorted(values.items())]
        lines += [
            f"images.{digest} = [{_toml_string(image.id)}, {_toml_string(image.url)}]"
            for digest, image in sorted(entry.images.items())
        ]
        header = f"[{_toml_string(source)}.{platform}.{_toml_string(target)}]"
        blocks.append("\n".join([header, *lines, ""]))
    return "\n".join(blocks)


def _toml_string(text: str) -> str:
    """Return a TOML string; JSON's escapes are TOML's too, except for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def parse_ledger(path: Path) -> dict[Key, LedgerEntry]:
    """Return the entries of a ledger; none where there is no file.

    Raises HanpanError with file and line where a line is none that `write_ledger` writes, and for
    what is no file.
    """
    try:
        content = Root(path.parent).read(path.name, _LARGEST)
    except FileNotFoundError:
        return {}
    entries: dict[Key, LedgerEntry] = {}
    key: Key | None = None
    for number, line in enumerate(content.split(b"\n"), 1):
        try:
            key = _read_line(_decode(line).strip(), key, entries)
        except ValueError as error:
            raise _unreadable(path, str(error), number) from None
    return entries


def _unreadable(path: Path, why: str, line: int) -> HanpanError:
    message = f"the ledger cannot be read: {why:.300}"
    remedy = "Fix the line (a merge may have left it), or restore the file from Git."
    return HanpanError(Problem("publish-ledger", "error", message, path.name, line, remedy))


def _read_line(line: str, key: Key | None, entries: dict[Key, LedgerEntry]) -> Key | None:
    """Add what a line says to the block of `key`; return the key of the block it is in."""
    if not line or line.startswith("#"):
        return key
    header = _HEADER.fullmatch(line)
    if not header:
        if key is None:
            raise ValueError(_complaint(line))
        entries[key] = _with_line(entries[key], line)
        return key
    key = _string(header[1]), header[2], _string(header[3])
    if key in entries:
        raise ValueError("this post is here twice")
    entries[key] = LedgerEntry()
    return key


def _decode(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8") from None


def _with_line(entry: LedgerEntry, line: str) -> LedgerEntry:
    """Return an entry with what one more line says. Raises ValueError for what is none of ours."""
    picture = _PICTURE.fullmatch(line)
    if picture:
        digest, image = picture[1], Uploaded(_string(picture[2]), _string(picture[3]))
        if digest in entry.images:
            raise ValueError("this picture is here twice")
        return dataclasses.replace(entry, images={**entry.images, digest: image})
    match = _TEXT.fullmatch(line)
    if not match or match[1] not in _NAMES:
        raise ValueError(_complaint(line))
    name, value = match[1], _string(match[2])
    if getattr(entry, name):
        raise ValueError(f"`{name}` is here twice")
    if not is_short_text(value) or (name == "id" and value and not is_id(value)):
        raise ValueError(f"`{value:.80}` is no {name}")
    values: dict[str, Any] = {name: value}
    return dataclasses.replace(entry, **values)


def _string(text: str) -> str:
    """Return the value of a string, which is JSON's as well. Raises ValueError."""
    value: str = json.loads(text)
    value.encode()  # half a character cannot be written again
    return value


def _complaint(line: str) -> str:
    if line.startswith(_CONFLICT):
        return f"a conflict marker of Git (`{line[:7]}`)"
    return f"hanpan does not write `{line:.80}`"
