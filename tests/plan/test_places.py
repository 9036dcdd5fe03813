"""What posts are called in traces."""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from hanpan.plan.places import key_of

PATHS = st.lists(st.sampled_from(["글", "out", "a b", "posts", "x.md"]), max_size=4).map(
    lambda parts: Path("/", *parts)
)


@given(PATHS, PATHS)
def test_a_key_is_the_path_relative_to_out(path: Path, out: Path) -> None:
    assert key_of(path, out) == os.path.relpath(path, out).replace(os.sep, "/")
