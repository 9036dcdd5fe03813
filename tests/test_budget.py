"""The budget: what a step has used of the processor, and where it was when that was enough."""

from __future__ import annotations

import time

import pytest

from hanpan import budget
from hanpan.budget import Place, TimeUp

ENDLESS = 60.0  # seconds of the processor, until a test gives up


@pytest.fixture(autouse=True)
def stopped() -> object:
    yield
    budget.end()


def work(seconds: float = ENDLESS) -> None:
    """Use the processor."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_what_takes_longer_is_interrupted() -> None:
    budget.begin(0.05)
    with pytest.raises(TimeUp):
        work()
    assert 0.02 < budget.end() < 1.0
    work(0.1)  # and nothing is, once it has ended


def test_what_swallows_the_interruption_is_interrupted_again() -> None:
    budget.begin(0.05)
    with pytest.raises(TimeUp):
        try:
            work()
        except TimeUp:
            work()


def test_who_has_caught_the_interruption_is_left_alone() -> None:
    budget.begin(0.05, work)
    caught = 0
    end = time.process_time() + 0.5  # ten further interruptions
    try:
        work()
    except TimeUp:
        caught += 1
        while time.process_time() < end:
            pass
    with pytest.raises(TimeUp):
        work()
    assert caught == 1


def test_what_does_not_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    budget.begin(5.0)
    work(0.05)
    assert 0.0 < budget.left() < 4.99
    assert 0.02 < budget.end() < 1.0
    assert budget.left() == float("inf")


def test_no_budget_is_endless() -> None:
    budget.begin(0.0)
    budget.allow(1.0, "a picture")
    budget.spend(1e9)
    work(0.05)
    assert budget.end() == 0.0


def test_what_is_allowed_is_added_and_does_not_count_as_used() -> None:
    budget.begin(0.05)
    for _ in range(3):
        budget.allow(1.0, "one picture")
    work(0.2)
    assert 0.5 < budget.left() < 0.9
    assert budget.end() == 0.0


def test_what_another_process_used_counts() -> None:
    budget.begin(9.0)
    budget.spend(8.0)
    assert budget.left() < 1.1
    assert budget.end() >= 8.0
    budget.begin(9.0)
    with pytest.raises(TimeUp):
        budget.spend(10.0)
        work()


def test_places_are_kept_and_risky_ones_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Place] = []
    budget.tell_places(told.append)
    budget.begin(9.0)
    budget.at("a picture", 7)
    assert (budget.place(), told) == (Place("a picture", 7), [])
    budget.at("a diagram")
    budget.risk()
    assert (budget.place(), told) == (Place("a diagram"), [Place("a diagram")])
    budget.end()
    budget.risk()
    assert len(told) == 1
    budget.tell_places(lambda place: None)
