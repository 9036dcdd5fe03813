"""Opening: the file in out/ that somebody who has built something looks at next."""

from __future__ import annotations

import os

from hanpan.runner.builder import Builder
from hanpan.runner.trace import INDEX_PAGE


def to_open(builder: Builder) -> str:
    """Return the file to open, relative to out/: what was asked for if that is one, else the list.

    "" where there is neither.
    """
    wanted = builder.options.editions
    books = sorted({key for key, _ in builder.book_steps})
    keys = books or [post.key for post in builder.plan.posts]
    if books or len(keys) == 1:
        traces = (builder.traces.get((keys[0], step)) for step in wanted)
        paths = (path for trace in traces if trace for path in trace.products.values())
        file = next((path for path in paths if os.path.isfile(builder.out / path)), "")
        if file:
            return file
    return INDEX_PAGE if os.path.isfile(builder.out / INDEX_PAGE) else ""
