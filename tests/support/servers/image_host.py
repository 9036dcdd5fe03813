"""An image host on loopback with every bad habit; it counts what it is asked for."""

from __future__ import annotations

import io
import struct
import time
import zlib
from collections import Counter
from http.server import ThreadingHTTPServer

from PIL import Image

from tests.support.servers.serving import QuietHandler

HUGE = 100_000  # bytes of /huge


def picture(
    size: tuple[int, int] = (640, 360), colour: str = "#c03030", kind: str = "PNG"
) -> bytes:
    """Return a picture of one colour."""
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, kind)
    return file.getvalue()


PICTURE = picture((2, 2))


class ImageHost(ThreadingHTTPServer):
    """Serves `pages` (path -> bytes), and under fixed paths what goes wrong on real hosts."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: Counter[str] = Counter()
        self.pages = dict.fromkeys(("/a.png", "/%ED%95%9C%20%EA%B8%80.png"), PICTURE)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"

    def serve(self, path: str, data: bytes) -> str:
        """Serve `data` under `path` from now on; return its address."""
        self.pages[path] = data
        return self.url(path)


class _Handler(QuietHandler):
    server: ImageHost

    def do_GET(self) -> None:
        self.server.asked[self.path] += 1
        if self.path in self.server.pages:
            self.body(self.server.pages[self.path])
        elif self.path.startswith("/hop"):
            number = int(self.path.removeprefix("/hop"))
            self.send_on(f"/hop{number - 1}" if number > 1 else "/a.png")
        elif self.path == "/loop":
            self.send_on("/loop")
        elif self.path == "/away":
            self.send_on("file:///etc/passwd")
        elif self.path == "/huge":
            self.send_response(200)
            self.end_headers()
            for _ in range(HUGE // 1000):
                self.wfile.write(b"x" * 1000)
        elif self.path == "/mute":
            time.sleep(600)  # longer than any test waits
        elif self.path == "/drop":
            self.close_connection = True
        elif self.path == "/failing":
            self.send_error(500)
        elif self.path == "/plain.png":
            self.body(PICTURE, kind="text/plain")
        elif self.path == "/said-huge":
            self.body(b"x", length=10**9)
        elif self.path == "/cut":
            self.body(b"x", length=100)
        elif self.path == "/slow":
            self.send_response(200)
            self.end_headers()
            for _ in range(100):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.1)
        else:
            self.send_error(404)

    def send_on(self, place: str) -> None:
        self.send_response(302)
        self.send_header("Location", place)
        self.end_headers()

    def body(
        self, data: bytes, length: int | None = None, kind: str = "image/png; charset=x"
    ) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data) if length is None else length))
        self.end_headers()
        self.wfile.write(data)


def claiming(width: int, height: int) -> bytes:
    """Return a PNG of a hundred bytes that claims to be larger than any memory."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 64)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def bomb(width: int, height: int) -> bytes:
    """Return a whole, valid PNG of one bit a pixel: kilobytes that unpack to width x height."""
    row = b"\0" * (1 + (width + 7) // 8)
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
