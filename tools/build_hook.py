"""What a wheel has below share/ beside the package: manual pages, and completions of shells.

hatchling calls this where nothing else is installed, so the parser is imported with the standard
library alone (tests/manual/test_shared_files.py holds that). An editable installation has none:
there `hanpan man` and `hanpan completion` print them.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class SharedFiles(BuildHookInterface):  # type: ignore[type-arg]
    """The hook."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the files, and have them put into the wheel."""
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root, "pipeline")))
        from hanpan.cli import parser
        from hanpan.manual import shared_files

        self._folder = tempfile.TemporaryDirectory(prefix="hanpan-share-")
        for place, text in shared_files(parser).items():
            path = Path(self._folder.name, place)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
            build_data["shared_data"][str(path)] = f"share/{place}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was written."""
        if version != "editable":
            self._folder.cleanup()
