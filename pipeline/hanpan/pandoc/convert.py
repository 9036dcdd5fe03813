"""pandoc: Markdown in, an HTML body out, within a time and a memory limit."""

from __future__ import annotations

import atexit
import subprocess
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from hanpan import budget
from hanpan.messages.installation import reinstall_command
from hanpan.pandoc.process import Accident, MemoryLimit, PandocProcess
from hanpan.problems import HanpanError, Problem

# of 15 forms of emphasis before Korean particles (`**강조(bold)**는`) this reader reads all 15,
# CommonMark's none
READER = (
    "markdown"
    "-blank_before_header-blank_before_blockquote+lists_without_preceding_blankline"
    "-example_lists-line_blocks-pandoc_title_block-yaml_metadata_block"
    "-citations"  # with citations a real post took more than two minutes
    "-subscript-superscript"  # 1~3일, 2^10
    "-raw_tex-latex_macros-implicit_figures"
    "-simple_tables-multiline_tables-grid_tables"
    "+autolink_bare_uris-auto_identifiers+emoji+abbreviations-smart-fancy_lists"
    "-implicit_header_references"  # `[결과]` in prose is no link to a heading
)
COMMONMARK_READER = (
    "commonmark+pipe_tables+strikeout+task_lists+autolink_bare_uris"  # GitHub's
    "+footnotes+emoji+tex_math_dollars+raw_attribute"
)
HARD_WRAP = "+hard_line_breaks"  # to either of them
# linear in its input, whatever that is
FALLBACK_READER = "gfm+tex_math_dollars+footnotes+definition_lists+attributes+emoji-alerts"
TIMEOUT = 4.0  # seconds of the processor; a post of 140,000 characters takes less than one
FALLBACK_TIMEOUT = 2.0
MEMORY = 900_000_000  # bytes
_FAILURES = (OSError, ValueError, MemoryLimit, subprocess.SubprocessError)
_running: list[PandocProcess] = []  # none or one


class PandocError(HanpanError):
    """pandoc could not read a post with either reader."""


@cache
def binary() -> str:
    """Return the path of the pandoc that pypandoc_binary carries, without starting it."""
    spec = find_spec("pypandoc")
    if spec and spec.origin:
        for name in ("pandoc", "pandoc.exe"):
            place = Path(spec.origin).parent / "files" / name
            if place.is_file():
                return str(place)
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        message = "pandoc is not installed"
        remedy = f"Run `{reinstall_command()}`, then `hanpan doctor`."
        raise PandocError(Problem("pandoc", "error", message, remedy=remedy)) from None


def version() -> str:
    """Return the version of the pandoc in use, such as 3.9. Raises OSError, PandocError."""
    done = subprocess.run([binary(), "--version"], capture_output=True, text=True, timeout=60)
    return done.stdout.split()[1] if done.returncode == 0 else "unknown"


def to_html(
    markdown: str,
    path: str,
    note_accident: Callable[[str], None] = lambda what: None,
    *,
    reader: str = READER,
) -> tuple[str, tuple[Problem, ...]]:
    """Return the HTML body of a post's Markdown; `path` names the post in messages.

    Where `reader` runs out of time or memory, FALLBACK_READER is used, and a warning reports it.
    `note_accident` is called where not the post is to blame for that, but pandoc died: the result
    is as good as there is now, and not to be kept. Raises PandocError where that fails too.
    """
    budget.at("pandoc")
    if not markdown.strip():
        return "", ()  # the process that stays alive would wait for a text
    try:
        return _run(reader, markdown, TIMEOUT), ()
    except _FAILURES as error:
        first = error
    try:
        body = _run(FALLBACK_READER, markdown, FALLBACK_TIMEOUT)
    except _FAILURES as error:
        reasons = f"{_reason(first)}; as GitHub Markdown: {_reason(error)}"
        message = f"pandoc could not read the post: {reasons}"
        remedy = (
            "Remove one half of the post, then the other, to find the cause. "
            "It is read again when it changes, or with --force."
        )
        failure = PandocError(Problem("pandoc", "error", message, path, remedy=remedy))
        failure.is_costly = not isinstance(error, OSError)
        raise failure from None
    message = f"pandoc {_reason(first)}; the post was read as GitHub Markdown instead"
    remedy = "Look for very long runs of brackets, asterisks or underscores."
    if isinstance(first, OSError):
        note_accident(f"pandoc {_reason(first)}")
        remedy = "Build again: then the post is read again."
    return body, (Problem("pandoc-fallback", "warning", message, path, None, remedy),)


def _reason(error: Exception) -> str:
    if isinstance(error, subprocess.TimeoutExpired):
        return f"needed more than {error.timeout:g} seconds"
    if isinstance(error, ValueError):
        return f"reported: {''.join(str(error).strip().splitlines()[-1:])}"
    if isinstance(error, Accident | MemoryLimit):
        return str(error)
    return f"failed: {error}"


def _run(reader: str, markdown: str, timeout: float) -> str:
    """Return a post's HTML. Raises one of _FAILURES.

    Where pandoc dies, or what other posts left in it may have taken its memory, a new one reads
    the post once more.
    """
    process = _process()
    try:
        return process.html(reader, markdown, timeout)
    except Accident:
        pass
    except MemoryLimit:
        if process.posts == 1:
            raise
    return _process().html(reader, markdown, timeout)


def _process() -> PandocProcess:
    """Return the pandoc that runs, or start one. Raises OSError."""
    if not (_running and _running[0].is_usable and _running[0].memory == MEMORY):
        stop()
        _running[:] = [PandocProcess(binary(), MEMORY)]
    return _running[0]


@atexit.register
def stop() -> None:
    """End the pandoc that runs, if one does."""
    while _running:
        _running.pop().close()
