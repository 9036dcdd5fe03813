"""Compression of entries: zstd where the extra `cache` is installed, else zlib; entries say which.

What is decompressed may be of others: it is never more than a number of bytes that the caller says.
"""

from __future__ import annotations

import zlib
from types import ModuleType

ZSTD, ZLIB = "zstd", "zlib"
_LEVEL = 1  # of zlib: most of what is stored is compressed already
_WINDOW = 1 << 27  # bytes that a stream may ask zstd to remember


def compress(data: bytes) -> tuple[str, bytes]:
    """Return the name of a compression, and the compressed bytes."""
    if zstandard := _zstandard():
        return ZSTD, zstandard.ZstdCompressor().compress(data)
    return ZLIB, zlib.compress(data, _LEVEL)


def decompress(name: str, data: bytes, limit: int) -> bytes:
    """Return at most `limit` bytes.

    Raises ValueError for more, for what cannot be decompressed, and for an unknown compression.
    """
    if name == ZLIB:
        content = _inflate(data, limit + 1)
    elif name == ZSTD and (zstandard := _zstandard()):
        stream = zstandard.ZstdDecompressor(max_window_size=_WINDOW).stream_reader(data)
        try:
            content = stream.read(limit + 1)
        except zstandard.ZstdError as error:
            raise ValueError(f"it cannot be decompressed: {error}") from None
    else:
        raise ValueError(f"its compression ({name[:20]}) is not available here")
    if len(content) > limit:
        raise ValueError(f"it is longer than {limit:,} bytes")
    return content


def _inflate(data: bytes, limit: int) -> bytes:
    stream = zlib.decompressobj()
    try:
        content = stream.decompress(data, limit)
    except zlib.error as error:
        raise ValueError(f"it cannot be decompressed: {error}") from None
    if not stream.eof and len(content) < limit:
        raise ValueError("it is torn")
    return content


def _zstandard() -> ModuleType | None:
    try:
        import zstandard
    except ImportError:
        return None
    return zstandard
