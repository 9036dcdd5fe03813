"""say what is in the cache of results, prune it, or verify its entries"""

from __future__ import annotations

import argparse
import re
import time
from argparse import ArgumentParser
from argparse import Namespace as Arguments
from typing import TYPE_CHECKING

from hanpan.commands.arguments import add_cache, add_json, count
from hanpan.console import print_json, print_line
from hanpan.messages.translation import translated
from hanpan.problems import BuildError, Problem, UsageError

if TYPE_CHECKING:
    from hanpan.cache.address import CacheAddress
    from hanpan.cache.stores.contract import Store

_UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
_DAY = 86_400  # seconds


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `hanpan cache`."""
    parser.add_argument("action", metavar="ACTION", choices=_ACTIONS, help=", ".join(_ACTIONS))
    parser.add_argument(
        "--age", type=count, metavar="DAYS", help="prune: what was not used for so long"
    )
    parser.add_argument(
        "--size", type=_size, metavar="BYTES", help="prune: the oldest until so much is left, 2G"
    )
    parser.add_argument("--remove", action="store_true", help="verify: remove what is bad")
    add_cache(parser)
    add_json(parser)


def run(arguments: Arguments) -> int:
    """Do what is asked, and return the exit code."""
    from hanpan.cache.stores.contract import StoreMissing
    from hanpan.cache.stores.opening import open_store
    from hanpan.cache.work import StoreUnreachable, unreachable

    address = _address(arguments)
    try:
        return _ACTIONS[arguments.action](arguments, address, open_store(address))
    except (BuildError, UsageError):
        raise
    except StoreMissing as error:
        message, remedy = "a package is missing", str(error)
    except StoreUnreachable as error:
        message, remedy = str(error), "Check its address, the network and your permissions there."
    except Exception as error:  # whatever a file system raises
        message, remedy = (
            unreachable(error),
            "Check its address, the network and your permissions there.",
        )
    message = f"the cache {address.shown} cannot be used: {message}"
    raise BuildError(Problem("cache-unreachable", "error", message, remedy=remedy))


def _info(arguments: Arguments, address: CacheAddress, store: Store) -> int:
    from hanpan.cache.upkeep import size_of

    size = size_of(store.entries())
    if arguments.json:
        print_json({"url": address.shown, "posts": size.posts, "bytes": size.bytes})
    else:
        kept = f"{address.shown}: {_number(size.posts, 'post')}, {_megabytes(size.bytes)}"
        print_line(translated(kept, arguments.lang))
    return 0


def _prune(arguments: Arguments, address: CacheAddress, store: Store) -> int:
    from hanpan.cache.upkeep import prune

    _check_writable(address)
    if arguments.age is None and arguments.size is None:
        remedy = "Give --age, --size, or both."
        raise UsageError(Problem("usage", "error", "nothing is said to be pruned", remedy=remedy))
    before = 0.0 if arguments.age is None else time.time() - arguments.age * _DAY
    removed = prune(store, before=before, size=arguments.size)
    total = sum(entry.size for entry in removed)
    if arguments.json:
        print_json({"url": address.shown, "removed": len(removed), "bytes": total})
    else:
        entries = "1 entry" if len(removed) == 1 else f"{len(removed)} entries"
        ended = f"{entries} removed from {address.shown}, {_megabytes(total)}"
        print_line(translated(ended, arguments.lang))
    return 0


def _verify(arguments: Arguments, address: CacheAddress, store: Store) -> int:
    import os

    from hanpan.cache.address import KEY
    from hanpan.cache.upkeep import unusable

    if arguments.remove:
        _check_writable(address)
    listed = list(unusable(store, os.environ.get(KEY, "").encode()))
    for entry in listed if arguments.remove else ():
        store.remove(entry.name)
    if arguments.json:
        print_json([{"entry": entry.name, "reason": entry.reason} for entry in listed])
    else:
        for entry in listed:
            print_line(f"{entry.name}: {translated(entry.reason, arguments.lang)}")
        ending = ", removed" if listed and arguments.remove else ""
        bad = "1 entry is bad" if len(listed) == 1 else f"{len(listed)} entries are bad"
        print_line(translated(f"{address.shown}: {bad}{ending}", arguments.lang))
    return int(bool(listed) and not arguments.remove)


_ACTIONS = {"info": _info, "prune": _prune, "verify": _verify}


def _address(arguments: Arguments) -> CacheAddress:
    """Return the cache of the command line, the environment or the site. Raises UsageError."""
    from hanpan.cache.address import cache_address
    from hanpan.plan.sites import Sites

    sites = Sites(None)
    address = cache_address(arguments.cache, [sites.at(sites.default_root())])
    if address is None:
        remedy = "Name it with --cache, HANPAN_CACHE_URL, or `url` in [cache] of site.toml."
        raise UsageError(Problem("usage", "error", "no cache is set", remedy=remedy))
    return address


def _check_writable(address: CacheAddress) -> None:
    if address.read_only:
        message = f"the cache {address.shown} is read-only"
        remedy = "Unset `read_only` and HANPAN_CACHE_READ_ONLY, or leave it to its owner."
        raise UsageError(Problem("usage", "error", message, remedy=remedy))


def _size(text: str) -> int:
    """Parse a number of bytes such as 500M; argparse reports the error."""
    match = re.fullmatch(r"(\d+)([KMGT]?)B?", text.upper(), re.ASCII)
    if not match:
        raise argparse.ArgumentTypeError(f"`{text}` is not a size; write it as 500M or 2G")
    return int(match[1]) * _UNITS[match[2]]


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
