"""Changes: what `hanpan init` writes, decided before anything is written."""

from __future__ import annotations

import difflib
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hanpan.files import write_atomic
from hanpan.init.blog import Blog
from hanpan.init.ci import FILES, GITLAB, GITLAB_ROOT, workflow
from hanpan.init.settings import settings_text
from hanpan.init.targets import FILE, MAKEFILES, targets_text, with_include
from hanpan.init.yaml_lists import NotEditable, with_entries
from hanpan.problems import Problem, UsageError, system_reason
from hanpan.roots import SETTINGS, RefusedFile, Root
from hanpan.site import JEKYLL

_IGNORED = ("/out/", "/_pages/", "/.hanpan/")  # what builds write
# what Jekyll would copy into its site: `out/` and not `out`, which is the beginning of other names
_EXCLUDED = ("out/", "site.toml", "assets.lock", "baseline.toml", "Makefile", FILE)
# Jekyll's own list (Jekyll::Configuration::DEFAULT_EXCLUDES): before 4.0, and on GitHub Pages, a
# list in _config.yml takes its place
_OF_JEKYLL = (
    "Gemfile", "Gemfile.lock", "node_modules", "vendor/bundle/", "vendor/cache/", "vendor/gems/",
    "vendor/ruby/",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """A file to write: `before` is None for a new one. `name` is its path below `folder`."""

    folder: Path
    name: str
    before: bytes | None
    after: bytes

    @property
    def path(self) -> Path:
        """Return where the file is."""
        return self.folder / self.name

    def difference(self) -> str:
        """Return the change as a unified diff."""
        before = (self.before or b"").decode(errors="replace").splitlines(keepends=True)
        after = self.after.decode(errors="replace").splitlines(keepends=True)
        old = self.name if self.before is not None else os.devnull
        lines = difflib.unified_diff(before, after, old, self.name, n=2)
        return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines).rstrip("\n")


@dataclass(frozen=True, slots=True)
class Changes:
    """What to write; `kept` are files that exist and differ; `problems` what was not possible."""

    files: tuple[Change, ...]
    kept: tuple[Path, ...]
    problems: tuple[Problem, ...]


def changes_of(blog: Blog, ci: str, action: str = "", *, force: bool = False) -> Changes:
    """Return what hanpan added to a blog changes in it; `ci` is github, gitlab or none.

    A file of hanpan's own that exists is written only if `force`; those of the author are edited.
    Raises UsageError for a file that cannot be read.
    """
    files: list[Change] = []
    kept: list[Path] = []
    problems: list[Problem] = []
    for folder, name, text in _own_files(blog, ci, action):
        before, after = read(folder, name), text.encode()
        if before is None or (force and before != after):
            files.append(Change(folder, name, before, after))
        elif before != after:
            kept.append(folder / name)
    for folder, name, edit in _edits(blog, ci):
        before = read(folder, name)
        try:
            after = edit(before or b"")
        except (NotEditable, UnicodeDecodeError) as error:
            problems.append(_not_edited(folder / name, error))
            continue
        if after != (before or b""):
            files.append(Change(folder, name, before, after))
    return Changes(tuple(files), tuple(kept), tuple(problems))


def _own_files(blog: Blog, ci: str, action: str) -> Iterator[tuple[Path, str, str]]:
    """Yield the files that are hanpan's alone: folder, name, text."""
    yield blog.root, "site.toml", settings_text(blog)
    makefile = read(blog.root, _makefile(blog)) or b""
    yield blog.root, FILE, targets_text(blog.lang, makefile.decode(errors="replace"))
    if ci in FILES:
        yield blog.repository, FILES[ci], workflow(ci, blog, action)


def _edits(blog: Blog, ci: str) -> Iterator[tuple[Path, str, Callable[[bytes], bytes]]]:
    """Yield the files that are the author's: folder, name, and how they are edited."""
    yield blog.root, _makefile(blog), with_include
    yield blog.root, ".gitignore", _with_ignored
    if blog.site.generator == JEKYLL:
        name = next(path.name for path in blog.site.config if path.suffix == ".yml")
        yield blog.root, name, lambda data: _edited(data, "exclude", _EXCLUDED, _OF_JEKYLL)
    if ci == GITLAB:
        entry = (f"local: {FILES[GITLAB]}",)
        yield blog.repository, GITLAB_ROOT, lambda data: _edited(data, "include", entry, ())


def _edited(data: bytes, key: str, entries: tuple[str, ...], first: tuple[str, ...]) -> bytes:
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    text = data[len(mark) :].decode()
    return mark + with_entries(text, key, [*entries], [*first]).encode()


def _makefile(blog: Blog) -> str:
    names = set(os.listdir(blog.root))
    return next((name for name in MAKEFILES if name in names), MAKEFILES[-1])


def _with_ignored(data: bytes) -> bytes:
    """Return a .gitignore that has what builds write as well."""
    lines = {line.strip().strip("/") for line in data.decode(errors="replace").splitlines()}
    new = [line for line in _IGNORED if line.strip("/") not in lines]
    newline = b"\r\n" if b"\r\n" in data else b"\n"
    gap = b"" if not data or data.endswith(b"\n") else newline
    return data + gap + b"".join(line.encode() + newline for line in new) if new else data


def read(folder: Path, name: str) -> bytes | None:
    """Return a file's bytes, None where there is none. Raises UsageError where it is no file."""
    try:
        return Root(folder, links=False).read(name, SETTINGS)
    except FileNotFoundError:
        return None
    except RefusedFile as error:
        raise UsageError(error.problem) from None
    except OSError as error:
        message, shown = f"cannot be read: {system_reason(error)}", os.path.relpath(folder / name)
        remedy = "Check its permissions."
        raise UsageError(Problem("init", "error", message, shown, None, remedy)) from None


def write(change: Change) -> None:
    """Write a file whole or not at all, with the rights that it had. Raises UsageError."""
    try:
        place = Root(change.folder, links=False).place(change.name, make=True)
        mode = stat.S_IMODE(place.lstat().st_mode) if change.before is not None else 0o644
        write_atomic(place, change.after, durable=True, mode=mode)
    except RefusedFile as error:
        raise UsageError(error.problem) from None
    except OSError as error:
        message, shown = f"cannot be written: {system_reason(error)}", os.path.relpath(change.path)
        remedy = "Check the folder's permissions."
        raise UsageError(Problem("init", "error", message, shown, None, remedy)) from None


def _not_edited(path: Path, error: Exception) -> Problem:
    message = f"the file is left as it is: {error}"
    entries = ", ".join(_EXCLUDED)
    remedy = f"Add these to `exclude` yourself: {entries}."
    if path.name == GITLAB_ROOT:
        remedy = f"Add `include: [{{local: {FILES[GITLAB]}}}]` yourself."
    return Problem("init", "warning", message, os.path.relpath(path), None, remedy)
