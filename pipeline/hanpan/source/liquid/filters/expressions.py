"""Filters that take an expression: `where_exp: "post", "post.tags contains 'a'"`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from liquid import RenderContext, Token
from liquid.builtin.expressions import BooleanExpression, FilteredExpression, tokenize
from liquid.exceptions import FilterArgumentError, LiquidError
from liquid.expression import Expression
from liquid.filter import with_context
from liquid.stream import TokenStream
from liquid.token import TOKEN_EXPRESSION

from hanpan.source.liquid.bounded import bound_expression
from hanpan.source.liquid.filters.lists import in_groups
from hanpan.source.liquid.ruby import to_s, written
from hanpan.source.liquid.values import is_list, items_of

_LONGEST = 1_000  # characters of an expression


def _parse(
    kind: type[BooleanExpression | FilteredExpression], text: object, context: RenderContext
) -> Expression:
    """Return an expression. Raises FilterArgumentError."""
    source = to_s(text)
    if len(source) > _LONGEST:
        raise FilterArgumentError("the expression is too long", token=None)
    token = Token(TOKEN_EXPRESSION, source, 0, source)
    try:
        expression = kind.parse(context.env, TokenStream(tokenize(source, parent_token=token)))
    except LiquidError as error:
        reason = str(error.args[0]) if error.args else "it cannot be read"
        raise FilterArgumentError(f"the expression {source!r}: {reason}", token=None) from None
    bound_expression(expression)
    return expression


def _values(
    items: list[object], name: object, expression: Expression, context: RenderContext
) -> Iterator[tuple[object, object]]:
    """Yield each item with what an expression says of it; each counts as a turn of a loop."""
    variable = to_s(name)
    namespace: dict[str, object] = {variable: None}
    context.raise_for_loop_limit(len(items))
    with context.extend(namespace):
        for item in items:
            namespace[variable] = item
            yield item, expression.evaluate(context)


@with_context
def where_exp(value: object, name: object, text: object, *, context: RenderContext) -> object:
    """Return the items for which an expression holds."""
    if not is_list(value):
        return value
    expression = _parse(BooleanExpression, text, context)
    return [item for item, holds in _values(items_of(value), name, expression, context) if holds]


@with_context
def find_exp(value: object, name: object, text: object, *, context: RenderContext) -> object:
    """Return the first item for which an expression holds."""
    chosen = where_exp(value, name, text, context=context)
    return next(iter(chosen), None) if isinstance(chosen, list) else chosen


@with_context
def group_by_exp(value: object, name: object, text: object, *, context: RenderContext) -> object:
    """Return the items by what an expression says of them."""
    if not is_list(value):
        return value
    expression = _parse(FilteredExpression, text, context)
    groups: dict[str, list[object]] = {}
    for item, group in _values(items_of(value), name, expression, context):
        groups.setdefault(written(group), []).append(item)
    return in_groups(groups)


EXPRESSION_FILTERS: dict[str, Callable[..., object]] = {
    "find_exp": find_exp,
    "group_by_exp": group_by_exp,
    "where_exp": where_exp,
}
