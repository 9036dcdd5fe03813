"""Posts whose Liquid has no end, or grows with every turn."""

from __future__ import annotations

from collections.abc import Callable

K = 1_000
_RANGES = (
    "join", "size", "reverse | first", "sort | last", "map: 'a' | size", "uniq | size", "sum",
    "concat: (1..1000000000) | size", "where: 'a'", "jsonify", "slice: 1, 900000000 | size",
    "compact | last", "group_by: 'a' | size", "sample: 900000000 | size", "push: 1 | size",
    "sort_natural | first", "where_exp: 'a', 'a' | size", "find: 'a'", "array_to_sentence_string",
)  # fmt: skip
_TEN = "{% assign s = 'aaaaaaaaaa' %}"


def _turns(count: int, inside: str) -> str:
    return f"{{% for i in (1..{count}) %}}{inside}{{% endfor %}}"


POSTS: dict[str, Callable[[], str]] = {
    "open": lambda: "{{ " + "\n" * 160 * K + "{{ \n" * 40 * K + "{% x \n" * 20 * K,
    "open-tags": lambda: "{% " * 100 * K + "{%- raw -%}" * 20 * K + "{{-" * 50 * K,
    "ranges": lambda: "\n\n".join(f"{{{{ (1..1000000000) | {name} }}}}" for name in _RANGES),
    "loops": lambda: (
        "{% for a in (1..1000000000) %}{% for b in (1..1000000000) %}"
        "{% for c in (1..9999999999999) reversed %}x{% endfor %}{% endfor %}{% endfor %}"
        "{% for a in (1..1000000000) limit:1 offset:999999998 %}y{% endfor %}"
        "{% tablerow a in (1..1000000000) cols:1000000000 %}z{% endtablerow %}"
    ),
    "append": lambda: _TEN + _turns(60, "{% assign s = s | append: s %}") + "{{ s }}",
    "replace": lambda: (
        _TEN + _turns(30, "{% assign s = s | replace: 'a', s %}") + "{{ s | size }}{{ s }}"
    ),
    "replace-nothing": lambda: _TEN + _turns(30, "{% assign s = s | replace: '', s %}") + "{{ s }}",
    "capture": lambda: (
        "{% capture s %}aaaaaaaaaa{% endcapture %}"
        + "{% capture s %}{{ s }}{{ s }}{% endcapture %}" * 60
        + "{{ s }}"
    ),
    "split": lambda: (
        "{% assign s = 'a,' %}"
        + _turns(20, "{% assign s = s | append: s %}")
        + _turns(
            300,
            "{% assign l = s | split: '' %}"
            "{% assign m = l | concat: l | concat: l | concat: l | sort | uniq | join: s %}",
        )
        + "{{ m }}"
    ),
    "numbers": lambda: (
        "{% assign n = 9 %}"
        + _turns(40, "{% assign n = n | times: n %}")
        + "{{ n }}{{ 'a' | date: '%999999999d' }}{{ '2026-01-01' | date: '%2000000000Y' }}"
        "{{ 'a' | truncate: 2000000000 }}{{ 1.0 | round: 2000000000 }}"
        "{{ '1' | divided_by: 3.0 | round: 999999 }}{{ 1e308 | times: 1e308 | floor }}"
    ),
    "arrays": lambda: (
        "{% assign a = 'x' | split: ',' %}"
        + _turns(40, "{% assign a = a | concat: a %}")
        + "{{ a | join: 'yyyyyyyyyyyyyyyyyyyy' }}"
        + _turns(15_000, "{% assign b = a | sort | reverse | uniq %}")
    ),
    "nested": lambda: (
        "{% if a %}" * 20 * K + "x" + "{% endif %}" * 20 * K + "{{ a" + "[a" * 20 * K
        + "]" * 20 * K + " }}" + "{{ 'a' " + "| upcase " * 50 * K + "}}"
    ),
    "filters": lambda: (
        "{% assign s = '<a &amp; b> ' %}"
        + _turns(18, "{% assign s = s | append: s %}")
        + _turns(400, "{% assign t = s | markdownify | strip_html | url_encode | escape %}")
    ),
}  # fmt: skip
SITES: dict[str, dict[str, str]] = {  # includes that include each other
    "includes": {
        f"_includes/{name}.html": f"{{% include {other}.html %}}" * 10
        for name, other in zip("abcdefghi", "bcdefghia", strict=True)
    },
}
