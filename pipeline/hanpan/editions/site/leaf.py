"""SiteLeaf: what the site needs of one post, made once, whatever its neighbours are.

A leaf is a file of lines, so that who needs the terms alone reads no more: facts, terms, text,
Markdown, page. Addresses in it are not final, for a page does not know yet where it will be: the
site's root and links to other posts are marks, which `SiteLeaf` puts in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

from hanpan.files import sha256
from hanpan.library.facts import Facts

_FACTS, _TERMS, _TEXT, _MARKDOWN, _PAGE = range(5)


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one leaf: texts that its author cannot have written."""

    root: str
    link: str  # before a number and a dot

    @classmethod
    def of(cls, body: str) -> Marks:
        """Return the marks of a document with this body."""
        secret = sha256(f"marks of {body}".encode())[:24]
        return cls(f"hanpan-{secret}-root:", f"hanpan-{secret}-link:")


@dataclass(frozen=True, slots=True)
class SiteLeaf:
    """A leaf that was read."""

    lines: tuple[str, ...]

    @classmethod
    def from_bytes(cls, data: bytes) -> SiteLeaf:
        """Read what `write_leaf` returned. Raises ValueError for anything else."""
        lines = tuple(data.decode().split("\n"))
        if len(lines) != _PAGE + 1:
            raise ValueError("it is no leaf")
        return cls(lines)

    @property
    def facts(self) -> Facts:
        """Return what lists say of the post."""
        return Facts.from_json(self.lines[_FACTS])

    @property
    def terms(self) -> list[str]:
        """Return what the post can be found by."""
        return self.lines[_TERMS].split("\t")

    @property
    def text(self) -> str:
        """Return the post's words."""
        return str(json.loads(self.lines[_TEXT]))

    def markdown(self, root: str, link: Callable[[int, str], str]) -> str:
        """Return the post as Markdown, with its addresses put in."""
        return self._placed(str(json.loads(self.lines[_MARKDOWN])), root, link)

    def body(self, root: str, link: Callable[[int, str], str]) -> str:
        """Return the body alone, as HTML."""
        return str(self.page(root, link)["body"])

    def page(self, root: str, link: Callable[[int, str], str]) -> dict[str, Any]:
        """Return what the page shows: body, contents, hero and more, addresses put in.

        `root` leads from the page to the site's root; `link` returns the address of a link by its
        number, which `facts.links` counts, and the original address.
        """
        page: dict[str, Any] = json.loads(self.lines[_PAGE])
        page["body"] = self._placed(
            page["body"], root, lambda number, address: escape(link(number, address))
        )
        if page["hero"]:
            for name in ("src", "srcset"):
                page["hero"][name] = self._placed(page["hero"][name], root, link)
        return page

    def _placed(self, text: str, root: str, link: Callable[[int, str], str]) -> str:
        marks = Marks(**json.loads(self.lines[_PAGE])["marks"])
        links = self.facts.links

        def address(match: re.Match[str]) -> str:
            number = int(match[1])
            return link(number, links[number])

        if marks.link in text:
            text = re.sub(re.escape(marks.link) + r"(\d{1,6})\.", address, text)
        return text.replace(marks.root, root)


def write_leaf(
    facts: Facts, terms: list[str], text: str, markdown: str, page: dict[str, Any]
) -> bytes:
    """Return a leaf as bytes."""
    lines = [facts.as_json(), "\t".join(terms)]
    lines += [json.dumps(part, ensure_ascii=False) for part in (text, markdown, page)]
    return "\n".join(line.replace("\n", " ") for line in lines).encode()
