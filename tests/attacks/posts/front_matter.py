"""Front matter, settings and data files that expand, nest, or lie about their types."""

from __future__ import annotations

from collections.abc import Callable

K = 1_000
_REST = "---\n\n글 {{ page | jsonify }} {{ page.a }} {{ site.data.a | size }}\n"


def _yaml(*lines: str) -> str:
    return "\n".join(("---", "title: 글", *lines, _REST))


def merges(depth: int, times: int) -> str:
    """Return YAML in which each map is merged of the one before, several times."""
    lines = ["m0: &m0 {a: b}"]
    for number in range(1, depth):
        many = ", ".join([f"*m{number - 1}"] * times)
        lines.append(f"m{number}: &m{number} {{<<: [{many}]}}")
    return "\n".join(lines)


def laughs(depth: int, times: int) -> str:
    """Return YAML in which each list holds the one before, several times."""
    lines = ["l0: &l0 [lol, lol]"]
    for number in range(1, depth):
        many = ", ".join([f"*l{number - 1}"] * times)
        lines.append(f"l{number}: &l{number} [{many}]")
    return "\n".join(lines)


_TYPES = (
    "title: {a: b}", "date: [2026, 3]", "tags: {a: {b: c}}", "image: [[1]]", "lang: 12",
    "permalink: {}", "excerpt: 0x10", "crosspost: [a]", "published: 1e400", "slug: [..]",
    "toc: !!binary YQ==", "author: !!set {a, b}", "categories: 99999-99-99", "math: ~",
)  # fmt: skip
TEXTS: dict[str, Callable[[], str]] = {  # whole posts
    "yaml-long": lambda: _yaml(
        f'description: "{"가나 " * 20 * K}"', f"tags: [{', '.join(f't{n}' for n in range(10 * K))}]"
    ),
    "yaml-huge": lambda: _yaml(f'description: "{"가나 " * 300 * K}"'),
    "yaml-merges": lambda: _yaml("published: true", merges(30, 2)),
    "yaml-merges-many": lambda: _yaml("published: true", merges(6, 400)),
    "yaml-aliases": lambda: _yaml(laughs(30, 9), "a: *l29"),
    "yaml-of-itself": lambda: _yaml("a: &a [*a, *a]", "b: &b {c: *b}"),
    "yaml-brackets": lambda: _yaml("a: " + "[" * 90 * K),
    "yaml-braces": lambda: _yaml("a: " + "{a: " * 30 * K + "}" * 30 * K),
    "yaml-dashes": lambda: _yaml("a:", "- " * 50 * K),
    "yaml-quote": lambda: _yaml('a: "' + "\\x41 " * 40 * K),
    "yaml-numbers": lambda: _yaml(
        "a: " + "9" * 100 * K, "b: " + "1:" * 40 * K + "1", "c: 1_" + "0_" * 20 * K, "d: .inf",
        "date: 2026-03-40", "e: 0b" + "1" * 20 * K, "f: 1e999999999", "g: 9999999-01-01 99:99:99",
    ),
    "yaml-keys": lambda: _yaml(*(f"k{n}: {n}" for n in range(18 * K))),
    "yaml-anchors": lambda: _yaml(*(f"k{n}: &a{n} v" for n in range(12 * K))),
    "yaml-types": lambda: _yaml(*_TYPES),
    "yaml-tags": lambda: _yaml("a: !!python/object/apply:os.system [id]", "b: !ruby/object:Gem {}"),
    "yaml-controls": lambda: (
        '---\ntitle: "\\x1b[31m\\x07::set-output name=a::b\\u202e"\n'
        'tags: ["\\x9b31m", "\\0"]\n---\n글\n'
    ),
    "yaml-bytes": lambda: "---\ntitle: \ufeff글\udcff\udc80\n\x00: \x00\n---\n글\x00\n",
    "yaml-open": lambda: "---\n" + "title: 글\n" * 60 * K,
    "toml-dots": lambda: "+++\ntitle = '글'\n" + "a." * 60 * K + "b = 1\n+++\n글\n",
    "toml-brackets": lambda: "+++\ntitle = '글'\na = " + "[" * 60 * K + "\n+++\n글\n",
    "toml-tables": lambda: (
        "+++\ntitle = '글'\n"
        + "".join(f"[[a{'.a' * (n % 90)}]]\n" for n in range(9 * K)) + "+++\n글\n"
    ),
    "json": lambda: '{"title": "글", "a": ' + "[" * 60 * K + "\n\n글\n",
}  # fmt: skip
_LONG = "가" * 2000
PLACES = {  # where a post wants to be put
    f"place-{number}": f'---\ntitle: 글\n{key}: "{value}"\n---\n글\n'
    for number, (key, value) in enumerate(
        [
            ("slug", "../../../outside/precious"), ("slug", "/etc/cron.d/x"), ("slug", ".hanpan"),
            ("slug", ".."), ("slug", "a\\0b"), ("slug", _LONG), ("slug", "build.json"),
            ("slug", "CON"), ("slug", "index.html"), ("slug", "a/b/c"), ("slug", "-rf"),
            ("permalink", "/../../../outside/"), ("permalink", "//evil.example/"),
            ("permalink", "/:title/../../x"), ("permalink", f"/{_LONG}/"),
            ("permalink", "javascript:alert(1)"), ("permalink", "/\\x1b[2J/\\n::error::x/"),
            ("canonical_url", "javascript:alert(1)"), ("canonical_url", "file:///etc/passwd"),
            ("lang", "../../x"), ("lang", '\\"><script>'), ("image", "../../outside/secret.svg"),
            ("image", "/proc/self/environ"), ("image", "file:///proc/self/environ"),
            ("layout", "../../outside/secret"), ("author", "<script>alert(1)</script>"),
        ]
    )
}  # fmt: skip
SITES: dict[str, Callable[[], dict[str, str]]] = {  # files of a site beside an honest post
    "data-merges": lambda: {"_data/a.yml": merges(30, 2)},
    "data-aliases": lambda: {"_data/a.yml": laughs(30, 9)},
    "data-brackets": lambda: {"_data/a.yml": "[" * 500 * K, "_data/b.json": "[" * 500 * K},
    "data-numbers": lambda: {"_data/a.json": "9" * 400 * K, "_data/b.csv": '"' * 400 * K},
    "data-rows": lambda: {"_data/a.csv": "a,b\n" * 400 * K},
    "config-merges": lambda: {"_config.yml": f"title: 글\n{merges(30, 2)}\n"},
    "config-aliases": lambda: {"_config.yml": f"title: 글\n{laughs(30, 9)}\ndefaults: *l29\n"},
    "config-defaults": lambda: {
        "_config.yml": "defaults:\n" + "- {scope: {path: ''}, values: {a: b}}\n" * 20 * K
    },
    "toml-dots": lambda: {"site.toml": "title = '글'\n" + "a." * 60 * K + "b = 1\n"},
    "toml-brackets": lambda: {"site.toml": "a = " + "[" * 100 * K},
    "toml-controls": lambda: {"site.toml": 'title = "글"\n"\\u001b[2J::error::x" = 1\n'},
    "toml-types": lambda: {
        "site.toml": 'title = ["글"]\nurl = 5\n[source]\nposts = "x"\n[fonts]\nbody = {a = 1}\n'
    },
    "liquid-in-defaults": lambda: {
        "_config.yml": "title: '{% for i in (1..999999999) %}x{% endfor %}'\n"
    },
}
