"""Writing a PDF: pydyf's object table as the bytes of a file, with its identifier.

pydyf can write too, but for an identifier it writes out every object a second time, only to hash
it, and it packs at zlib's level 9, which takes two to three times as long for fonts and pages and
saves less than a hundredth of the file (measured over the corpus). Here the hash is that of the
bytes written.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from typing import Any

_LEVEL = 6  # zlib's usual one
_HEADER = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"  # bytes above 127: the file is not text
_FREE, _PLAIN, _PACKED = 0, 1, 2  # kinds of entries of a cross-reference stream


def keep_page_references() -> None:
    """Have pydyf remember how its pages are referred to. Call it once WeasyPrint is loaded.

    WeasyPrint asks for all of them at each tag, and pydyf makes them anew each time: of 500 pages,
    that was a third of the time.
    """
    import pydyf

    pydyf.PDF.page_references = property(_page_references)


def _page_references(pdf: Any) -> list[bytes]:
    """Return the reference of each page so far, in order."""
    known: list[bytes] = pdf.__dict__.setdefault("_page_references", [])
    known += [b"%d 0 R" % number for number in pdf.pages["Kids"][3 * len(known) :: 3]]
    return known


def write_pdf(pdf: Any) -> bytes:
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
            parts.append(_object(number, _packed(item).data))
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


def _packed(stream: Any) -> Any:
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


def _stream(data: bytes, said: bytes) -> bytes:
    """Return a packed stream; `said` is what else its dictionary holds."""
    data = zlib.compress(data, _LEVEL)
    return b"<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (said, len(data), data)


def _together(objects: list[tuple[int, bytes]]) -> bytes:
    """Return an object stream."""
    places, at = [], 0
    for number, data in objects:
        places.append(b"%d %d" % (number, at))
        at += len(data) + 1
    index = b" ".join(places) + b"\n"
    said = b"/Type/ObjStm/N %d/First %d" % (len(objects), len(index))
    return _stream(index + b"\n".join([data for _, data in objects]), said)


def _references(pdf: Any, entries: list[tuple[int, int, int]], identifier: bytes) -> bytes:
    """Return the cross-reference stream, which is the trailer as well."""
    table = b"".join([struct.pack(">BII", *entry) for entry in entries])
    said = b"/Type/XRef/Size %d/W[1 4 4]/Root %s/Info %s/ID[<%s><%s>]" % (
        len(entries),
        pdf.catalog.reference,
        pdf.info.reference,
        identifier,
        identifier,
    )
    return _stream(table, said)
