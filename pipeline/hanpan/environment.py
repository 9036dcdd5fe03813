"""Environment: whether the system forks, and variables that libraries read, set while they do."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator

# A fork has what is imported already, and starts in milliseconds. macOS forbids it; and without
# /proc, as in a chroot, it could not tell what it has inherited. There a new Python is started.
FORKS = sys.platform == "linux" and os.path.isdir("/proc/self/fd")


@contextlib.contextmanager
def environment(name: str, value: str) -> Iterator[None]:
    """Set an environment variable for a while."""
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before
