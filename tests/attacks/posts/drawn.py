"""Posts whose code, formulas or diagrams take long to colour, to set or to draw."""

from __future__ import annotations

from collections.abc import Callable

K = 1_000
_LANGUAGES = (
    "python js html c++ perl ruby php bash yaml sql lisp haskell swift scala rst markdown latex"
).split()
_MARKS = ('"', "/*", "<", "((", "`", "{%")
_DIAGRAMS: tuple[str, ...] = (
    "graph TD\n" + "\n".join(f"a{n}-->a{n + 1}" for n in range(5 * K)),
    "graph LR\n" + "\n".join(f"a{n % 40}-->b{n % 37}" for n in range(1500)),
    "graph TD\n" + "\n".join(f"a{n}-->b{n}" for n in range(1300)),
    "graph TD\n" + "\n".join(f"subgraph s{n}" for n in range(700)) + "\na\n" + "end\n" * 700,
    "graph TD\na --> " + " --> ".join(" & ".join(f"{c}{n}" for n in range(100)) for c in "bcd"),
    "sequenceDiagram\n" + "\n".join(f"a{n}->>b{n}: c" for n in range(900)),
    "gantt\ndateFormat YYYY-MM-DD\nsection a\nb :0001-01-01, 9999-12-31\nc :2026-01-01, 999999999d",
    'pie\n"a" : 1e308\n"b" : 1e308\n"c" : 0.0000000001',
    "mindmap\n" + "\n".join("  " * n + f"a{n}" for n in range(150)),
    "stateDiagram-v2\n" + "\n".join(f"a{n}-->a{(n * 7) % 500}" for n in range(1000)),
    "classDiagram\n" + "\n".join(f"A{n} <|-- A{n + 1}" for n in range(1000)),
    "erDiagram\n" + "\n".join(f"A{n} ||--o{{ A{n * 3 % 400} : b" for n in range(800)),
    "gitGraph\n" + "\n".join("commit" for _ in range(2500)),
    'graph TD\na["' + "가" * 15 * K + '"]',
)


def _macros() -> str:
    """Return formulas whose macros stand for ten of the one before, and for themselves."""
    names = [
        f"\\newcommand{{\\{chr(97 + n)}}}{{{(chr(92) + chr(96 + n)) * 10}}}" for n in range(1, 20)
    ]
    return (
        "$$\\newcommand{\\a}{xxxxxxxxxx}" + "".join(names) + "\\t$$\n\n$$\\def\\x{\\x\\x}\\x$$\n\n"
        "\\newcommand{\\y}{\\y\\y}\n\n$\\y$"
    )


POSTS: dict[str, Callable[[], str]] = {
    "code-line": lambda: "```python\n" + "a = [" + "(1, 'x'), " * 100 * K + "]\n```\n",
    "code-lines": lambda: (
        "```js\n" + "const a = `${b}`; // 가나\n" * 30 * K + "```\n\n" + "```\na\n```\n\n" * 4 * K
    ),
    "code-strings": lambda: "".join(
        f"```{language}\n{mark * 30 * K}\n```\n\n" for language in _LANGUAGES for mark in _MARKS
    ),
    "formula-depth": lambda: (
        f"$${'{' * 50 * K}$$\n\n$" + "\\frac{1}{" * 3 * K + "x" + "}" * 3 * K + "$\n\n$"
        + "x^{" * 2 * K + "}" * 2 * K + "$\n\n$" + "\\sqrt{" * 500 + "x" + "}" * 500 + "$"
    ),
    "formula-fractions": lambda: "\n\n".join(
        "$$" + "\\frac{1}{1+" * depth + "x" + "}" * depth + "$$" for depth in range(8, 40)
    ),
    "formula-macros": _macros,
    "formula-matrix": lambda: (
        "$$\\begin{pmatrix}" + ("a&" * 200 + "b\\\\\n") * 200 + "\\end{pmatrix}$$"
    ),
    "formula-long": lambda: (
        "$" + "x_{i}+\\alpha " * 30 * K + "$\n\n$$" + "\\left( " * 500 + "x" + "\\right) " * 500
        + "$$\n\n$\\rule{99999999em}{99999999em}\\hspace{99999999em}\\overset{a}{b}$"
    ),
    "formulas": lambda: "\n\n".join(
        f"$x_{{{n}}} = \\frac{{a_{{{n}}}}}{{b}}$" for n in range(6 * K)
    ),
    "diagrams": lambda: "\n\n".join(f"```mermaid\n{text}\n```" for text in _DIAGRAMS),
    "diagrams-many": lambda: "\n\n".join(
        "```mermaid\ngraph TD\n" + "\n".join(f"a{n}-->b{(n * m) % 61}" for n in range(60)) + "\n```"
        for m in range(200)
    ),
}  # fmt: skip
