"""Problems: one sentence on one line, whatever its parts are made of."""

from __future__ import annotations

from hanpan.problems import Problem


def test_a_message_is_one_line_without_a_stop() -> None:
    said = Problem("math", "warning", "the formula `a\n  b` cannot be drawn.").message
    assert said == "the formula `a b` cannot be drawn"
    assert Problem("x", "info", "it ends in ...").message == "it ends in ..."
    assert Problem.from_json(Problem("x", "info", "a\nb").as_json()).message == "a b"
