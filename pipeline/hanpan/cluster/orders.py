"""Orders: what a build sends to a worker, and what comes back.

An order is a step with the names and hashes of the files that it needs. The contents are in the
batch, each once, and only those that the worker is not known to have. A result is a pack, as in a
cache (`runner/packs.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hanpan.assets.remote import Locked
from hanpan.runner.steps import EditionInput, StepResult
from hanpan.site import Site

TOPIC = "hanpan"  # of the events in which workers tell the name of a batch and the order they begin


@dataclass(frozen=True, slots=True)
class Scene:
    """What many steps have in common: a content of its own, by the hash of its bytes."""

    site: Site
    lock: tuple[tuple[str, Locked], ...]
    tools: str
    offline: bool


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file or folder of a site: its path below the root, and its content by hash.

    The content of a folder is a JSON list of pairs: a name, and whether it is a folder.
    """

    path: str
    digest: str
    is_folder: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """A step to be run, and what it needs."""

    post: str
    step: str
    source: str
    slug: str
    seconds: float  # of the processor that it may take
    input: EditionInput
    scene: str  # the hash of a Scene
    place: str  # which folder of the worker stands for the site
    files: tuple[SentFile, ...] = ()
    remotes: tuple[tuple[str, Locked], ...] = ()
    kept: tuple[str, ...] = ()  # hashes of what other steps have left for this one

    def digests(self) -> set[str]:
        """Return the hashes of all contents that it names."""
        remotes = {locked.sha256 for _, locked in self.remotes}
        return {self.scene, *(file.digest for file in self.files), *remotes, *self.kept}


@dataclass(frozen=True, slots=True)
class Batch:
    """Orders for one worker.

    `epoch` is that of the worker's folder for which it was made up: in another one, nothing is what
    the build takes it to be.
    """

    build: str
    name: str  # begins with that of the build
    epoch: str
    date: str | None  # SOURCE_DATE_EPOCH of the build
    orders: tuple[Order, ...]
    contents: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class OrderResult:
    """What came of an order; its trace is in the pack. Times are those of the worker's clock."""

    result: StepResult
    pack: bytes = b""
    is_too_large: bool = False
    began: float = 0.0
    ended: float = 0.0


@dataclass(frozen=True, slots=True)
class BatchAnswer:
    """What came of a batch; nothing was run where the worker lacks something.

    `now` is what the worker's clock says.
    """

    epoch: str
    now: float = 0.0
    outcomes: tuple[OrderResult, ...] = ()
    lacks: frozenset[str] = field(default_factory=frozenset)
