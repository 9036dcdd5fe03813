"""new: begin a post."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from hanpan.files import write_atomic
from hanpan.problems import Problem, UsageError
from hanpan.site import find_root, load_site
from hanpan.source.slugs import slugify
from hanpan.source.walk import post_folders

_TEMPLATE = """---
title: "{title}"
excerpt: ""
categories:
  -
tags:
  -
last_modified_at: {date}
---

"""


def begin_post(title: str, folder: Path | None) -> Path:
    """Write a new post's file into `folder`, or the site's posts folder, and return its path.

    Raises UsageError where the file is there already.
    """
    here = Path.cwd()
    site = load_site(find_root(here / "_") or here)
    if folder is None:
        folders = post_folders(site)
        folder = folders[0] if folders else site.root / site.sources.posts[0]
    today = datetime.now(ZoneInfo(site.identity.timezone)).date().isoformat()
    path = folder / f"{today}-{slugify(title)}.md"
    if path.exists():
        said, remedy = "the post is there already", "Choose another title, or edit it."
        raise UsageError(Problem("new", "error", said, str(path), None, remedy))
    escaped = title.replace("\\", "\\\\").replace('"', '\\"')
    write_atomic(path, _TEMPLATE.format(title=escaped, date=today).encode())
    return path
