"""Growth: how much longer the processor takes for a text of four times the length.

Seconds say more of the machine than of the code. Their ratio does not: it is 4 where the time
is linear and 16 where it is quadratic, however slow or busy the machine is. What disturbs a
measurement only ever adds to it, so the least of several is compared.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

TIMES = 4
LINEAR = 9.0  # at most: beside the 4, what is cached and allocated
_ROUNDS = 8


def growth(work: Callable[[int], object], length: int) -> float:
    """Return the ratio of the work for four times a length and for that length.

    Measured until it is that of linear work, and eight times at most. Each time the length is
    another, so that nothing that is remembered makes the work shorter.
    """
    short, long = float("inf"), float("inf")
    for number in range(_ROUNDS):
        short = min(short, _processor_time(work, length + number))
        long = min(long, _processor_time(work, TIMES * length + number))
        if long <= LINEAR * short:
            break
    return long / short


def _processor_time(work: Callable[[int], object], length: int) -> float:
    collects = gc.isenabled()
    gc.disable()  # a collection looks at all that the tests have loaded, at one length or the other
    try:
        start = time.process_time()
        work(length)
        return time.process_time() - start
    finally:
        if collects:
            gc.enable()
