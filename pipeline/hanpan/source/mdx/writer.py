"""Writer: the lines of the output, each with its number in the author's file."""

from __future__ import annotations

from dataclasses import dataclass, field

from hanpan.source.lines import Line


@dataclass(slots=True)
class LineWriter:
    """Lines as they are put together; indents of what stands within a component are taken off."""

    number: int  # of the author's line that is being written
    lines: list[Line] = field(default_factory=list)
    # of the open components: their own indents, and those of what is in them, once that is known
    bases: list[tuple[str, int | None]] = field(default_factory=list)
    _current: list[str] = field(default_factory=list)
    _begun_at: int = 0
    _has_text: bool = False

    @property
    def at_start(self) -> bool:
        """Tell whether nothing but blanks stands on the line so far."""
        return not self._has_text

    def write(self, text: str) -> None:
        """Write text within a line."""
        if not self._current:
            self._begun_at = self.number
        self._current.append(text)
        self._has_text = self._has_text or bool(text.strip())

    def end_line(self) -> None:
        """End the author's line, and go on with the next."""
        self._flush()
        self.number += 1

    def copy(self, text: str) -> None:
        """Write text of the author's, with the ends of its lines."""
        first, *others = text.split("\n")
        self.write(first)
        for other in others:
            self.end_line()
            self.write(other)

    def skip(self, text: str) -> None:
        """Count the lines of text of the author's that is not written."""
        self.number += text.count("\n")

    def open(self) -> None:
        """Begin the content of a component that stands where the line is."""
        self.bases.append((self._blanks(), None))

    def _blanks(self) -> str:
        """Return what stands on the line so far if it is nothing but blanks."""
        return "".join(self._current) if self.at_start else ""

    def block(self, text: str) -> None:
        """Write lines of our own, set apart by blank ones."""
        if not self.at_start:
            self._flush()
        blanks = self._blanks()
        self._current.clear()
        self._has_text = False
        if self.lines and self.lines[-1].text.strip():
            self.lines.append(Line("", self.number))
        for line in text.split("\n"):
            self.lines.append(Line(blanks + line if line else "", self.number))
        self.lines.append(Line("", self.number))

    def own_lines(self, text: str) -> None:
        """Write lines of our own in the place where they are."""
        first, *others = text.split("\n")
        self.write(first)
        for other in others:
            self._flush()
            self.write(other)

    def indent(self, text: str) -> str:
        """Return a line with its component's indent in the place of its own."""
        blanks = len(text) - len(text.lstrip(" \t"))
        if not self.bases or not text.strip():
            return text
        own, base = self.bases[-1]
        if base is None:
            base = blanks
            self.bases[-1] = own, base
        return own + text[min(blanks, base) :]

    def finish(self) -> tuple[Line, ...]:
        self._flush()
        return tuple(self.lines)

    def _flush(self) -> None:
        text = "".join(self._current)
        self.lines.append(Line(text, self._begun_at if self._current else self.number))
        self._current.clear()
        self._has_text = False
