"""Entries: bytes as a store has them: compressed, with their hash, and signed where there is a key.

    hanpan 1 COMPRESSION SHA256 SIGNATURE
    <compressed bytes>

The hash is of the compressed bytes, and tells a torn entry; the signature is an HMAC-SHA256
(RFC 2104) of the entry's name, its compression and these bytes, or `-`. With a key, only what is
signed with it is read, so whoever may write to the store cannot put results there, or swap them.
"""

from __future__ import annotations

import hashlib
import hmac
import re

from hanpan.cache.compression import compress, decompress
from hanpan.files import sha256

HEAD = 200  # bytes that the first line has at most
_LINE = re.compile(rb"hanpan 1 ([a-z]{1,20}) ([0-9a-f]{64}) ([0-9a-f]{64}|-)\n")


class BadEntry(ValueError):
    """An entry that is torn, wrong, too large, or not signed: the text says which."""


def seal(name: str, content: bytes, key: bytes = b"") -> bytes:
    """Return the entry that is stored under a name; `key` signs it."""
    compression, body = compress(content)
    signature = _sign(key, name, compression, body) if key else "-"
    head = f"hanpan 1 {compression} {sha256(body)} {signature}\n"
    return head.encode() + body


def unseal(name: str, entry: bytes, limit: int, key: bytes = b"") -> bytes:
    """Return the content of an entry, at most `limit` bytes. Raises BadEntry."""
    line = _LINE.match(entry[:HEAD])
    if not line:
        raise BadEntry("it is no entry of a cache")
    compression, digest, signature = (part.decode() for part in line.groups())
    body = entry[line.end() :]
    if sha256(body) != digest:
        raise BadEntry("it is damaged")
    if key and not hmac.compare_digest(_sign(key, name, compression, body), signature):
        raise BadEntry("it is not signed with the key of this build")
    try:
        return decompress(compression, body, limit)
    except ValueError as error:
        raise BadEntry(str(error)) from None


def _sign(key: bytes, name: str, compression: str, body: bytes) -> str:
    signed = f"hanpan cache 1\n{name}\n{compression}\n".encode() + body
    return hmac.new(key, signed, hashlib.sha256).hexdigest()
