"""A PDF is written once, at zlib's usual level, with its identifier.

What: `pydyf.PDF.write` is replaced, where it is to write PDF 1.7 with object streams and an
    identifier of the content.
Why: for the identifier pydyf writes every object a second time, only to hash it, and it packs at
    zlib's level 9, which takes two to three times as long for fonts and pages and saves less than a
    hundredth of the file (measured over the corpus). Here the hash is that of the bytes written.
Upstream: docs/upstream.md, "Each object is written twice to make the identifier"
Known: pydyf 0.13.0
Delete when: pydyf hashes what it writes, and takes a level.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO

from hanpan.insides import PYDYF, KnownPart

PARTS = (
    KnownPart(
        PYDYF, "pydyf:PDF.write", "self, output, version, identifier, compress", "ee8ac44b44ae1b60"
    ),
)
_LEVEL = 6  # zlib's usual one
_OBJECTS_LEVEL = 7  # of what is no stream: a fiftieth smaller, in a third of a millisecond
_HEADER = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"  # bytes above 127: the file is not text
_FREE, _PLAIN, _PACKED = 0, 1, 2  # kinds of entries of a cross-reference stream


def install() -> None:
    """Have pydyf write its files in this way."""
    import pydyf

    write_as_before: Callable[..., None] = pydyf.PDF.write

    def write(
        pdf: Any,
        output: BinaryIO,
        version: object = b"1.7",
        identifier: object = False,
        compress: bool = False,
    ) -> None:
        if version == "1.7" and identifier is True and compress:
            output.write(file_of(pdf))
        else:
            write_as_before(pdf, output, version, identifier, compress)

    pydyf.PDF.write = write


def file_of(pdf: Any) -> bytes:
    """Return a pydyf.PDF as a file of PDF 1.7 with object streams (ISO 32000-1, 7.5.7, 7.5.8).

    The same objects give the same bytes, and the same identifier.
    """
    import pydyf

    pdf.add_object(pdf.info)
    entries = [(_FREE, 0, 65535)]
    parts, place = [_HEADER], len(_HEADER)
    packed: list[tuple[int, bytes]] = []
    home = len(pdf.objects)  # the number of the stream that holds all that is no stream
    for number, item in enumerate(pdf.objects[1:], 1):
        if isinstance(item, pydyf.Stream):
            entries.append((_PLAIN, place, 0))
            parts.append(_object(number, _pack_stream(item).data))
            place += len(parts[-1])
        else:
            entries.append((_PACKED, home, len(packed)))
            packed.append((number, item.data))
    entries.append((_PLAIN, place, 0))
    parts.append(_object(home, _together(packed)))
    place += len(parts[-1])
    entries.append((_PLAIN, place, 0))
    digest = hashlib.md5(usedforsecurity=False)
    for part in parts:
        digest.update(part)
    parts.append(_object(home + 1, _references(pdf, entries, digest.hexdigest().encode())))
    parts.append(b"startxref\n%d\n%%%%EOF\n" % place)
    return b"".join(parts)


def _pack_stream(stream: Any) -> Any:
    """Return a pydyf.Stream as it is written: packed, if it is to be."""
    import pydyf

    if not stream.compress:
        return stream
    whole = pydyf.Stream(stream.stream)
    data = whole.data.partition(b"stream\n")[2].removesuffix(b"\nendstream")
    extra = {**stream.extra, "Filter": "/FlateDecode"}
    return pydyf.Stream([zlib.compress(data, _LEVEL)], extra)


def _object(number: int, data: bytes) -> bytes:
    return b"%d 0 obj\n%s\nendobj\n" % (number, data)


def _stream(data: bytes, entries: bytes) -> bytes:
    """Return a packed stream with these entries in its dictionary."""
    data = zlib.compress(data, _OBJECTS_LEVEL)
    head = b"<<%s/Filter/FlateDecode/Length %d>>" % (entries, len(data))
    return b"%s\nstream\n%s\nendstream" % (head, data)


def _together(objects: list[tuple[int, bytes]]) -> bytes:
    """Return an object stream."""
    places, at = [], 0
    for number, data in objects:
        places.append(b"%d %d" % (number, at))
        at += len(data) + 1
    index = b" ".join(places) + b"\n"
    dictionary = b"/Type/ObjStm/N %d/First %d" % (len(objects), len(index))
    return _stream(index + b"\n".join([data for _, data in objects]), dictionary)


def _references(pdf: Any, entries: list[tuple[int, int, int]], identifier: bytes) -> bytes:
    """Return the cross-reference stream, which is the trailer as well."""
    table = b"".join([struct.pack(">BII", *entry) for entry in entries])
    dictionary = b"/Type/XRef/Size %d/W[1 4 4]/Root %s/Info %s/ID[<%s><%s>]" % (
        len(entries),
        pdf.catalog.reference,
        pdf.info.reference,
        identifier,
        identifier,
    )
    return _stream(table, dictionary)
