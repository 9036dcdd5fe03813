"""Supplies: which files of a site a step needs, and whether a result was made of what is there.

Nobody can say before what a step will read. It is sent with what an earlier build has read, or the
reading of its post; with the pictures that the text names; and with what several posts have read.
What it has read then is compared with what there is: where that differs, it is run again with it.
"""

from __future__ import annotations

import json
import os
import pickle
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote

from hanpan.cluster.orders import Order, Scene, SentFile
from hanpan.files import ABSENT, FAILED, UNKNOWN, sha256
from hanpan.roots import TEXT, RefusedFile, Root
from hanpan.runner.builder import Builder
from hanpan.runner.packs import REMOTE
from hanpan.runner.staleness import OpenSite
from hanpan.runner.steps import READ, Task

MOST = 50_000_000  # bytes of a file that is sent; a step that needs a larger one runs here
_FILE, _FOLDER, _LAYOUT = "file:", "folder:", "layout:"
_COMMON = 300  # files of a site that are sent with every step
_COMMON_SIZE = 5_000_000  # bytes that each of them may have
_PICTURE = re.compile(
    rb"[^\s()<>\"'\[\]{}=,|`]+\.(?:png|jpe?g|gif|webp|svg|avif|bmp|ico|tiff?)", re.IGNORECASE
)
_MOST_PICTURES = 500  # of a post


_MOST_VALUES = 200_000  # that are remembered of a site
_Place = tuple[Root, str] | bytes  # where a content is, or the content itself


class NotSendable(Exception):
    """A file that is not sent: too large, or it must not be read; the step runs here."""


@dataclass(slots=True)
class Supply:
    """The order of a step, and where the contents are that it names.

    Of `common` paths, everything has been sent to a worker once it has them.
    """

    order: Order
    common: frozenset[str]
    places: dict[str, _Place]

    def without(self, laid: Mapping[tuple[str, str], str]) -> Order:
        """Return the order without the files of the whole site that a worker has in place."""
        order = self.order
        files = [
            file
            for file in order.files
            if file.path not in self.common or laid.get((order.place, file.path)) != file.digest
        ]
        return replace(order, files=tuple(files))

    def content(self, digest: str) -> bytes:
        """Return a content that the order names. Raises NotSendable where it has changed since."""
        place = self.places[digest]
        if isinstance(place, bytes):
            return place
        root, name = place
        try:
            data = root.read(name)
        except OSError as error:
            raise NotSendable(str(error)) from None
        if sha256(data) != digest:
            raise NotSendable("it has changed")
        return data


@dataclass(slots=True)
class Differences:
    """How what a step has read elsewhere differs from what there is here."""

    keys: set[str] = field(default_factory=set)  # that must be sent, and the step run again
    only_here: bool = False  # whether it can run nowhere else

    def paths(self) -> set[str]:
        """Return the paths of the files that must be sent."""
        return {_path_of(key) for key in self.keys}


class _SiteSupplies:
    """What is known of one site."""

    def __init__(self, site: OpenSite) -> None:
        self.site = site
        self.root = Root(site.files.site.root)
        self.place = sha256(str(self.root.path).encode())[:16]
        self.common: dict[str, None] = {}  # keys that several posts have read
        self.readers: dict[str, str] = {}  # by key: the first post that has read it
        self.values: dict[str, str] = {}
        self.files: dict[str, tuple[str, SentFile | None, _Place]] = {}  # by key, for a value
        self.scene = b""


class Supplies:
    """The files of one build's sites, as steps elsewhere need them."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._sites: dict[Path, _SiteSupplies] = {}
        self._asked: defaultdict[str, set[str]] = defaultdict(set)  # by post: what steps lacked
        self._places: dict[str, _Place] = {}  # of the order that is being made

    def order(self, task: Task) -> Supply:
        """Return what a step is sent with. Raises NotSendable."""
        self._places = {}
        site = self._site(task)
        keys = self._keys(task, site)
        files = [file for key in sorted(keys) if (file := self._file(site, key))]
        common = frozenset(map(_path_of, site.common))
        remotes = []
        for key in sorted(keys):
            url = key.removeprefix(REMOTE)
            locked = site.site.cache.entry(url) if url != key else None
            if locked and self._value(site, key, again=True) == locked.sha256:
                cache = Root.own(site.site.workspace.cache)
                self._name(locked.sha256, (cache, f"content/{locked.sha256}"), locked.size)
                remotes.append((url, locked))
        inputs = task.input
        kept = tuple(digest for digest in (inputs.document, inputs.left, inputs.lines) if digest)
        for digest in kept:
            state = Root.own(task.workspace.state)
            self._places[digest] = state, f"documents/{digest}.json"
        order = Order(
            task.post, task.step, task.source, task.slug, task.seconds, inputs,
            self._scene(task, site), site.place, tuple(files), tuple(remotes), kept,
        )  # fmt: skip
        return Supply(order, common, self._places)

    def compare(self, task: Task, reads: Mapping[str, str], order: Order) -> Differences:
        """Compare what a step has read elsewhere with what there is here."""
        site, differences = self._site(task), Differences()
        sent = {(file.path, file.is_folder) for file in order.files}
        far = Differences()  # of remote files: asked for because a file was missing, or indeed
        for key, value in reads.items():
            kind, _, name = key.partition(":")
            if f"{kind}:" == REMOTE:
                now = self._value(site, key, again=True)
                if now != value:
                    far.keys.add(key)
                    was_sent = any(url == name for url, _ in order.remotes)
                    far.only_here |= was_sent or now in (FAILED, UNKNOWN)
                elif value == FAILED and not self._builder.options.offline:
                    far.only_here = True  # it is asked for, and reported, here
                continue
            if f"{kind}:" not in (_FILE, _FOLDER, _LAYOUT):
                continue
            if self._value(site, key) == value or self._value(site, key, again=True) == value:
                differences.only_here |= value == ABSENT and self._is_refused(site, key)
                continue
            differences.keys.add(key)
            differences.only_here |= (_path_of(key), f"{kind}:" == _FOLDER) in sent
        if any(key.startswith(_FOLDER) for key in differences.keys):
            # it looks for a file that is missing, or is written otherwise: from folder to folder
            missing = [name for name, value in reads.items() if value == ABSENT]
            paths = [Path(name.removeprefix(_FILE)) for name in missing if name.startswith(_FILE)]
            parents = {parent.as_posix() for path in paths for parent in path.parents}
            wanted = {f"{_FOLDER}{folder}" for folder in parents if (folder, True) not in sent}
            differences.keys |= {key for key in wanted if self._value(site, key) != ABSENT}
        differences.only_here |= far.only_here and not differences.keys
        differences.keys |= far.keys
        self._asked[task.post] |= differences.keys
        return differences

    def learn(self, task: Task, reads: Iterable[str]) -> None:
        """Note what a step has read: what two posts have, others will want as well."""
        site, own = self._site(task), f"{_FILE}{task.source}"
        if len(site.readers) > _MOST_VALUES:
            site.readers.clear()
        for key in reads:
            if key == own or key in site.common or not key.startswith((_FILE, _FOLDER, _LAYOUT)):
                continue
            if site.readers.setdefault(key, task.post) != task.post:
                if len(site.common) < _COMMON and self._is_small(site, key):
                    site.common[key] = None
                del site.readers[key]

    def _site(self, task: Task) -> _SiteSupplies:
        root = task.site.root
        if root not in self._sites:
            self._sites[root] = _SiteSupplies(self._builder.staleness.site(task.site))
        return self._sites[root]

    def _scene(self, task: Task, site: _SiteSupplies) -> str:
        if not site.scene:
            scene = Scene(task.site, task.lock, task.tools, task.workspace.offline)
            site.scene = pickle.dumps(scene)
        digest = sha256(site.scene)
        self._places[digest] = site.scene
        return digest

    def _keys(self, task: Task, site: _SiteSupplies) -> set[str]:
        """Return the keys of what a step may read."""
        keys = {f"{_FILE}{task.source}", *site.common, *self._asked.get(task.post, ())}
        traces = self._builder.traces
        for step in (READ, task.step):
            if trace := traces.get((task.post, step)):
                keys |= trace.reads.keys()
        if task.step == READ:
            keys |= {f"{_FILE}_config.yml", *self._pictures(task, site)}
        return {key for key in keys if key.startswith((_FILE, _FOLDER, _LAYOUT, REMOTE))}

    def _pictures(self, task: Task, site: _SiteSupplies) -> set[str]:
        """Return the keys of the site's pictures that the text of a post names."""
        try:
            text = site.root.read(task.source, TEXT)
        except OSError:  # the step itself reports that
            return set()
        folder, keys = posixpath.dirname(task.source), set[str]()
        for name in list(dict.fromkeys(_PICTURE.findall(text)))[:_MOST_PICTURES]:
            written = unquote(name.decode("utf-8", "replace"))
            below = re.sub(r"^(?:https?:)?//[^/]*", "", written).lstrip("/")  # of the site itself?
            without_base = below.partition("/")[2]
            for path in (below, posixpath.join(folder, written), without_base):
                path = posixpath.normpath(path)
                if self._value(site, f"{_FILE}{path}") != ABSENT:
                    keys.add(f"{_FILE}{path}")
        return keys

    def _file(self, site: _SiteSupplies, key: str) -> SentFile | None:
        """Return what is sent for a key; None where there is nothing. Raises NotSendable."""
        value = self._value(site, key)
        known = site.files.get(key)
        if known and known[0] == value:
            if known[1]:
                self._places[known[1].digest] = known[2]
            return known[1]
        file = self._sent_file(site, key, value)
        site.files[key] = value, file, self._places[file.digest] if file else b""
        return file

    def _sent_file(self, site: _SiteSupplies, key: str, digest: str) -> SentFile | None:
        kind, _, name = key.partition(":")
        if digest == ABSENT or f"{kind}:" == REMOTE or posixpath.normpath(name) != name:
            return None
        if f"{kind}:" == _FOLDER:
            return self._names(site, name)
        path = _path_of(key)
        try:
            size = os.stat(site.root.find(path)).st_size
        except FileNotFoundError:  # one of hanpan's own layouts, which every worker has
            return None
        except RefusedFile as error:
            if f"{kind}:" == _LAYOUT:  # a link to one of hanpan's own
                raise NotSendable(str(error)) from None
            return None
        self._name(digest, (site.root, path), size)
        return SentFile(path, digest)

    def _names(self, site: _SiteSupplies, folder: str) -> SentFile | None:
        try:
            names = site.root.names(folder)
            "".join(names).encode()
        except (OSError, UnicodeEncodeError) as error:
            raise NotSendable(str(error)) from None
        here = Path(site.root.path) / folder
        data = json.dumps([(name, os.path.isdir(here / name)) for name in names]).encode()
        digest = sha256(data)
        self._places[digest] = data
        return SentFile(folder, digest, is_folder=True)

    def _name(self, digest: str, place: tuple[Root, str], size: int) -> None:
        if size > MOST:
            raise NotSendable(f"{place[1]} has {size:,} bytes")
        self._places[digest] = place

    def _value(self, site: _SiteSupplies, key: str, *, again: bool = False) -> str:
        """Return what a key holds here; `again`, for it may have changed since."""
        if len(site.values) > _MOST_VALUES:
            site.values.clear()
            site.files.clear()
        if again or key not in site.values:
            site.values[key] = site.site.files.fingerprint(key)
        return site.values[key]

    def _is_small(self, site: _SiteSupplies, key: str) -> bool:
        try:
            return os.stat(site.root.find(key.partition(":")[2])).st_size <= _COMMON_SIZE
        except OSError:  # a folder, or a layout
            return True

    def _is_refused(self, site: _SiteSupplies, key: str) -> bool:
        """Tell whether what looks absent is there and must not be read: a step here reports it."""
        path = _path_of(key)
        try:
            if key.startswith(_FOLDER):
                site.root.names(path)
            else:
                site.root.find(path)
        except RefusedFile:
            # that a name in a post leads upwards is nothing to report
            return not posixpath.normpath(path).startswith(("/", "../"))
        except (OSError, ValueError):
            return False
        return False


def _path_of(key: str) -> str:
    """Return where a site has what a key names, below its root."""
    kind, _, name = key.partition(":")
    return f"layouts/{name}" if f"{kind}:" == _LAYOUT else name
