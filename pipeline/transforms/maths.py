"""Maths that pandoc could not read: shown as its TeX, and told of."""

from __future__ import annotations

from pipeline import tree
from pipeline.transforms.context import Context
from pipeline.tree import Element


def maths(root: Element, context: Context) -> None:
    """Show each formula that is no MathML as code: a reader sees TeX, not half of it as prose."""
    for span in list(root.iter("span")):
        if "math" not in tree.classes(span):
            continue
        tex = tree.text_of(span).strip("$").strip()
        for child in list(span):
            span.remove(child)
        span.tag, span.text = "code", tex
        span.set("class", "tex")
        shown = tex if len(tex) <= 80 else f"{tex[:79]}…"
        said = f"the formula `{shown}` cannot be drawn and is shown as TeX"
        line = context.line_of(tex, tex.split("\n")[0][:40])
        context.say("math", "warning", said, line, "Write it with commands that pandoc knows.")
