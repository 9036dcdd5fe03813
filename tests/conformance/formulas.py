"""KaTeX's functions as an exam: `python -m tests.conformance.formulas` writes its table.

KaTeX itself (npm, tools/mathjax) is the referee. Its tables have the names; the first of our
questions for a name that KaTeX answers is asked of hanpan too. An answer is right where it shows
the same letters, numbers and signs as KaTeX's own MathML, and each of them is drawn: in the PDF's
operators, in the EPUB's picture and in the PNG of payloads.
"""

from __future__ import annotations

import io
import json
import re
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass
from xml.etree import ElementTree

from lxml import etree
from PIL import Image

from hanpan.assets.diagrams import as_png
from hanpan.editions.epub.outlines import on_white
from hanpan.editions.pdf.images.formula import formula
from hanpan.formulas.engine import NotAFormula
from hanpan.formulas.reading import begin_post, read_tex
from hanpan.source.dialect.tex import normalise_tex
from hanpan.transforms.maths_svg import draw_formula
from hanpan.tree import Element
from tests.support.command import ROOT

KATEX = ROOT / "tools" / "mathjax" / "node_modules" / "katex" / "dist"
PAGES = {"en": ROOT / "docs" / "formulas.md", "ko": ROOT / "docs" / "ko" / "formulas.md"}
FACE = ROOT / "layouts/fonts/noto-sans-kr/NotoSansKR_400Regular.ttf"
# what KaTeX's public list leaves out: colours of the Khan Academy, and what its macros are made of
_INNER = re.compile(
    r"\\(?:(?:blue|gold|gray|green|maroon|mint|purple|red|teal)[A-I]?|pink|orange|kaBlue|kaGreen"
    r"|DOTS[BIX]|dotsx|TextOrMath)"
)
_SVG = "{http://www.w3.org/2000/svg}"
# what a name may want around it, the plainest first
QUESTIONS = (
    "a {} b",
    "{}",
    "{}{{x}}",
    "{}{{x}}{{y}}",
    "a {}{{2pt}} b",
    "{}{{red}}{{x}}",
    "{}{{red}}{{blue}}{{x}}",
    "{}{{red}} x",
    "{}{{2pt}}{{x}}",
    "{}{{2pt}}{{2pt}}",
    "{{x {} y}}",
    r"{}( x \right)",
    r"\left( x {}| y \right)",
    r"\left( x {})",
    r"{}(",
    r"\text{{{}}}",
    r"\text{{{}{{a}}}}",
    r"{}\q{{x}} \q",
    r"{}{{\q}}{{x}} \q",
    r"{}\q x \q",
    r"\begin{{matrix}} a {} b \end{{matrix}}",
    r"\begin{{array}}{{c}} a \\ {} b \end{{array}}",
    r"{}{{a}}{{b}}{{c}}{{d}}",
    r"{}{{a}}{{b}}{{c}}{{d}}{{e}}{{f}}",
    r"{}{{(}}{{)}}{{0}}{{0}}{{a}}{{b}}",
    r"{}{{x}}{{y}}{{z}}",
    r"{}{{x}}{{y}}{{z}}{{w}}",
    r"x {}\limits_a^b",
)
ENVIRONMENTS = """matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix cases dcases rcases
    drcases aligned gathered split align align* gather gather* equation equation*""".split()
ARRAYS = {"array": "{cc}", "darray": "{cc}", "subarray": "{c}"}
ARRAYS |= dict.fromkeys(("alignedat", "alignat", "alignat*"), "{1}")


_ABOUT = {
    "en": """
# Formulas

Formulas are TeX as MathJax reads it on an author's page, with its extensions (`ams`, `mhchem`, `braket`, `cancel`, `color`,
`mathtools`, `amscd`, `boldsymbol`, `enclose`, `units` and more) and with KaTeX's names. What cannot be read is shown as its TeX and
reported (`math`), with MathJax's reason. 한국어: [ko/formulas.md](ko/formulas.md).

In a web page formulas are MathML, set in a font of their own: STIX Two Math, cut to the signs that the page has, in all their sizes.
So brackets, roots, braces and accents stretch in every browser, whether or not the system has a maths font. Letters that it lacks,
such as Hangul, come from the text's font. What browsers do not know of MathML (`\\cancel`, `\\enclose`, fences) is written for them
in styles.

`python -m tests.conformance.formulas` writes this page. It asks for each function of KaTeX {version}'s tables the first formula that
KaTeX draws, and compares the letters and numbers that KaTeX's MathML shows with hanpan's; then each outline is looked for in the
PDF, in the EPUB's picture and in the PNG of payloads.
""",  # noqa: E501
    "ko": """
# 수식

수식은 글쓴이의 페이지에서 MathJax가 읽는 TeX입니다. 확장(`ams`, `mhchem`, `braket`, `cancel`, `color`, `mathtools`, `amscd`, `boldsymbol`, `enclose`, `units` 등)과 KaTeX의
이름도 됩니다. 읽을 수 없는 것은 TeX로 보이고, MathJax가 말한 까닭과 함께 알립니다(`math`). English: [formulas.md](../formulas.md).

웹 페이지에서 수식은 MathML이고 제 글꼴로 짭니다. STIX Two Math에서 그 페이지에 있는 기호만 모든 크기로 추린 것입니다. 그래서 시스템에 수식 글꼴이 있든 없든 어느 브라우저에서나 괄호, 근호, 중괄호,
덧기호가 늘어납니다. 한글처럼 그 글꼴에 없는 글자는 본문 글꼴에서 옵니다. 브라우저가 모르는 MathML(`\\cancel`, `\\enclose`, 울타리 기호)은 스타일로 적어 줍니다.

이 페이지는 `python -m tests.conformance.formulas`가 씁니다. KaTeX {version}의 표에 있는 함수마다 KaTeX가 그리는 첫 수식을 묻고, KaTeX의 MathML에 보이는 글자와 수를 한판의 것과 견줍니다. 그다음
글자의 윤곽을 하나씩 PDF와 EPUB의 그림, 옮길 본문의 PNG에서 찾습니다.
""",  # noqa: E501
}
_WORDS = {
    "en": {
        "right": "**{right} of {all} are right ({share:.1f} %).**",
        "head": "| not right | asked as | what happens | told |",
        "yes": "yes",
        "no": "no",
        "list": "## Right in PDF, EPUB picture and PNG",
    },
    "ko": {
        "right": "**{all}개 가운데 {right}개가 맞습니다({share:.1f} %).**",
        "head": "| 맞지 않는 것 | 물은 것 | 일어나는 일 | 알림 |",
        "yes": "예",
        "no": "아니요",
        "list": "## PDF, EPUB의 그림, PNG에서 맞는 것",
    },
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one question."""

    name: str
    tex: str
    fault: str = ""  # "" where it is right
    is_told: bool = True  # it is reported, and its TeX is shown


class Katex:
    """The referee."""

    def __init__(self) -> None:
        from _quickjs import Context

        self.context = Context()
        self.context.set_max_stack_size(4_000_000)
        self.context.eval((KATEX / "katex.min.js").read_text("utf-8"))
        self.context.eval(
            "globalThis.ask = (tex) => { try { return [...katex.renderToString(tex, {output:"
            "'mathml', displayMode: true, throwOnError: true, strict: 'error', trust: true})]"
            ".join(''); } catch (error) { return '!'; } }"
        )
        self.ask = self.context.get("ask")

    def leaves(self, tex: str) -> Counter[str] | None:
        """Return the signs that KaTeX shows of a formula; None where it refuses it."""
        answer = self.ask(tex)
        if answer.startswith("!"):
            return None
        maths = etree.fromstring(answer[answer.index("<math") : answer.rindex("</math>") + 7])
        return signs(maths) - Counter("undefined" * answer.count("undefined"))  # a fault of its own


def signs(maths: Element) -> Counter[str]:
    """Return letters, numbers and signs that a formula shows, in their plain forms."""
    shown: Counter[str] = Counter()
    for leaf in maths.iter():
        if etree.QName(leaf).localname not in ("mi", "mn", "mo", "mtext", "ms"):
            continue
        if any(etree.QName(up).localname == "mphantom" for up in leaf.iterancestors()):
            continue
        text = unicodedata.normalize("NFKD", leaf.text or "")
        shown.update(char for char in text.lower() if char.isalnum() and not _is_accent(char))
    return shown


def _is_accent(char: str) -> bool:
    return unicodedata.category(char) in ("Lm", "Sk", "Mn")


def questions(katex: Katex) -> dict[str, str]:
    """Return the names of KaTeX's tables, with a formula for each that KaTeX draws."""
    source = (KATEX / "katex.mjs").read_text("utf-8")
    named = {f"\\{name}" for name in re.findall(r'["\']\\\\([A-Za-z]+)["\']', source)}
    names = [name for name in sorted(named) if not _INNER.fullmatch(name)]
    asked: dict[str, str] = {}
    for name in names:
        for form in QUESTIONS:
            tex = form.format(name)
            found = katex.leaves(tex)
            if found is not None:
                asked[name] = tex
                break
    rows = r"a & b \\ c & d"
    for name in ENVIRONMENTS:
        body = r"a \\ b" if "gather" in name else "a" if "equation" in name else rows
        asked[f"{{{name}}}"] = rf"\begin{{{name}}}{body}\end{{{name}}}"
    for name, columns in ARRAYS.items():
        body = r"a \\ b" if name == "subarray" else rows
        asked[f"{{{name}}}"] = rf"\begin{{{name}}}{columns}{body}\end{{{name}}}"
    return asked


def answer_of(name: str, tex: str, wanted: Counter[str] | None) -> Answer:
    """Ask hanpan for a formula, and judge its answer."""
    begin_post()
    try:
        maths = read_tex(normalise_tex(tex), is_block=True)
    except NotAFormula as error:
        return Answer(name, tex, str(error))
    if maths is None:
        return Answer(name, tex, "" if not wanted else "nothing is shown", not wanted)
    shown = signs(maths[0][0])
    if wanted is not None and wanted - shown:
        lost = " ".join(sorted(wanted - shown))
        return Answer(name, tex, f"{lost} is not shown", is_told=False)
    drawn = draw_formula(maths, FACE)
    if drawn is None:
        return Answer(name, tex, "not drawn")
    return Answer(name, tex, _fault_of_drawing(drawn[0], shown), is_told=False)


def _fault_of_drawing(svg: bytes, shown: Counter[str]) -> str:
    """Return what is wrong with a drawing in one of the editions; "" for nothing."""
    root = ElementTree.fromstring(svg)
    placed = sum(1 for _ in root.iter(f"{_SVG}use"))
    if placed < sum(shown.values()):
        return "letters are missing in the drawing"
    on_page = formula(svg)
    parts = placed + len(root.findall(f"{_SVG}path"))
    if on_page is None or len(re.findall(rb"(?:^|\n)q ", on_page.operators)) != parts:
        return "the PDF draws less"
    for kind, drawing in (("EPUB's picture", on_white(svg)), ("PNG", svg)):
        picture = Image.open(io.BytesIO(as_png(drawing, ()))).convert("L")
        if len(set(picture.tobytes())) == 1:
            return f"the {kind} is empty"
    return ""


def exam() -> list[Answer]:
    """Ask all questions."""
    katex = Katex()
    return [answer_of(name, tex, katex.leaves(tex)) for name, tex in questions(katex).items()]


def page_of(answers: list[Answer], language: str) -> str:
    """Return docs/formulas.md, or its twin in Korean."""
    words = _WORDS[language]
    wrong = [answer for answer in answers if answer.fault]
    right = [answer for answer in answers if not answer.fault]
    share = 100 * len(right) / len(answers)
    version = json.loads((KATEX.parent / "package.json").read_text("utf-8"))["version"]
    lines = [
        *_ABOUT[language].format(version=version).strip().split("\n"),
        "",
        words["right"].format(right=len(right), all=len(answers), share=share),
        "",
        words["head"],
        "| --- | --- | --- | --- |",
        *(
            f"| {_code(one.name)} | {_code(one.tex)} | {one.fault.replace('|', chr(92) + '|')} | "
            f"{words['yes' if one.is_told else 'no']} |"
            for one in wrong
        ),
        "",
        words["list"],
        "",
    ]
    names = [_code(answer.name) for answer in right]
    for at in range(0, len(names), 8):
        lines.append(" ".join(names[at : at + 8]))
    return "\n".join(lines) + "\n"


def _code(text: str) -> str:
    return f"`{text.replace('|', chr(92) + '|')}`"


def main() -> int:
    """Write the pages; return 1 where less than 97 in 100 are right."""
    answers = exam()
    for language, page in PAGES.items():
        page.write_text(page_of(answers, language), "utf-8")
    right = sum(1 for answer in answers if not answer.fault)
    print(f"{right} of {len(answers)} right")
    return 0 if right >= 0.97 * len(answers) else 1


if __name__ == "__main__":
    sys.exit(main())
