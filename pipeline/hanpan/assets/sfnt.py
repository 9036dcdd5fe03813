"""Font containers: the tables of an sfnt file, and the TTF and WOFF2 files built from them.

Sources: OpenType 1.9 "Organization of an OpenType Font", and https://www.w3.org/TR/WOFF2/.
fontTools can write WOFF2 too, but only at brotli's best quality: 0.15 s of CPU for one face of a
page, against 0.005 s here, for a file that is a few KB smaller.
"""

from __future__ import annotations

import struct

import brotli

# brotli's 0 to 11: 5 is thirty times faster than 11 and 6 % larger, on subsets of Hangul fonts
QUALITY = 5
LOSSLESS = 1 << 11  # head.flags: the font was compressed by a tool (WOFF2, section 5.4)
# WOFF2 section 5.3: a table's tag is its index in this list, else 63 and the tag
_TAGS = (
    "cmap head hhea hmtx maxp name OS/2 post cvt fpgm glyf loca prep CFF VORG EBDT EBLC gasp "
    "hdmx kern LTSH PCLT VDMX vhea vmtx BASE GDEF GPOS GSUB EBSC JSTF MATH CBDT CBLC COLR CPAL "
    "SVG sbix acnt avar bdat bloc bsln cvar fdsc feat fmtx fvar gvar hsty just lcar mort morx "
    "opbd prop trak Zapf Silf Glat Gloc Feat Sill"
)
_KNOWN = [tag.ljust(4) for tag in _TAGS.split()]
Tables = dict[str, bytes]


def read_tables(data: bytes) -> tuple[bytes, Tables]:
    """Return the version tag and the tables of an sfnt file that holds one font."""
    count = struct.unpack_from(">H", data, 4)[0]
    tables: Tables = {}
    for index in range(count):
        tag, _, offset, length = struct.unpack_from(">4sLLL", data, 12 + 16 * index)
        tables[tag.decode("latin-1")] = data[offset : offset + length]
    return data[:4], tables


def name_table(names: dict[int, str]) -> bytes:
    """Return a `name` table, version 0, with Windows Unicode English records (name id -> text)."""
    records, strings = b"", b""
    for number, text in sorted(names.items()):
        encoded = text.encode("utf-16-be")
        records += struct.pack(">6H", 3, 1, 0x409, number, len(encoded), len(strings))
        strings += encoded
    return struct.pack(">3H", 0, len(names), 6 + len(records)) + records + strings


def ttf(version: bytes, tables: Tables) -> bytes:
    """Return the tables as an sfnt file, tags in order, with checksums."""
    tables = {**tables, "head": _head(tables["head"], 0, 0)}
    tags = sorted(tables)
    exponent = len(tags).bit_length() - 1
    header = version + struct.pack(
        ">4H", len(tags), 16 << exponent, exponent, 16 * len(tags) - (16 << exponent)
    )
    offset = len(header) + 16 * len(tags)
    directory, body = b"", b""
    for tag in tags:
        data = tables[tag]
        place = offset + len(body)
        directory += struct.pack(">4sLLL", tag.encode("latin-1"), _checksum(data), place, len(data))
        body += _pad(data)
    whole = bytearray(header + directory + body)
    # OpenType "head": the file's sum with this field at 0, taken from this constant
    adjustment = (0xB1B0AFBA - _checksum(bytes(whole))) & 0xFFFFFFFF
    struct.pack_into(">L", whole, offset + _offset(tables, tags, "head") + 8, adjustment)
    return bytes(whole)


def woff2(version: bytes, tables: Tables) -> bytes:
    """Return the tables as a WOFF2 file without table transforms."""
    tables = {**tables, "head": _head(tables["head"], 0, LOSSLESS)}
    tags = sorted(tables, key=lambda tag: ("glyf", 1) if tag == "loca" else (tag, 0))
    directory = b"".join(_entry(tag, len(tables[tag])) for tag in tags)
    stream = brotli.compress(
        b"".join(tables[tag] for tag in tags), mode=brotli.MODE_FONT, quality=QUALITY
    )
    body = _pad(directory + stream, 48)
    size = 12 + sum(16 + len(_pad(data)) for data in tables.values())
    header = b"wOF2" + version
    header += struct.pack(">LHHLL", 48 + len(body), len(tags), 0, size, len(stream))
    return header + struct.pack(">HHLLLLL", 1, 0, 0, 0, 0, 0, 0) + body


def _entry(tag: str, length: int) -> bytes:
    """Return a table's entry in WOFF2's directory; version 3 is "no transform" for outlines."""
    transform = 3 << 6 if tag in ("glyf", "loca") else 0
    number = _number(length)
    if tag in _KNOWN:
        return bytes([_KNOWN.index(tag) | transform]) + number
    return bytes([63 | transform]) + tag.encode("latin-1") + number


def _number(value: int) -> bytes:
    """Return WOFF2's UIntBase128: seven bits a byte, the highest first."""
    digits = [value & 0x7F]
    while value := value >> 7:
        digits.insert(0, value & 0x7F | 0x80)
    return bytes(digits)


def _head(head: bytes, adjustment: int, flags: int) -> bytes:
    """Return the `head` table with its checksum adjustment and further flags set."""
    changed = bytearray(head)
    struct.pack_into(">L", changed, 8, adjustment)
    struct.pack_into(">H", changed, 16, struct.unpack_from(">H", head, 16)[0] | flags)
    return bytes(changed)


def _offset(tables: Tables, tags: list[str], wanted: str) -> int:
    return sum(len(_pad(tables[tag])) for tag in tags[: tags.index(wanted)])


def _pad(data: bytes, start: int = 0) -> bytes:
    """Return the data filled up with zeros to four bytes, counted from `start`."""
    return data + b"\0" * (-(start + len(data)) % 4)


def _checksum(data: bytes) -> int:
    """Return the sum of the data as unsigned 32-bit numbers."""
    data = _pad(data)
    words: tuple[int, ...] = struct.unpack(f">{len(data) // 4}L", data)
    return sum(words) & 0xFFFFFFFF
