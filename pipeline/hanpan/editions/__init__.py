"""The editions: one table, one file each. An edition returns artifacts; only `build` writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the command line needs the table, and none of these
    from hanpan.books.book import Book
    from hanpan.document import Document
    from hanpan.files import Files
    from hanpan.library.pages import PagePlan
    from hanpan.problems import PlacedProblem, Problem
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
    `placed` are problems whose lines are not known here; `left` is for the edition that follows.
    """

    artifacts: tuple[Artifact, ...]
    products: dict[str, str]
    problems: tuple[Problem, ...] = ()
    left: bytes = b""
    placed: tuple[PlacedProblem, ...] = ()
    facts: str = ""  # what others say of the post, as JSON


if TYPE_CHECKING:
    Render = Callable[[Document, Files], Rendered]
    RenderBook = Callable[[Book, Files], Rendered]
    RenderPage = Callable[
        [PagePlan, Callable[[str], bytes], Callable[[str], bytes], Files], Rendered
    ]


@dataclass(frozen=True, slots=True)
class Edition:
    """A row of the table: all that is known of an edition outside its own folder.

    Modules are imported when first used: `hanpan --help` must not load WeasyPrint.
    """

    module: str  # of `render`
    label: str  # in lists
    book: str = ""  # the module of its `render` for books, if it has one
    follows: str = ""  # the edition before it: waits where both are made, reads what that has left
    is_slow: bool = False  # to load: worth loading before there is a document to render
    in_check: bool = False  # whether `hanpan check` makes it, unless told otherwise
    embeds_fonts: bool = True  # what no font has is nothing to those that are set elsewhere
    download: str = ""  # the media type of what it makes, if readers download that
    is_for_readers: bool = True  # and not for the author alone
    by_default: bool = True  # whether `hanpan build` makes it where none is named
    pages: str = ""  # the module of its `render_page`, if posts together have pages in it
    share: float = 1.0  # of a post's time, beside the other editions: what long posts take


EDITIONS = {
    "html": Edition("hanpan.editions.html", "HTML", in_check=True, share=2.0),
    "pdf": Edition(
        "hanpan.editions.pdf",
        "PDF",
        "hanpan.editions.book.pdf",
        is_slow=True,
        share=10.0,
        download="application/pdf",
    ),
    "epub": Edition(
        "hanpan.editions.epub",
        "EPUB",
        "hanpan.editions.book.epub",
        "pdf",
        share=2.0,
        download="application/epub+zip",
    ),
    "crosspost": Edition(
        "hanpan.editions.crosspost",
        "payloads",
        in_check=True,
        embeds_fonts=False,
        share=4.0,
        is_for_readers=False,
    ),
    "site": Edition(
        "hanpan.editions.site",
        "site",
        by_default=False,
        is_for_readers=False,  # beside the others: its folder is for readers as it is
        pages="hanpan.editions.site.pages",
        share=3.0,
    ),
}
PAYLOADS = "crosspost"  # the edition whose products are folders, one for each platform
BOOK_EDITIONS = {name: edition.book for name, edition in EDITIONS.items() if edition.book}
FOLLOWS = {name: edition.follows for name, edition in EDITIONS.items() if edition.follows}
BY_DEFAULT = tuple(name for name, edition in EDITIONS.items() if edition.by_default)
DOWNLOADS = {name: edition.download for name, edition in EDITIONS.items() if edition.download}
WITH_PAGES = tuple(name for name, edition in EDITIONS.items() if edition.pages)
SLOW_TO_LOAD = tuple(name for name, edition in EDITIONS.items() if edition.is_slow)


def concerns(problem: Problem, editions: Iterable[str]) -> bool:
    """Tell whether a problem of reading is one of these editions."""
    return problem.rule != "glyph-missing" or any(EDITIONS[name].embeds_fonts for name in editions)


def product_label(product: str, files: Files | None = None) -> str:
    """Return how lists call a product: an edition, or `crosspost/velog` by the platform's own name.

    With `files`, platforms of the site are known as well.
    """
    if product in EDITIONS:
        return EDITIONS[product].label
    from hanpan.crosspost.platform import load_platform
    from hanpan.problems import HanpanError

    name = product.rpartition("/")[2]
    try:
        return load_platform(name, files).label
    except HanpanError:  # of another version, or broken: it is told where it is used
        return name


def is_public(product: str) -> bool:
    """Tell whether readers may have a product from out/ itself, beside the list of all posts."""
    return EDITIONS[product].is_for_readers if product in EDITIONS else False


def renderer(name: str) -> Render:
    """Return the `render(document, files)` function of an edition."""
    render: Render = import_module(EDITIONS[name].module).render
    return render


def book_renderer(name: str) -> RenderBook:
    """Return the `render(book, files)` function of an edition of books."""
    render: RenderBook = import_module(BOOK_EDITIONS[name]).render
    return render


def render_page(
    plan: PagePlan,
    read_leaf: Callable[[str], bytes],
    read_copy: Callable[[str], bytes],
    files: Files,
) -> Rendered:
    """Return a page that shows several posts: of the edition that has such pages."""
    render: RenderPage = import_module(EDITIONS[WITH_PAGES[0]].pages).render_page
    return render(plan, read_leaf, read_copy, files)


def prepare(name: str, files: Files) -> None:
    """Load what an edition needs, so that its first document takes no longer than the others."""
    module = import_module(EDITIONS[name].module)
    if hasattr(module, "prepare"):
        module.prepare(files)


def load_for_forks(name: str, document: Document, files: Files) -> None:
    """Load what an edition needs into a process that workers are forks of.

    A document is rendered; an edition whose libraries do not outlive a fork has a function for it.
    """
    module = import_module(EDITIONS[name].module)
    if hasattr(module, "load_for_forks"):
        module.load_for_forks()
    else:
        module.render(document, files)
