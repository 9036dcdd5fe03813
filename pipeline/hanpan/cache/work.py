"""Work: looking up, fetching and offering the results of one post, against a store.

Two levels, as compilers' caches have them. What is known before a step runs names an index entry:
variants, each a set of traces with what they had read. Where what one has read is what this
checkout has, its pack, known by its hash, has the contents. So a post costs a store two requests.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext

from hanpan.cache.entries import BadEntry, seal, unseal
from hanpan.cache.stores.contract import INDEX, PACKS, Store, entry_name
from hanpan.cache.variants import Variant
from hanpan.files import sha256
from hanpan.runner.packs import (
    MOST,
    Owner,
    check_origin,
    gather,
    pack,
    place,
    traces_from_json,
    unpack,
)
from hanpan.runner.steps import Workspace
from hanpan.runner.trace import Trace

VARIANTS = 4  # of the results of one post that are kept: its settings on different branches
INDEX_SIZE = 5_000_000  # bytes of an index entry; traces of a post that reads a whole site
_WITHOUT_TURNS: AbstractContextManager[None] = nullcontext()
ENVELOPE = 100_000  # bytes by which an entry may be longer than what is in it


class StoreUnreachable(Exception):
    """A store that does not do what it is asked to; the text is the kind of error."""


def look_up(store: Store, digest: str, owner: Owner, key: bytes = b"") -> tuple[Variant, ...]:
    """Return the variants that are indexed under a digest; none where there is no entry.

    Raises BadEntry, StoreUnreachable.
    """
    content = _read(store, entry_name(INDEX, digest), INDEX_SIZE, key)
    if content is None:
        return ()
    variants = variants_in(content)
    try:
        for variant in variants:
            check_origin(variant.traces, owner)
    except ValueError as error:
        raise BadEntry(f"it is no index: {error}") from None
    return tuple(variants[:VARIANTS])


def variants_in(content: bytes) -> list[Variant]:
    """Return the variants that an index lists. Raises BadEntry for anything else."""
    try:
        listed = json.loads(content)["variants"]
        return [Variant(str(one["pack"]), traces_from_json(one["traces"])) for one in listed]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BadEntry(f"it is no index: {error}") from None


def fetch(
    store: Store,
    variant: Variant,
    steps: Iterable[str],
    owner: Owner,
    workspace: Workspace,
    key: bytes = b"",
    placing: AbstractContextManager[object] = _WITHOUT_TURNS,
) -> bool:
    """Place the results of some steps of a variant; return whether the store has them.

    `placing` is held while files are written: in several threads, that takes three times as long.
    Raises BadEntry, StoreUnreachable, OSError.
    """
    content = _read(store, entry_name(PACKS, variant.pack), MOST, key)
    if content is None:
        return False
    if sha256(content) != variant.pack:
        raise BadEntry("it is not what its name says")
    try:
        results = unpack(content)
        check_origin(results.traces, owner)
        if any(results.traces[step] != variant.traces[step] for step in steps):
            raise ValueError("it has other results than its index says")
        with placing:
            place(results, steps, workspace)
    except (ValueError, KeyError) as error:
        raise BadEntry(f"it is no pack: {error}") from None
    return True


def offer(
    store: Store,
    digest: str,
    traces: Mapping[str, Trace],
    workspace: Workspace,
    key: bytes = b"",
) -> None:
    """Store the results of a post, as the first of its variants.

    Raises NotShareable, StoreUnreachable, OSError.
    """
    content = pack(gather(traces, workspace))
    new = Variant(sha256(content), dict(traces))
    _write(store, entry_name(PACKS, new.pack), content, key)
    name = entry_name(INDEX, digest)
    try:
        others = variants_in(_read(store, name, INDEX_SIZE, key) or b"")
    except BadEntry:  # or none
        others = []
    variants = [new, *(other for other in others if not _is_within(other, new))][:VARIANTS]
    while len(index := _index(variants)) > INDEX_SIZE and len(variants) > 1:
        variants.pop()
    if len(index) <= INDEX_SIZE:
        _write(store, name, index, key)


def _is_within(other: Variant, new: Variant) -> bool:
    """Tell whether a variant has nothing that another lacks."""
    return all(
        step in new.traces and new.traces[step].reads == trace.reads
        for step, trace in other.traces.items()
    )


def _index(variants: Iterable[Variant]) -> bytes:
    listed = [
        {
            "pack": variant.pack,
            "traces": {step: json.loads(one.as_json()) for step, one in variant.traces.items()},
        }
        for variant in variants
    ]
    return json.dumps({"variants": listed}, ensure_ascii=False).encode()


def _read(store: Store, name: str, limit: int, key: bytes) -> bytes | None:
    """Return the content of an entry, None where there is none."""
    try:
        entry = store.read(name, limit + ENVELOPE)
    except FileNotFoundError:
        return None
    except BadEntry:
        raise
    except Exception as error:
        raise StoreUnreachable(unreachable(error)) from None
    return unseal(name, entry, limit, key)


def _write(store: Store, name: str, content: bytes, key: bytes) -> None:
    try:
        store.write(name, seal(name, content, key))
    except Exception as error:
        raise StoreUnreachable(unreachable(error)) from None


def unreachable(error: Exception) -> str:
    """Return what kind of error it is. What a server says may repeat what it was sent."""
    number = getattr(error, "errno", None)
    reason = f" ({os.strerror(number).lower()})" if isinstance(number, int) else ""
    return f"{type(error).__name__}{reason}"
