"""Texts: a post's file as characters and back, byte for byte except for what is replaced."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from hanpan.files import write_atomic
from hanpan.roots import TEXT, Root

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


@dataclass(frozen=True, slots=True)
class Text:
    """A file's text with its newlines as they are, its encoding, and its byte order mark."""

    path: Path
    text: str
    encoding: str
    mark: bytes
    before: bytes  # the file as it was read

    def with_spans(self, spans: Iterable[tuple[int, int, str]]) -> Text:
        """Return the text with each (start, end, new) replaced; spans do not overlap."""
        pieces, at = [], 0
        for start, end, new in sorted(spans):
            pieces += [self.text[at:start], new]
            at = end
        return replace(self, text="".join([*pieces, self.text[at:]]))

    def write(self, temporary: Path | None = None) -> None:
        """Write the file whole, with its old permissions. Raises OSError, also if it was edited."""
        if Root(self.path.parent).read(self.path.name, TEXT) != self.before:
            raise OSError(f"{self.path.name} has been changed in the meantime")
        mode = self.path.stat().st_mode & 0o7777
        data = self.mark + self.text.encode(self.encoding)
        write_atomic(self.path, data, temporary, durable=True, mode=mode)


def read_text(path: Path, root: Path) -> Text:
    """Read a post's file. Raises OSError, also if it is outside its site or is not text."""
    site = Root(root)
    name = path.relative_to(root).as_posix()
    place, data = Path(site.find(name, TEXT)), site.read(name, TEXT)
    mark, known = next(((m, name) for m, name in _MARKS if data.startswith(m)), (b"", ""))
    for encoding in (known,) if known else ("utf-8", "cp949"):
        try:
            text = data[len(mark) :].decode(encoding)
        except UnicodeDecodeError:
            continue
        if mark + text.encode(encoding) == data:
            return Text(place, text, encoding, mark, data)
    raise OSError(f"{path.name} is neither UTF-8 nor cp949, so it is not changed")
