"""Run first in a process: root goes without the rights that let it read and write everything."""

from __future__ import annotations

import ctypes
import os

_VERSION = 0x20080522  # of the structures of capset(2)
_RIGHTS = 1 << 1 | 1 << 2  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH: capabilities(7)
_PR_CAPBSET_DROP = 24  # prctl(2)


def give_up_rights() -> None:
    """Drop them from this process and from all that it starts."""
    library = ctypes.CDLL(None, use_errno=True)
    for number in (1, 2):
        library.prctl(_PR_CAPBSET_DROP, number, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(_VERSION, 0)
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable; and again, for 32 more
    if library.capget(header, sets) == 0:
        sets[0] &= ~_RIGHTS
        sets[1] &= ~_RIGHTS
        assert library.capset(header, sets) == 0, os.strerror(ctypes.get_errno())


if os.geteuid() == 0:
    give_up_rights()
