"""Unsafe HTML: what a post tried to run or load, in one warning."""

from __future__ import annotations

from hanpan.transforms.shared.context import Context
from hanpan.transforms.shared.places import SourcePlace
from hanpan.tree import Element


def report_unsafe(root: Element, context: Context) -> None:
    """Report all that other transforms left out because it could have run or loaded something."""
    if not context.left_out:
        return
    counts = ", ".join(f"{count} {what}" for what, count in sorted(context.left_out.items()))
    lines = [line for text in context.left_out_as for line in context.places.lines(text)[:1]]
    context.report(
        "unsafe-html",
        "warning",
        f"left out, because a post must not run or load anything: {counts}",
        SourcePlace(min(lines, default=context.post.body_line), not lines),
        "Remove it from the post, or show it as a code block.",
    )
