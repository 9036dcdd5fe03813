"""What Shopify's Liquid makes of templates, we make as well: the cases of Golden Liquid."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hanpan.source.lines import Line
from hanpan.source.liquid.engine import render_template
from hanpan.source.liquid.marks import resolve
from hanpan.source.liquid.run import Run
from hanpan.source.liquid.scan import scan
from hanpan.source.liquid.template import make_template

CASES = json.loads((Path(__file__).parent / "golden" / "cases.json").read_text("utf-8"))


def rendered_alone(template: str, data: dict[str, object]) -> str:
    """Return a template rendered in no post and no site."""
    lines = tuple(Line(text, number) for number, text in enumerate(template.split("\n"), 1))
    codes: list[str] = []
    items, _ = scan(lines, set(), is_markdown=False)
    made_of, _ = make_template(items, codes)
    run = Run(lambda call, body, run: "", lambda *problem: None, lambda name: "", codes)
    text = render_template(made_of, data, run)
    return "\n".join(line.text for line in resolve(text, codes, 1, ""))


def test_the_cases_are_there() -> None:
    assert len(CASES) > 700
    assert len({case["name"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("part", range(8))
def test_templates_say_what_shopify_s_do(part: int) -> None:
    different = [
        (case["name"], case["template"], case["result"], rendering)
        for case in CASES[part::8]
        if (rendering := rendered_alone(case["template"], case.get("data", {}))) != case["result"]
    ]
    assert different == []
