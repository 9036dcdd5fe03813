"""Pages: lists that a server gives page by page, to an end that is ours if the server has none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from hanpan.publish.client import EndlessList

MOST = 1000  # pages: 50,000 posts, or 100,000
Cursor = TypeVar("Cursor")


def items_of_pages(
    read: Callable[[Cursor], tuple[list[Any], Cursor | None]], first: Cursor
) -> Iterator[Any]:
    """Yield the items of all pages; `read` returns those of one, and where the next begins.

    That is None after the last one. Raises EndlessList where a page comes again, under its own
    name or another, and after MOST pages.
    """
    cursor: Cursor | None = first
    seen: set[str] = set()
    for _ in range(MOST):
        if cursor is None:
            return
        name = repr(cursor)
        items, cursor = read(cursor)
        content = repr((items[0], items[-1])) if items else name
        if name in seen or content in seen:
            raise EndlessList
        seen |= {name, content}
        yield from items
    if cursor is not None:
        raise EndlessList


def numbered_pages(
    read: Callable[[int], list[Any]], size: int, first: int = 1, step: int = 1
) -> Iterator[Any]:
    """Yield the items of pages 1, 2, ... until one has fewer than `size`."""

    def page(number: int) -> tuple[list[Any], int | None]:
        items = read(number)
        return items, number + step if len(items) >= size else None

    return items_of_pages(page, first)
