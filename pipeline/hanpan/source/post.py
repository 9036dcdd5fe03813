"""Post: a source file, taken apart into front matter and Markdown."""

from __future__ import annotations

from dataclasses import dataclass, field

from hanpan.problems import Problem


@dataclass(frozen=True, slots=True)
class Post:
    """A post as its author wrote it: NFC, newlines as \\n, no character that XML forbids.

    `front` holds strings, booleans, None, lists and maps: dates and numbers stay as written.
    `key_lines` knows the line in the author's file of `title`, `header`, `header.teaser` and so on.
    """

    path: str  # relative to the site's root, with /
    front: dict[str, object]
    key_lines: dict[str, int]
    body: str
    body_line: int = 1  # the line of the author's file on which `body` begins
    lines: int = 0  # of the whole file
    problems: tuple[Problem, ...] = field(default=())

    def line_of(self, *keys: str) -> int | None:
        """Return the line of the first of `keys` that the front matter has."""
        return next((self.key_lines[key] for key in keys if key in self.key_lines), None)
