"""Filters of numbers. Whole numbers stay whole; texts count as the number that they begin with."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from liquid.exceptions import FilterArgumentError

from hanpan.source.liquid.values import integer_of, is_nothing, list_of, number_of
from hanpan.source.liquid.values import property_of as _property

_LONGEST = 4_096  # bits of a product
_DIGITS = 300  # places that a number is rounded to


def times(value: object, factor: object) -> object:
    """Return a product; of whole numbers that grow without end, 0."""
    one, two = number_of(value), number_of(factor)
    if isinstance(one, int) and isinstance(two, int):
        return one * two if one.bit_length() + two.bit_length() < _LONGEST else 0
    return _decimal(one, two, lambda left, right: left * right)


def plus(value: object, more: object) -> object:
    return _decimal(number_of(value), number_of(more), lambda left, right: left + right)


def minus(value: object, less: object) -> object:
    return _decimal(number_of(value), number_of(less), lambda left, right: left - right)


def _decimal(
    one: float, two: float, operation: Callable[[Decimal, Decimal], Decimal]
) -> int | float:
    """Return a sum or a product, without the errors that fractions of two have: 0.1 and 0.2."""
    if isinstance(one, int) and isinstance(two, int):
        return int(operation(one, two))  # type: ignore[arg-type]
    return float(operation(Decimal(str(one)), Decimal(str(two))))


def divided_by(value: object, divisor: object) -> object:
    """Return a quotient: of whole numbers, the whole number below it."""
    one, two = number_of(value), number_of(divisor)
    if two == 0 and isinstance(one, int) and isinstance(two, int):
        raise FilterArgumentError("divided_by: can't divide by 0", token=None)
    if isinstance(one, int) and isinstance(two, int):
        return one // two
    if two == 0:
        return math.nan if one == 0 else math.copysign(math.inf, one)
    return one / two


def modulo(value: object, divisor: object) -> object:
    one, two = number_of(value), number_of(divisor)
    if two == 0:
        raise FilterArgumentError("modulo: can't divide by 0", token=None)
    if isinstance(one, int) and isinstance(two, int):
        return one % two
    rest = Decimal(str(one)) % Decimal(str(two))
    return float(rest + Decimal(str(two)) if rest and (rest < 0) != (two < 0) else rest)


def rounded(value: object, places: object = 0) -> object:
    """Return a number rounded, halves away from zero; without places, a whole number."""
    number, digits = number_of(value), integer_of(places)
    if isinstance(number, int) and digits >= 0:
        return number
    digits = max(-_DIGITS, min(_DIGITS, digits))
    step = Decimal(1).scaleb(-digits)
    near = (Decimal(str(number)) / step).quantize(Decimal(1), ROUND_HALF_UP) * step
    return float(near) if digits > 0 else int(near)


def at_least(value: object, least: object) -> object:
    return max(number_of(value), number_of(least))


def at_most(value: object, most: object) -> object:
    return min(number_of(value), number_of(most))


def to_integer(value: object) -> int:
    return int(value) if isinstance(value, bool) else integer_of(value)


def total(value: object, key: object = None) -> object:
    """Return the sum of a list's numbers, or of what its items say under `key`."""
    numbers = list_of(value)
    if not is_nothing(key):
        numbers = [_property(item, key) for item in numbers]
    result: object = 0
    for number in numbers:
        result = plus(result, number)
    return result


NUMBER_FILTERS: dict[str, Callable[..., object]] = {
    "abs": lambda value: abs(number_of(value)),
    "ceil": lambda value: math.ceil(number_of(value)),
    "floor": lambda value: math.floor(number_of(value)),
    "round": rounded,
    "plus": plus,
    "minus": minus,
    "times": times,
    "divided_by": divided_by,
    "modulo": modulo,
    "at_least": at_least,
    "at_most": at_most,
    "sum": total,
    "to_integer": to_integer,
}
