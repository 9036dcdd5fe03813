"""The pictures of the README and of docs/, made from real output: `make pictures`.

Each edition of a sample post is photographed, laid on a calm ground, and photographed again; the
gallery shows pages of all sample posts' PDFs as they are, and spreads of the book.
"""

from __future__ import annotations

import base64
import io
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pypdf
from PIL import Image, ImageOps
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
BOOK = "hanpan-note"
POST = ROOT / "posts" / "2026-10-16-eojeol.md"
WIDTH, HEIGHT = 1200, 800  # px; two stand side by side in the README
LARGEST = 250_000  # bytes
# docs/gallery.md: name of the picture, the post's slug, the page, and whether as for a press
GALLERY = (
    ("page-title", "eojeol", 1, False),
    ("page-figure", "long-read", 6, False),
    ("page-code", "한판-둘러보기", 5, False),
    ("page-callouts", "한판-둘러보기", 6, False),
    ("page-book", "book-page", 2, False),
    ("page-press", "book-page", 3, True),
)
GALLERY_DPI, GALLERY_LARGEST = 130, 200_000
# spreads of the book: name of the picture, and what one of its pages says
SPREADS = (
    ("spread-preface", "머리말"),
    ("spread-opening", "책의 쪽을 앉히다"),
    ("spread-figure", "붓의 글자, 칼의 글자"),
    ("spread-table", "신국판을 펼친 모습"),
    ("spread-code", "2,350자의 시대"),
)
BEFORE_THE_TEXT = 6  # pages, in which all titles stand in the contents
SPREAD_DPI = 95
STAGE = """<!DOCTYPE html><style>
* { box-sizing: border-box; margin: 0 }
body { width: 1200px; height: 800px; overflow: hidden; position: relative;
  background: linear-gradient(160deg, #e9ece8, #d5dcd8) }
img { position: absolute; display: block; background: #fff;
  box-shadow: 0 1px 2px rgb(20 40 36 / .25), 0 18px 48px rgb(20 40 36 / .22) }
.window { border-radius: 10px }
.telephone { border-radius: 30px; border: 9px solid #15181a; background: #15181a }
.paper { border-radius: 2px }
.reader { border-radius: 14px; border: 14px solid #2c302f }
</style>"""


def main() -> None:
    """Build the sample post and the book, and write the pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        build(folder)
        system = shutil.which("chromium") or shutil.which("google-chrome")
        # readers have a Korean font; the machine that takes the pictures may have none
        (folder / "share").mkdir()
        (folder / "share" / "fonts").symlink_to(ROOT / "layouts" / "fonts" / "noto-sans-kr")
        surroundings: dict[str, str | float | bool] = {
            **os.environ,
            "XDG_DATA_HOME": str(folder / "share"),
        }
        browser = playwright.chromium.launch(
            executable_path=system, args=["--no-sandbox"], env=surroundings
        )
        post = folder / "eojeol"
        compose(browser, "html", html(browser, post / "eojeol.html"))
        compose(browser, "pdf", pdf(post / "eojeol.pdf", folder))
        compose(browser, "epub", epub(browser, post / "eojeol.epub", folder / "book"))
        compose(browser, "crosspost", crosspost(browser, post / "crosspost"))
        book = folder / "books" / BOOK / BOOK
        compose(browser, "book-pdf", book_pdf(book.with_suffix(".pdf"), folder))
        compose(browser, "book-epub", book_epub(browser, book.with_suffix(".epub"), folder / "b"))
        browser.close()
        gallery(folder / "gallery")
        spreads(folder / "spreads")


def gallery(folder: Path) -> None:
    """Write the pages of docs/gallery.md; those for a press are built from a copy of the site."""
    press = folder / "site"
    for name in ("posts", "assets"):
        shutil.copytree(ROOT / name, press / name)
    settings = (ROOT / "site.toml").read_text("utf-8")
    (press / "site.toml").write_text(f'{settings}\n[pdf]\nprofile = "press"\n', "utf-8")
    for root, out in ((ROOT, "plain"), (press, "press")):
        command = [sys.executable, "-m", "hanpan", "build", "--offline", "--edition", "pdf"]
        command += ["--out", str(folder / out), str(root / "posts")]
        subprocess.run(command, cwd=ROOT, check=True)
    for name, slug, page, is_press in GALLERY:
        source = folder / ("press" if is_press else "plain") / slug / f"{slug}.pdf"
        shot = Image.open(io.BytesIO(page_of(source, page, GALLERY_DPI, folder))).convert("RGB")
        framed = ImageOps.expand(shot, border=1, fill="#c9ccc9")  # paper is as white as the web
        save(framed, name, GALLERY_LARGEST)


def spreads(folder: Path) -> None:
    """Write the spreads of docs/gallery.md: the book as a print shop takes it, cover first."""
    folder.mkdir()
    for name in ("posts", "assets", "books"):
        shutil.copytree(ROOT / name, folder / name)
    settings = (ROOT / "site.toml").read_text("utf-8")
    (folder / "site.toml").write_text(f'{settings}\n[book.pdf]\nprofile = "kyobo"\n', "utf-8")
    command = [sys.executable, "-m", "hanpan", "book", BOOK, "--offline", "--edition", "pdf"]
    subprocess.run(command, cwd=folder, check=True)
    book = folder / "out" / "books" / BOOK
    cover = Image.open(io.BytesIO(page_of(book / f"{BOOK}-cover.pdf", 1, SPREAD_DPI, folder)))
    save(cover.convert("RGB"), "spread-cover", GALLERY_LARGEST)
    texts = [page.extract_text() for page in pypdf.PdfReader(book / f"{BOOK}.pdf").pages]
    for name, words in SPREADS:
        number = next(n for n, text in enumerate(texts, 1) if words in text and n > BEFORE_THE_TEXT)
        left = number - number % 2  # the first page of all is a right-hand one
        pages = [
            Image.open(io.BytesIO(page_of(book / f"{BOOK}.pdf", one, SPREAD_DPI, folder)))
            for one in (left, left + 1)
        ]
        whole = Image.new("RGB", (pages[0].width * 2 + 1, pages[0].height), "#c9ccc9")
        whole.paste(pages[0], (0, 0))
        whole.paste(pages[1], (pages[0].width + 1, 0))
        save(ImageOps.expand(whole, border=1, fill="#c9ccc9"), name, GALLERY_LARGEST)


def page_of(path: Path, number: int, resolution: int, folder: Path) -> bytes:
    """Return a page of a PDF as PNG."""
    name = folder / f"shot-{number}"
    command = ["pdftoppm", "-r", str(resolution), "-png", "-singlefile"]
    subprocess.run([*command, "-f", str(number), "-l", str(number), path, name], check=True)
    return name.with_suffix(".png").read_bytes()


def build(out: Path) -> None:
    for command in (("build", str(POST)), ("book", BOOK)):
        whole = [sys.executable, "-m", "hanpan", *command, "--offline", "--out", str(out)]
        subprocess.run(whole, cwd=ROOT, check=True)


def html(browser: Browser, path: Path) -> list[str]:
    """The page on a screen, and dark on a telephone."""
    wide = photograph(browser, path, 1280, 980)
    narrow = photograph(browser, path, 390, 640, dark=True)
    return [
        laid(wide, "window", "left: 60px; top: 56px; width: 940px"),
        laid(narrow, "telephone", "right: 64px; top: 296px; width: 290px"),
    ]


def pdf(path: Path, folder: Path) -> list[str]:
    """The first two pages."""
    pages = [page_of(path, number, 110, folder) for number in (1, 2)]
    return [
        laid(pages[1], "paper", "left: 638px; top: 84px; width: 480px"),
        laid(pages[0], "paper", "left: 82px; top: 48px; width: 496px"),
    ]


def book_pdf(path: Path, folder: Path) -> list[str]:
    """Cover, contents, and the opening of the second chapter."""
    pages = pypdf.PdfReader(path).pages
    opening = next(n for n, page in enumerate(pages, 1) if page.extract_text().startswith("제2장"))
    places = ((1, "left: 40px"), (5, "left: 420px"), (opening, "left: 800px"))
    return [
        laid(page_of(path, number, 110, folder), "paper", f"{place}; top: 134px; width: 360px")
        for number, place in places
    ]


def book_epub(browser: Browser, path: Path, folder: Path) -> list[str]:
    """The same in a reader."""
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    shots = [
        photograph(browser, folder / "EPUB" / name, 480, 760, margin=margin)
        for name, margin in (("text/cover.xhtml", 0), ("nav.xhtml", 30), ("text/c2.xhtml", 30))
    ]
    return [
        laid(shot, "reader", f"left: {40 + 380 * at}px; top: 110px; width: 360px")
        for at, shot in enumerate(shots)
    ]


def epub(browser: Browser, path: Path, folder: Path) -> list[str]:
    """The cover, and the first page in a reader."""
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    cover = (folder / "EPUB" / "images" / "cover.jpg").read_bytes()
    chapter = photograph(browser, folder / "EPUB" / "text" / "post.xhtml", 560, 800, margin=34)
    return [
        laid(cover, "paper", "left: 96px; top: 74px; height: 652px"),
        laid(chapter, "reader", "left: 640px; top: 40px; height: 720px"),
    ]


def crosspost(browser: Browser, folder: Path) -> list[str]:
    """The page to paste the Naver payload from, and on a telephone the Velog one."""
    naver = photograph(browser, folder / "naver" / "preview.html", 860, 960)
    velog = photograph(browser, folder / "velog" / "preview.html", 390, 800, dark=True)
    return [
        laid(naver, "window", "left: 84px; top: 60px; width: 740px"),
        laid(velog, "telephone", "left: 780px; top: 130px; width: 330px"),
    ]


def photograph(
    browser: Browser, path: Path, width: int, height: int, *, dark: bool = False, margin: int = 0
) -> bytes:
    """Return the first screen of a page, as PNG; `margin` is what reading systems put around it."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        device_scale_factor=1.5,
    )
    page: Page = context.new_page()
    page.goto(path.as_uri())
    if margin:
        page.evaluate(f"document.documentElement.style.padding = '{margin}px'")
    page.evaluate("document.fonts.ready")
    shot = page.screenshot()
    context.close()
    return shot


def laid(data: bytes, kind: str, place: str) -> str:
    """Return a picture's element on the stage."""
    source = base64.b64encode(data).decode()
    return f'<img class="{kind}" style="{place}" src="data:image/*;base64,{source}">'


def compose(browser: Browser, name: str, pictures: list[str]) -> None:
    """Photograph the stage with these pictures, and write it small."""
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    page.set_content(STAGE + "".join(pictures))
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.close()
    save(shot, name, LARGEST)


def save(shot: Image.Image, name: str, largest: int) -> None:
    """Write a picture with few colours, and see to it that it is small."""
    target = PICTURES / f"{name}.png"
    colours = shot.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    colours.save(target, optimize=True)
    size = target.stat().st_size
    print(f"{target.relative_to(ROOT)}: {size} bytes")
    if size > largest:
        sys.exit(f"{target.name} is larger than {largest} bytes")


if __name__ == "__main__":
    main()
