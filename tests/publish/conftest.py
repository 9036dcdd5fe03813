"""What the tests of publishing share: blogs whose payloads are built once, to be copied."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import httpcore2
import pytest

from tests.publish.sending import picture_blog
from tests.support.command import built


@pytest.fixture(autouse=True, scope="session")
def quick() -> Iterator[None]:
    """Read the certificates once (25 ms for each Http), and do not wait for the disk.

    No test of publishing cuts the power.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(httpcore2, "default_ssl_context", cache(httpcore2.default_ssl_context))
        patch.setattr(os, "fsync", lambda handle: None)
        yield


@pytest.fixture(scope="session")
def built_blog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two posts with a picture each, and no address: pictures are uploaded."""
    blog = picture_blog(tmp_path_factory.mktemp("built") / "blog")
    built(blog, "posts", "--edition", "crosspost")
    return blog


@pytest.fixture
def blog(tmp_path: Path, built_blog: Path) -> Path:
    """A copy of the built blog, in a folder of its own."""
    return shutil.copytree(built_blog, tmp_path / "blog")
