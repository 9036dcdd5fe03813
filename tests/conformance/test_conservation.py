"""No edition of others' posts loses anything: as builds tell it, and as other parsers read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conformance.conservation import missing_in_artifacts, told_as_lost


@pytest.mark.conformance
@pytest.mark.corpus
@pytest.mark.slow
def test_posts_of_others_are_whole_in_every_edition(corpus_built: Path) -> None:
    lost = [*told_as_lost(corpus_built), *missing_in_artifacts(corpus_built)]
    assert [one for one in lost if not one.reason] == []
