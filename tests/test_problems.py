"""Problems: one sentence on one line, whatever its parts are made of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hanpan.problems import MOST, Problem, apply_severities, number_of


def test_a_message_is_one_line_without_a_stop() -> None:
    said = Problem("math", "warning", "the formula `a\n  b` cannot be drawn.").message
    assert said == "the formula `a b` cannot be drawn"
    assert Problem("x", "info", "it ends in ...").message == "it ends in ..."
    assert Problem.from_json(Problem("x", "info", "a\nb").as_json()).message == "a b"


def test_what_is_too_long_to_be_read_is_cut_in_its_middle() -> None:
    problem = Problem("x", "info", f"`{'가' * 100_000}` is not defined", remedy="나" * 100_000)
    assert problem.message.startswith("`가") and problem.message.endswith("가` is not defined")
    assert "가 … 가" in problem.message and "나 … 나" in problem.remedy
    assert len(problem.message) < 1_300 and len(problem.remedy) < 1_300
    assert Problem.from_json(problem.as_json()) == problem
    assert Problem("x", "info", "가" * 1_000).message == "가" * 1_000


def test_of_each_rule_so_many_are_kept_and_the_others_counted() -> None:
    many = [Problem("x", "info", f"{number}", "a.md", number) for number in range(MOST + 7)]
    few = [Problem("y", "warning", "one", "a.md", 1)] * 3
    kept = apply_severities([*many, *few], {"x": "error"})
    assert [p.rule for p in kept] == ["x"] * MOST + ["y"] * 3 + ["x"]
    assert (kept[-1].more, kept[-1].severity, kept[-1].path) == (7, "error", "a.md")
    assert number_of(kept) == len(many) + len(few)
    assert Problem.from_json(kept[-1].as_json()) == kept[-1]
    assert apply_severities(many[:MOST], {}) == tuple(many[:MOST])
    assert apply_severities(many, {"x": "off"}) == ()


@given(st.text(alphabet="a0. \n\0"))
def test_a_message_that_is_read_again_is_the_same(text: str) -> None:
    problem = Problem("rule", "info", text, remedy=text)
    assert Problem.from_json(problem.as_json()) == problem
