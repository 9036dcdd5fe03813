"""What a reader finds in built editions: the hero of a page, a PDF's pictures, an EPUB's cover."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pypdf
from lxml import etree, html
from PIL import Image

OPF = "{http://www.idpf.org/2007/opf}"


class Built:
    """The editions of one post below an out/ folder."""

    def __init__(self, out: Path, slug: str) -> None:
        self.folder, self.slug = out / slug, slug

    @property
    def page(self) -> html.HtmlElement:
        return html.fromstring((self.folder / f"{self.slug}.html").read_bytes().decode("utf-8"))

    def page_pictures(self) -> list[Image.Image]:
        """Return the page's pictures in order, decoded from their data URIs."""
        sources = [str(img.get("src")) for img in self.page.iter("img")]
        assert all(source.startswith("data:image/") for source in sources), sources
        return [_opened(base64.b64decode(source.partition(",")[2])) for source in sources]

    @property
    def pdf(self) -> pypdf.PdfReader:
        return pypdf.PdfReader(self.folder / f"{self.slug}.pdf")

    def pdf_pictures(self, page: int) -> list[Image.Image]:
        return [item.image for item in self.pdf.pages[page].images if item.image]

    def pdf_text(self) -> str:
        return "\n".join(page.extract_text() for page in self.pdf.pages)

    def epub(self, name: str) -> bytes:
        """Return a file of the EPUB, by its path below EPUB/."""
        with zipfile.ZipFile(self.folder / f"{self.slug}.epub") as archive:
            return archive.read(f"EPUB/{name}")

    def epub_cover(self) -> Image.Image:
        """Return the picture that the package names as its cover."""
        package = etree.fromstring(self.epub("content.opf"))
        (cover,) = (
            item for item in package.iter(f"{OPF}item") if item.get("properties") == "cover-image"
        )
        return _opened(self.epub(str(cover.get("href"))))

    def epub_pictures(self) -> list[Image.Image]:
        """Return the pictures of the chapter in order; the first is that of the first page."""
        chapter = etree.fromstring(self.epub("text/post.xhtml"))
        sources = [str(img.get("src")) for img in chapter.iter("{*}img")]
        return [_opened(self.epub(source.removeprefix("../"))) for source in sources]

    def payload(self, platform: str, name: str) -> str:
        return (self.folder / "crosspost" / platform / name).read_text("utf-8")

    def manifest(self, platform: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.payload(platform, "manifest.json"))
        return found

    def payload_picture(self, platform: str, number: int) -> Image.Image:
        """Return a picture that lies ready beside a payload, by its number from 1."""
        local = self.manifest(platform)["images"][number - 1]["local"]
        return _opened((self.folder / "crosspost" / platform / local).read_bytes())


def colour(image: Image.Image) -> tuple[int, int, int]:
    """Return the colour in the middle of a picture, each part to the nearest 32: lossy formats."""
    found = image.convert("RGB").getpixel((image.width // 2, image.height // 2))
    assert isinstance(found, tuple)
    red, green, blue = (round(part / 32) * 32 for part in found)
    return red, green, blue


def _opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))
