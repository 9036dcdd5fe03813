"""The editions: one table, one file each. An edition returns artifacts; only `build` writes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the command line needs the table, and none of these
    from hanpan.books.book import Book
    from hanpan.document import Document
    from hanpan.files import Files
    from hanpan.problems import Problem
    from hanpan.source_lines import LineList


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file to write: its path below out/, with /, and its bytes.

    `lines` are the places in it that name lines of the post: whoever writes it fills them in.
    """

    path: str
    data: bytes
    lines: tuple[LineList, ...] = ()


@dataclass(frozen=True, slots=True)
class Rendered:
    """What an edition makes of one document.

    `products` says what build.json lists: a name such as `html` or `crosspost/velog`, and a path.
    `left` is for the edition that follows this one.
    """

    artifacts: tuple[Artifact, ...]
    products: dict[str, str]
    problems: tuple[Problem, ...] = ()
    left: bytes = b""


if TYPE_CHECKING:
    Render = Callable[[Document, Files], Rendered]
    RenderBook = Callable[[Book, Files], Rendered]

# edition -> its module, imported when first used: `hanpan --help` must not load WeasyPrint
EDITIONS = {
    "html": "hanpan.editions.html",
    "pdf": "hanpan.editions.pdf",
    "epub": "hanpan.editions.epub",
    "crosspost": "hanpan.editions.crosspost",
}

# an edition of books -> its module
BOOK_EDITIONS = {
    "epub": "hanpan.editions.book.epub",
    "pdf": "hanpan.editions.book.pdf",
}

# an edition -> the one it follows: it reads what that has left, and waits where both are made
FOLLOWS = {"epub": "pdf"}

SLOW_TO_LOAD = ("pdf",)  # worth loading before there is a document to render


def renderer(name: str) -> Render:
    """Return the `render(document, files)` function of an edition."""
    render: Render = import_module(EDITIONS[name]).render
    return render


def book_renderer(name: str) -> RenderBook:
    """Return the `render(book, files)` function of an edition of books."""
    render: RenderBook = import_module(BOOK_EDITIONS[name]).render
    return render


def prepare(name: str, files: Files) -> None:
    """Load what an edition needs, so that its first document takes no longer than the others."""
    module = import_module(EDITIONS[name])
    if hasattr(module, "prepare"):
        module.prepare(files)
