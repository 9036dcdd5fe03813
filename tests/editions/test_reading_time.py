"""Reading time: Korean by syllables, the rest by words."""

from dataclasses import replace

import pytest

from hanpan.editions.reading_time import minutes_to_read
from tests.editions.html.sample import DOCUMENT


@pytest.mark.parametrize(
    ("body", "minutes"),
    [
        ("<p></p>", 1),
        (f"<p>{'가' * 1500}</p>", 3),
        (f"<p>{'word ' * 440}</p>", 2),
        (f"<p>{'가' * 500}</p><p>{'word ' * 220}</p>", 2),
        (f'<p title="{"가" * 5000}">글<math>{"<mi>x</mi>" * 5000}</math></p>', 1),
    ],
)
def test_minutes(body: str, minutes: int) -> None:
    assert minutes_to_read(replace(DOCUMENT, body=body)) == minutes
