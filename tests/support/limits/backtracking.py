"""Backtracking: match as Python's `re` does, and count the steps instead of the seconds."""

from __future__ import annotations

import re
from re import _compiler, _parser  # type: ignore[attr-defined]
from re import _constants as op  # type: ignore[attr-defined]
from typing import Any

WIDEST = 8  # a bounded repeat may be tried at most so often: where it ends says nothing of growth
_ONE = (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN, op.CATEGORY)
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)

Registers = tuple[int, ...]
Reached = tuple[int, Registers]


class TooManySteps(Exception):
    """The text takes more steps than anybody should wait for."""


class Backtracker:
    """An expression as a program with a stack of its own, as sre runs it."""

    def __init__(self, pattern: re.Pattern[str], *, widest: int = WIDEST) -> None:
        self.widest = widest
        self.parsed = _parser.parse(pattern.pattern, pattern.flags)
        self.program: list[tuple[Any, ...]] = []
        self.registers = 2 * pattern.groups
        self._emit_all(self.parsed, pattern.flags)
        self.program.append(("end",))
        self.steps = 0
        self.limit = 0

    def count(
        self, text: str, *, everywhere: bool, limit: int
    ) -> tuple[int, list[tuple[int, int]]]:
        """Return how many steps the text takes and the spans that match; at most `limit` steps."""
        self.steps, self.limit = 0, limit
        spans: list[tuple[int, int]] = []
        blank = (-1,) * self.registers
        start, advance = 0, False
        while start <= len(text):
            self._step(1)
            reached = self._run(0, start, blank, text, start if advance else -1)
            if reached is not None:
                spans.append((start, reached[0]))
                advance = reached[0] == start
                start = reached[0]
            else:
                start, advance = start + 1, False
            if not everywhere:
                break
        return self.steps, spans

    def _step(self, by: int) -> None:
        self.steps += by
        if self.steps > self.limit:
            raise TooManySteps

    # the program

    def _emit_all(self, items: Any, flags: int) -> None:
        for kind, value in items:
            self._emit(kind, value, flags)

    def _emit(self, kind: Any, value: Any, flags: int) -> None:
        if kind in _ONE or kind is op.AT:
            self.program.append(("one", self._compiled([(kind, value)], flags)))
        elif kind in _REPEATS:
            self._emit_repeat(kind, value, flags)
        elif kind is op.SUBPATTERN:
            group, more, fewer, items = value
            if group is None:
                self._emit_all(items, (flags | more) & ~fewer)
            else:
                self.program.append(("save", 2 * group - 2))
                self._emit_all(items, (flags | more) & ~fewer)
                self.program.append(("save", 2 * group - 1))
        elif kind is op.ATOMIC_GROUP:
            self._emit_inner(("atomic",), value, flags)
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            direction, items = value
            back = items.getwidth()[0] if direction < 0 else 0
            self._emit_inner(("look", kind is op.ASSERT, back), items, flags)
        elif kind is op.BRANCH:
            self._emit_branches(value[1], flags)
        elif kind is op.GROUPREF:
            self.program.append(("same", 2 * value - 2, bool(flags & re.IGNORECASE)))
        else:
            raise NotImplementedError(kind)

    def _emit_inner(self, instruction: tuple[Any, ...], items: Any, flags: int) -> None:
        at = self._hole()
        self._emit_all(items, flags)
        self.program.append(("end",))
        self.program[at] = (*instruction, len(self.program))

    def _emit_branches(self, branches: Any, flags: int) -> None:
        ends = []
        for items in branches[:-1]:
            at = self._hole()
            self._emit_all(items, flags)
            ends.append(self._hole())
            self.program[at] = ("split", at + 1, len(self.program))
        self._emit_all(branches[-1], flags)
        for end in ends:
            self.program[end] = ("jump", len(self.program))

    def _emit_repeat(self, kind: Any, value: Any, flags: int) -> None:
        least, most, items = value
        if most != op.MAXREPEAT:
            most = max(least, min(most, self.widest))
        if _is_one_character(items):
            run = self._compiled([(op.MAX_REPEAT, (0, most, items))], flags)
            self.program.append((str(kind), run, least))
        elif kind is op.POSSESSIVE_REPEAT:
            at = self._hole()
            self._emit_repeat(op.MAX_REPEAT, value, flags)
            self.program.append(("end",))
            self.program[at] = ("atomic", len(self.program))
        else:
            self._emit_group_repeat(least, most, items, flags, lazy=kind is op.MIN_REPEAT)

    def _emit_group_repeat(
        self, least: int, most: Any, items: Any, flags: int, *, lazy: bool
    ) -> None:
        for _ in range(least):
            self._emit_all(items, flags)
        holes = []
        if most == op.MAXREPEAT:
            register, self.registers = self.registers, self.registers + 1
            check = self._hole()
            holes.append(self._hole())
            self._emit_all(items, flags)
            self.program.append(("jump", check))
            self.program[check] = ("unless", register, len(self.program))
        else:
            for _ in range(most - least):
                holes.append(self._hole())
                self._emit_all(items, flags)
        end = len(self.program)
        for at in holes:
            self.program[at] = ("split", end, at + 1) if lazy else ("split", at + 1, end)

    def _hole(self) -> int:
        self.program.append(("hole",))
        return len(self.program) - 1

    def _compiled(self, items: list[Any], flags: int) -> re.Pattern[str]:
        part = _parser.SubPattern(self.parsed.state, items)
        compiled: re.Pattern[str] = _compiler.compile(part, flags)
        return compiled

    # the run

    def _run(
        self, pc: int, at: int, registers: Registers, text: str, forbidden: int = -1
    ) -> Reached | None:
        """Return where the program ends from here, or None: `forbidden` is no place to end at."""
        stack: list[tuple[int, int, Registers, int]] = []
        least = -1  # of a run of one character: it may still give back down (or take up) to here
        program = self.program
        while True:
            self._step(1)
            name, *values = program[pc]
            failed = False
            if name == "one":
                match = values[0].match(text, at)
                failed = match is None
                at, pc = (at if match is None else match.end()), pc + 1
            elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
                ends = values[0].match(text, at).end()
                low = at + values[1]
                failed = low > ends
                if name == "MIN_REPEAT":
                    if low < ends:
                        stack.append((pc + 1, low + 1, registers, ends))
                    self._step(values[1])
                    at = low
                else:
                    if name == "MAX_REPEAT" and low < ends:
                        stack.append((pc + 1, ends - 1, registers, low))
                    self._step(ends - at)
                    at = ends
                pc += 1
            elif name == "split":
                stack.append((values[1], at, registers, at))
                pc = values[0]
            elif name == "jump":
                pc = values[0]
            elif name == "unless":
                if registers[values[0]] == at:
                    pc = values[1]
                else:
                    registers = _with(registers, values[0], at)
                    pc += 1
            elif name == "save":
                registers, pc = _with(registers, values[0], at), pc + 1
            elif name == "same":
                group, heedless = values
                start, end = registers[group : group + 2]
                before, here = text[start:end], text[at : at + end - start]
                failed = end < 0 or (before.lower() != here.lower() if heedless else before != here)
                self._step(len(here))
                at, pc = at + len(here), pc + 1
            elif name == "atomic":
                reached = self._run(pc + 1, at, registers, text)
                failed = reached is None
                at, registers = reached or (at, registers)
                pc = values[0]
            elif name == "look":
                positive, back, pc_after = values
                reached = self._run(pc + 1, at - back, registers, text) if back <= at else None
                failed = (reached is not None) is not positive
                registers = reached[1] if positive and reached else registers
                pc = pc_after
            elif name == "end":
                if at != forbidden:
                    return at, registers
                failed = True
            if failed:
                if not stack:
                    return None
                pc, at, registers, least = stack.pop()
                if least < at:
                    stack.append((pc, at - 1, registers, least))
                elif least > at:
                    stack.append((pc, at + 1, registers, least))


def _is_one_character(items: Any) -> bool:
    """Return whether sre runs a repeat of this without a stack."""
    if len(items) != 1:
        return False
    kind, value = items[0]
    if kind is op.SUBPATTERN:
        return value[0] is None and _is_one_character(value[3])
    return kind in _ONE


def _with(registers: Registers, index: int, value: int) -> Registers:
    return (*registers[:index], value, *registers[index + 1 :])
