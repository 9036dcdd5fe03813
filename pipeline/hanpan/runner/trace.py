"""Trace: what a step read, wrote and left, as the database keeps it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

from hanpan.document import SiteLink
from hanpan.library.pages import LIBRARY
from hanpan.problems import Problem
from hanpan.runner.outline import is_book

BOOKS, SITE = "books", "site"  # the folders of books and of the site below out/
_NO_NAMES = frozenset(("", ".", ".."))
INDEX_PAGE = "index.html"  # the one file that belongs to no post


@dataclass(frozen=True, slots=True)
class Trace:
    """What a step read and what it wrote.

    `reads` and `writes` map keys and paths below out/ to hashes; `tools` is the hash of the code
    and packages it ran with. `output` is the hash of what it leaves for other steps: of a reading
    step the document, of which also `address` is where the site shows it, `canonical` where its
    original is, and `links` those that lead to the site. `lines` is the hash of the SourceLines: of
    a reading step its own, of an edition those that its artifacts name; where that is, the
    LineLists whose hash is `line_lists` say. A step that was `given_up` took too long or too much
    memory, and is not run again with what it read. `facts` is what pages of others say of the post.
    """

    reads: dict[str, str]
    writes: dict[str, str]
    tools: str
    output: str = ""
    products: dict[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    address: str = ""
    links: tuple[SiteLink, ...] = ()
    canonical: str = ""
    lines: str = ""
    line_lists: str = ""
    given_up: bool = False
    facts: str = ""

    def left(self) -> set[str]:
        """Return the hashes of what the step left in the folder of documents."""
        return {self.output, self.lines, self.line_lists} - {""}

    def as_json(self) -> str:
        """Return the trace as text."""
        problems = [asdict(problem) for problem in self.problems]
        data = {name: getattr(self, name) for name in self.__slots__} | {"problems": problems}
        return json.dumps(data, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Trace:
        """Read what `as_json` returned. Raises ValueError for anything else."""
        try:
            data = json.loads(text)
            data["problems"] = tuple(Problem.from_json(problem) for problem in data["problems"])
            data["links"] = tuple(SiteLink(*link) for link in data["links"])
            trace = cls(**data)
            trace.check()
        except (TypeError, KeyError, AttributeError, RecursionError) as error:
            raise ValueError(f"it is no trace: {error}") from None
        return trace

    def check_paths(self, post: str) -> None:
        """Raise ValueError unless all paths are below one folder, which `post` may write to.

        The folder of the site is of all posts together.
        A folder out/ of others may come with traces that name any file to be removed.
        """
        folders = set()
        of_book = is_book(post)
        own = 2 if of_book else 1
        for path in (*self.writes, *self.products.values()):
            parts = path.split("/")
            if not _NO_NAMES.isdisjoint(parts) or "\0" in path:
                raise ValueError(f"`{path}` is no file of a post")
            if len(parts) <= own and path != INDEX_PAGE:
                raise ValueError(f"`{path}` is no file of a post")
            if parts[0].startswith("."):
                raise ValueError(f"`{path}` is hanpan's own")
            if parts[0] == SITE and post and not of_book:
                continue
            if (parts[0] == BOOKS) != of_book or (path == INDEX_PAGE) != (not post):
                raise ValueError(f"`{path}` is another's")
            if post.startswith(LIBRARY):
                raise ValueError(f"`{path}` is not of the site")
            folders.add(tuple(parts[:own]))
        if len(folders) > 1:
            raise ValueError("a post has one folder")
        if not all(map(is_plain, self.left())):
            raise ValueError("what it left has no hash")

    def check(self) -> None:
        """Raise TypeError or ValueError where something of this is not what its type says.

        Texts must be text that can be written, and paths the names of files.
        """
        texts = [self.tools, self.output, self.address, self.canonical, self.lines]
        texts += [self.line_lists, self.facts, *(link.address for link in self.links)]
        texts += [problem.message for problem in self.problems]
        for table in (self.reads, self.writes, self.products):
            texts += ["".join(table), "".join(table.values())]
        "".join(texts).encode()  # fails for half of a surrogate pair
        if any("\0" in path for path in (*self.writes, *self.products.values())):
            raise ValueError("a path has a null character")
        if not all(isinstance(link.line, int | None) for link in self.links):
            raise TypeError("a link has no line")


def is_plain(name: str) -> bool:
    """Tell whether a name is that of a file or folder, and leads nowhere else."""
    return name not in _NO_NAMES and "/" not in name and "\0" not in name
