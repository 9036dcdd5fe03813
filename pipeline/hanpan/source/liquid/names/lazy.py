"""Lazy: maps whose values are made when they are asked for, and the files of `site.data`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping

from hanpan.files import Files
from hanpan.roots import DATA, TEXT
from hanpan.source.characters import decode
from hanpan.yaml_text import load

_YAML = (".yml", ".yaml")
_DATA = (*_YAML, ".json", ".csv", ".tsv")


class Lazy(Mapping[str, object]):
    """A map of which some values are made only when they are read; its keys keep their order."""

    order: tuple[str, ...] = ()  # of the keys that come first

    def __init__(
        self,
        values: Mapping[str, object],
        makers: Mapping[str, Callable[[], object]] | None = None,
    ) -> None:
        self.values_made = dict(values)
        self.makers = dict(makers or {})

    def __getitem__(self, key: str) -> object:
        if key in self.values_made:
            return self.values_made[key]
        maker = self.makers.pop(key)
        self.values_made[key] = None  # what asks for itself gets nothing
        self.values_made[key] = value = maker()
        return value

    def __eq__(self, other: object) -> bool:
        return self is other  # what it holds is not made to be compared

    def __hash__(self) -> int:
        return id(self)

    def __contains__(self, key: object) -> bool:
        return key in self.values_made or key in self.makers

    def __iter__(self) -> Iterator[str]:
        keys = dict.fromkeys([*self.order, *self.values_made, *self.makers])
        return iter([key for key in keys if key in self])

    def __len__(self) -> int:
        return len(self.values_made.keys() | self.makers.keys())


class Data(dict[str, object]):
    """`site.data`: the files of a folder, each read when it is named."""

    def __init__(self, files: Files, folder: str) -> None:
        super().__init__()
        self._files = files
        self._folder = folder

    def __missing__(self, key: str) -> object:
        if "/" in key or key.startswith("."):
            raise KeyError(key)
        for suffix in _DATA:
            try:
                limit = TEXT if suffix in _YAML else DATA
                data = self._files.read(f"{self._folder}/{key}{suffix}", limit)
            except (OSError, ValueError):
                continue
            self[key] = value = _load(data, suffix)
            return value
        if not self._files.names(f"{self._folder}/{key}"):
            raise KeyError(key)
        self[key] = inner = Data(self._files, f"{self._folder}/{key}")
        return inner


def _load(data: bytes, suffix: str) -> object:
    """Return what a data file says; nothing where it cannot be read."""
    text, _ = decode("", data)
    try:
        if suffix == ".json":
            return json.loads(text)
        if suffix in (".csv", ".tsv"):
            between = "," if suffix == ".csv" else "\t"
            return list(csv.DictReader(io.StringIO(text), delimiter=between))
        return load(text)
    except (ValueError, csv.Error, RecursionError):
        return None
