"""Visible: which posts of a site its pages list, for templates that go through all of them.

The plan judges the posts of a build (`plan/left_out.py`); this judges as it does without options.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime

from hanpan.files import Files
from hanpan.roots import SETTINGS
from hanpan.site import JEKYLL, Clock, Publication, Sources
from hanpan.source.characters import decode
from hanpan.source.entries import Entries
from hanpan.source.front_matter.collections import label_of
from hanpan.source.front_matter.dates import FUTURE, publication_date, source_date
from hanpan.source.front_matter.defaults import with_defaults
from hanpan.source.front_matter.parse import is_published
from hanpan.source.post import Post
from hanpan.source.walk import MAGIC_FOLDERS


class Visible:
    """What a site shows."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._publication = files.settings(Publication)
        self._sources = files.settings(Sources)
        self._clock = files.settings(Clock)
        self._entries = Entries(files.site)
        self._config = self._read_config()
        self._now = source_date() or datetime.now(UTC)

    def _read_config(self) -> str:
        if self._publication.generator != JEKYLL:
            return ""
        try:
            return decode("_config.yml", self._files.read("_config.yml", SETTINGS))[0]
        except OSError:
            return ""

    def has(self, post: Post) -> bool:
        """Tell whether the site shows a post."""
        is_draft = MAGIC_FOLDERS[1] in post.path.split("/")
        if self._entries.reason(post.path) or (is_draft and not self._publication.drafts):
            return False
        post = with_defaults(post, self._config) if self._config else post
        return (self._publication.unpublished or is_published(post)) and not self._is_to_come(post)

    def _is_to_come(self, post: Post) -> bool:
        """Tell whether a post's date has not come: a reason to look again in the next build."""
        is_of_any_date = (label_of(post.path) or "posts") in self._publication.any_date
        if self._sources.future or is_of_any_date or os.environ.get(FUTURE) == "1":
            return False
        moment = publication_date(post, self._clock)
        if not moment or moment <= self._now:
            return False
        self._files.note_accident(f"{post.path} is not shown before {moment.date().isoformat()}")
        return True
