"""What every test may use: the options, the marker for tests that need ../shared."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from hanpan.source.front_matter.dates import FUTURE
from tests.support import shared
from tests.support.others_posts import CORPUS, SEED, SHARED, build, posts_of
from tests.support.referees.chromium import started
from tests.support.samples import build_samples
from tests.support.servers.image_host import ImageHost
from tests.support.servers.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The files that take longest come first: a worker that began one last would go on alone.
LONGEST = (
    *("test_wordpress", "test_contributing", "test_corpus", "test_upstream", "test_kills"),
    *("test_books", "test_build", "test_lines", "test_notes", "test_golden", "test_expressions"),
    *("test_live", "test_foreign_out", "test_early_cutoff", "test_teasers", "test_page_lists"),
    *("test_architecture", "test_pages", "test_liquid", "test_cross_links", "test_platforms"),
    *("test_contract", "test_builds"),
    *("test_pool", "test_terminal", "test_interrupts", "test_vendor", "test_dependencies"),
)

# The posts of tests have dates, and this machine's clock may be anywhere; see `calendar`.
os.environ[FUTURE] = "1"

# how long an example takes says more of the machine than of the code
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let builds leave out posts whose date has not come, as they do."""
    monkeypatch.delenv(FUTURE)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refresh", action="store_true", help="write tests/golden anew")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Leave what is collected to itself: collections of garbage would look at all of it."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first; skip what reads ../shared where that folder is absent."""
    items.sort(key=lambda item: (*LONGEST, item.path.stem).index(item.path.stem))
    if SHARED.is_dir():
        return
    absent = pytest.mark.skip(reason=f"needs {SHARED}, which is not part of the repository")
    for item in items:
        if item.get_closest_marker("corpus"):
            item.add_marker(absent)


@pytest.fixture(scope="session", autouse=True)
def shared_processes(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let the workers of a run share what takes long to start."""
    shared.use_folder_of(tmp_path_factory)


@pytest.fixture(scope="session")
def corpus_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every edition of every post of ../shared, built once for all who judge them; out/."""
    posts = [*posts_of(SEED), *posts_of(CORPUS)]
    return build(posts, tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="session")
def samples_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every edition of the sample posts, built once for all who look at them; out/."""
    return build_samples(tmp_path_factory)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A running Chromium."""
    with started() as browser:
        yield browser


@pytest.fixture
def image_host() -> Iterator[ImageHost]:
    """An image host on loopback with every bad habit."""
    with serving(ImageHost()) as host:
        yield host
