"""E-books: the pages of the catalogues that reading apps subscribe to (OPDS 1.2, 2.0).

A catalogue of more entries than a page takes goes on in others, as both specifications have it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hanpan.library.addresses import Claims
from hanpan.library.pages import LIBRARY, OfferedFile, PagePlan, as_data

PER_PAGE = 100
_FOLDER = "opds"


def ebook_pages(
    books: Sequence[dict[str, object]],
    posts: Sequence[dict[str, object]],
    copies: Sequence[OfferedFile],
    claims: Claims,
) -> Iterator[PagePlan]:
    """Yield the pages of the catalogues: all books, then the posts that have files, newest first.

    `books` and `posts` are what a page says of them; `copies` are the books' own files, which the
    first page brings along. A page's path is that of OPDS 1.2; its twin ends in .json.
    """
    entries = [("book", book) for book in books] + [("post", post) for post in posts]
    names = ["catalog"]
    for number in range(2, -(-len(entries) // PER_PAGE) + 1):
        path = claims.take_like(f"{_FOLDER}/catalog-{number}.xml")
        claims.take(f"{path.removesuffix('.xml')}.json")
        names.append(path.removeprefix(f"{_FOLDER}/").removesuffix(".xml"))
    for number, name in enumerate(names, 1):
        shown = entries[PER_PAGE * (number - 1) : PER_PAGE * number]
        data = as_data(
            books=[entry for kind, entry in shown if kind == "book"],
            posts=[entry for kind, entry in shown if kind == "post"],
            number=number,
            pages=[f"{_FOLDER}/{name}" for name in names],
            count=len(entries),
            per_page=PER_PAGE,
        )
        key = f"{LIBRARY}opds" + (f"#{number}" if number > 1 else "")
        own = tuple(copies) if number == 1 else ()
        yield PagePlan(key, "opds", f"{_FOLDER}/{name}.xml", data, (), own)
