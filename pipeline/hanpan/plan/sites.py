"""Sites: the settings of the blogs of one build, each read once."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from hanpan.problems import Problem, UsageError
from hanpan.roots import real
from hanpan.site import Site, find_root, load_site
from hanpan.source.walk import post_folders


class Sites:
    """The sites of one build, each read once."""

    def __init__(self, toml: Path | None) -> None:
        self._toml = real(toml) if toml else None
        self._sites: dict[Path, Site] = {}
        self._folders: dict[Path, list[Path]] = {}
        if self._toml and (os.path.isdir(self._toml) or not os.path.lexists(self._toml)):
            message = f"the settings file {toml} does not exist"
            raise UsageError(Problem("no-site", "error", message, remedy="Correct --site."))

    def at(self, root: Path) -> Site:
        """Return the site at `root`. Raises UsageError if its settings are invalid."""
        if root not in self._sites:
            own = self._toml if self._toml and self._toml.parent == root else None
            try:
                self._sites[root] = load_site(root, own)
            except UsageError as error:
                problems = (error.problem, *error.others)
                shown = (replace(p, path=os.path.relpath(root / p.path)) for p in problems)
                raise UsageError(*shown) from None
        return self._sites[root]

    def languages(self, root: Path) -> tuple[tuple[str, str], ...]:
        """Return the languages of the site at `root`; none where its settings are invalid."""
        try:
            return self.at(root).publication.languages
        except UsageError:  # of a site that was built earlier into out/: this build is not about it
            return ()

    def post_folders(self, root: Path, out: Path) -> list[Path]:
        """Return the folders in which the site at `root` keeps its posts and drafts."""
        if root not in self._folders:
            self._folders[root] = post_folders(self.at(root), out)
        return self._folders[root]

    def default_root(self) -> Path:
        """Return the root of the site that the current folder belongs to."""
        if self._toml:
            return self._toml.parent
        here = Path.cwd()
        return find_root(here / "_") or here
