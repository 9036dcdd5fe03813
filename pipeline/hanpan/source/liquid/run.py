"""Run: one rendering of a post: what its templates mean, what it costs, what it reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from liquid import Environment, RenderContext, Token
from liquid.exceptions import LiquidError, ResourceLimitError
from liquid.template import BoundTemplate
from liquid.undefined import Undefined
from liquid.utils import ReadOnlyChainMap

from hanpan.problems import Severity
from hanpan.source.liquid.items import Call
from hanpan.source.liquid.marks import without_lines
from hanpan.source.liquid.template import Template
from hanpan.source.liquid.values import weight

LOOPS_LIMIT = 20_000  # turns of all loops of a post together
OUTPUT_LIMIT = 8_000_000  # bytes, besides those of the post itself
WORK_LIMIT = 60_000_000  # characters that go through filters, and what else counts as some
VARIABLE_LIMIT = 4_000_000  # bytes of all variables
INCLUDE_WORK = 20_000  # what parsing an include counts for ...
INCLUDE_FACTOR = 4  # ... and each of its characters
_READ = 16  # characters of a variable that are read as fast as a filter changes one
DEPTH_LIMIT = 20  # includes within includes

Render = Callable[[Call, "str | None", "Run"], str]
Say = Callable[[str, Severity, str, int, str], None]


class TooMuch(Exception):
    """A template that would take too long or too much memory; `line` is 0 where none is known."""

    def __init__(self, reason: str, line: int = 0) -> None:
        self.line = line
        super().__init__(reason)


class Run:
    """One rendering of a post: what its templates mean, and what it reports."""

    def __init__(
        self, render_call: Render, say: Say, undefined: Callable[[str], str], codes: list[str]
    ) -> None:
        self.render_call = render_call
        self.knows_call: Callable[[Call], bool] = lambda call: False  # whether it finds its file
        self.names_in_code: Mapping[str, object] = {}  # of the site, where its address is whole
        self.site_url = ""
        self.codes = codes  # what marks of code stand for
        self.say = say
        self.undefined = undefined  # what is written for a name that nothing is known by
        self.templates: list[Template] = []  # of the post and the includes within it
        self.lines: list[int] = []  # of the calls that opened them
        self.work = 0
        self.loops = 0
        self.sizes: dict[str, int] = {}
        self.context: CountingContext | None = None
        self.engine: Environment | None = None  # that parses the includes

    @property
    def in_post(self) -> bool:
        """Tell whether what is rendered is the post's own text."""
        return len(self.templates) == 1

    def line_of(self, token: Token | None) -> int:
        """Return the author's line of a token; within an include, the line of its tag."""
        if len(self.lines) > 1:
            return self.lines[1]
        return self.templates[0].line_of(max(0, token.start_index) if token else 0)

    def line_of_call(self, call: Call) -> int:
        """Return the author's line of a tag; within an include, the line of the include's."""
        return self.lines[1] if len(self.lines) > 1 else call.line

    def add_work(self, amount: int) -> None:
        self.work += amount
        if self.work > WORK_LIMIT:
            raise ResourceLimitError("it processes too much text", token=None)

    def weigh(self, value: object) -> None:
        """Count a value as work, before it is written or changed."""
        self.add_work(weight(value, WORK_LIMIT))

    def lookup(self, path: str) -> object:
        """Return what a variable's name stands for, None for nothing."""
        assert self.context is not None
        first, *rest = path.replace("[", ".").replace("]", "").split(".")
        value = self.context.resolve(first, default=None)
        for name in rest:
            try:
                key: object = int(name) if name.isdigit() else name.strip("\"'")
                value = self.context.get_item(value, key)
            except (KeyError, TypeError, IndexError):
                return None
        return None if isinstance(value, Undefined) else value


class CountingContext(RenderContext):
    """A context that counts: python-liquid looks at each loop and each filter alone."""

    __slots__ = ("run",)
    run: Run

    def __init__(self, template: BoundTemplate, *, globals: Mapping[str, object]) -> None:
        super().__init__(template, globals=globals)
        # without python-liquid's `now` and `today`, which ask the clock
        self.scope = ReadOnlyChainMap(self.locals, self.globals, self.counters)

    def get(self, path: list[object], **options: Any) -> object:
        """Return what a name stands for; that it is looked at counts, as in `contains`."""
        value = super().get(path, **options)
        if isinstance(value, str):
            self.run.add_work(len(value) // _READ)
        elif isinstance(value, (list, dict)):
            self.run.weigh(value)
        return value

    def is_local(self, name: str) -> bool:
        """Tell whether a name is of the template's own: a loop's, assigned, or an include's."""
        own = (names for names in self.scope._maps if names is not self.globals)
        return any(name in names for names in own)

    def assign(self, key: str, val: Any) -> None:
        if isinstance(val, str):
            val = without_lines(val)
        size = weight(val, WORK_LIMIT)
        self.run.sizes[key] = size
        if len(self.run.sizes) > LOOPS_LIMIT or size > VARIABLE_LIMIT:
            raise ResourceLimitError("its variables hold too much", token=None)
        self.locals[key] = val
        self.run.add_work(size)

    def raise_for_loop_limit(self, length: int = 1) -> None:
        self.run.loops += length
        if self.run.loops > LOOPS_LIMIT:
            raise ResourceLimitError(f"its loops run more than {LOOPS_LIMIT} times", token=None)

    def filter(self, name: str, token: Token | None) -> Callable[..., object]:
        if name not in self.env.filters:
            line = self.run.line_of(token)
            message = f"unknown filter `{name}`; the value is unchanged"
            self.run.say(
                "liquid-filter", "warning", message, line, "Remove it, or write the result."
            )
            return _return_value
        function = super().filter(name, token)

        def call_within_limits(left: object, *args: object, **kwargs: object) -> object:
            for value in (left, *args, *kwargs.values()):
                self.run.weigh(value)
            try:
                result = function(left, *args, **kwargs)
            except LiquidError:
                raise
            except (ArithmeticError, ValueError, LookupError, AttributeError, TypeError):
                return ""  # Jekyll's filters take what they are given
            self.run.weigh(result)
            return result

        return call_within_limits


def _return_value(left: object, *_args: object, **_kwargs: object) -> object:
    return left


def run_of(context: RenderContext) -> Run:
    assert isinstance(context, CountingContext)
    return context.run
