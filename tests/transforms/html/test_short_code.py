"""Short names in code stay in one piece."""

from __future__ import annotations

import pytest

from hanpan import tree
from hanpan.transforms.html.short_code import mark_short_code


@pytest.mark.parametrize(
    ("html", "is_short"),
    [
        ("<p><code>pip-tools</code></p>", True),
        (f"<p><code>{'a' * 24}</code></p>", True),
        (f"<p><code>{'a' * 25}</code></p>", False),
        ("<p><code>pip install</code></p>", False),
        ("<p><code> </code></p>", False),
        ("<pre><code>pip-tools</code></pre>", False),
    ],
)
def test_one_short_word_of_inline_code_is_marked(html: str, is_short: bool) -> None:
    root = tree.parse_xml(html)
    mark_short_code(root)
    assert (root[0][0].get("class") == "short") == is_short
