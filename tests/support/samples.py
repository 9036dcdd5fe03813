"""The sample posts in every edition, built once for all workers of a test run."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

from tests.support.command import ROOT, built

POSTS = sorted((ROOT / "posts").glob("*.md"))
# As far from the author's machine as an environment can be.
ELSEWHERE = {"TZ": "America/New_York", "LC_ALL": "C", "HOME": "/nonexistent"}


def build_samples(folders: pytest.TempPathFactory) -> Path:
    """Return the out/ folder of the sample posts, for reading; whoever asks first builds it."""
    run = folders.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        run = run.parent  # of all workers
    out = run / "samples" / "out"
    with (run / "samples.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not out.is_dir():
            built(ROOT, "--offline", "--out", out, *POSTS, env=ELSEWHERE, jobs=0)
    return out
