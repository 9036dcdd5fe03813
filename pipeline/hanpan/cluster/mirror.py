"""Mirror: the folder of one build on a worker: of the site what was sent, and an out/ of its own.

A step finds there what it would find in the site, as far as that was sent. What is missing looks
absent, and the build notices: it compares what a step has read with what there is.
"""

from __future__ import annotations

import json
import os
import pickle
import shutil
from dataclasses import replace
from pathlib import Path
from threading import Lock
from uuid import uuid4

from hanpan.assets.remote import RemoteCache
from hanpan.cluster.orders import Order, Scene, SentFile
from hanpan.files import sha256, write_atomic
from hanpan.roots import Root, real
from hanpan.runner.packs import Pack, pack
from hanpan.runner.steps import Task, Workspace
from hanpan.runner.trace import Trace

MOST = 4_000_000_000  # bytes of a mirror, after which it is emptied between two batches


class Mirror:
    """What a worker has of one build. Several threads may ask at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = real(folder)
        self.epoch = ""
        self._size = 0
        self._lock = Lock()
        self._laid: dict[tuple[str, str], str] = {}  # by place and path: what lies there
        self._scenes: dict[str, Scene] = {}
        self.clear()

    def clear(self) -> None:
        """Begin again: the build learns by the epoch that nothing is left of what it sent."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.epoch = uuid4().hex
        self._size = 0
        self._laid.clear()
        self._scenes.clear()
        for name in ("content", "out", "state/documents", "state/tmp"):
            (self.folder / name).mkdir(parents=True)

    @property
    def is_full(self) -> bool:
        """Tell whether it should be emptied."""
        return self._size > MOST

    def add(self, contents: dict[str, bytes]) -> None:
        """Keep contents. Raises ValueError where one is not what its hash says."""
        for digest, data in contents.items():
            if sha256(data) != digest:
                raise ValueError("a content is not what its hash says")
            write_atomic(self._content(digest), data, self.folder / "state" / "tmp")
            self._size += len(data)

    def lacking(self, order: Order) -> set[str]:
        """Return the hashes of contents that an order names and that are not here."""
        own = {digest for digest in order.kept if os.path.isfile(self._document(digest))}
        return {one for one in order.digests() - own if not os.path.isfile(self._content(one))}

    def task(self, order: Order) -> Task:
        """Return the step of an order, ready to be run: what it needs is in place.

        Raises OSError where it cannot be put there.
        """
        with self._lock:
            if order.scene not in self._scenes:
                # from the build that has sent this very code to be run
                scene = pickle.loads(self._content(order.scene).read_bytes())  # noqa: S301
                self._scenes[order.scene] = scene
            scene = self._scenes[order.scene]
            root = self.folder / "sites" / order.place
            for file in order.files:
                self._lay(root, order.place, file)
            cache = self.folder / "remote" / order.place
            remote = RemoteCache(scene.site.remote, cache, dict(scene.lock), offline=True)
            for url, locked in order.remotes:
                if self._laid.get((order.place, f"remote:{url}")) != locked.sha256:
                    remote.adopt(url, locked, self._content(locked.sha256).read_bytes())
                    self._laid[order.place, f"remote:{url}"] = locked.sha256
            for digest in order.kept:
                if not os.path.isfile(self._document(digest)):
                    os.link(self._content(digest), self._document(digest))
        # offline: remote files are fetched where the build is, and sent
        out, state = self.folder / "out", self.folder / "state"
        workspace = Workspace(out, state, cache, offline=True, write=True, carries=True)
        site = replace(scene.site, root=root)
        return Task(
            order.post, order.step, order.source, order.slug, site, workspace, scene.lock,
            scene.tools, order.input, seconds=order.seconds,
        )  # fmt: skip

    def pack(self, step: str, trace: Trace, contents: dict[str, bytes]) -> bytes:
        """Return the result of a step as a pack. Raises NotShareable where it is too large."""
        blobs = dict(contents)
        for digest in trace.left():
            data = self._document(digest).read_bytes()
            self._size += len(data)
            blobs[digest] = data
        return pack(Pack({step: trace}, blobs))

    def _lay(self, root: Path, place: str, file: SentFile) -> None:
        """Put a file where the site has it, or a folder's names."""
        key = place, f"folder:{file.path}" if file.is_folder else file.path
        if self._laid.get(key) == file.digest:
            return
        root.mkdir(parents=True, exist_ok=True)
        content = self._content(file.digest)
        if file.is_folder:
            self._lay_names(root if file.path == "." else _folder(root, file.path), content)
        else:
            target = Root(root, links=False).place(file.path, make=True)
            if target.is_dir():
                shutil.rmtree(target)
            target.unlink(missing_ok=True)
            os.link(content, target)
        self._laid[key] = file.digest

    def _lay_names(self, folder: Path, content: Path) -> None:
        """Make a folder have these names: what is not sent itself is empty for now."""
        names: dict[str, bool] = dict(json.loads(content.read_bytes()))
        for gone in set(os.listdir(folder)) - names.keys():
            path = folder / gone
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        for name, is_folder in names.items():
            path = folder / name
            if os.path.lexists(path) and path.is_dir() != is_folder:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            if is_folder:
                path.mkdir(exist_ok=True)
            else:
                path.touch()

    def _content(self, digest: str) -> Path:
        return self.folder / "content" / digest

    def _document(self, digest: str) -> Path:
        return self.folder / "state" / "documents" / f"{digest}.json"


def _folder(root: Path, path: str) -> Path:
    """Return a folder of a mirror, which is made."""
    folder = Root(root, links=False).place(f"{path}/_", make=True).parent
    return folder
