"""Diagrams: Mermaid drawn without a browser, the same bytes each time, Hangul whole."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from lxml import etree
from PIL import Image

from hanpan import tree
from hanpan.assets.diagrams import MAX_LENGTH, NotADiagram, as_png, draw, words_of
from hanpan.assets.mermaid_shapes import with_brackets
from tests.support.command import ROOT
from tests.support.every_edition import pdf_text, printed
from tests.support.reading import body_of, only, read_post, rules

FLOW = "graph LR\nA(입력 자료를 읽는다)-->B[연산 Compute]\nB-->|성공하면|C(출력)\n"
FAMILIES = ("Pretendard", "Noto Sans KR")
KINDS = {
    "flow": FLOW,
    "sequence": "sequenceDiagram\n참가자->>서버: 로그인 요청을 보낸다\n",
    "activated": "sequenceDiagram\n나->>+서버: 요청\n서버-->>-나: 응답\n",
    "class": "classDiagram\n동물 <|-- 오리\n동물 : +int 나이\n",
    "state": "stateDiagram-v2\n[*] --> 대기\n대기 --> 실행: 시작\n",
    "gantt": "gantt\n title 계획\n 사과 :a, 2017-07-20, 1w\n 배 :b, after a, 1d\n",
    "pie": 'pie title 언어\n"한국어" : 60\n"영어" : 40\n',
    "mindmap": "mindmap\n root((한글))\n  가지\n  나무\n",
    "block": 'block-beta\n columns 2\n a["여러 낱말"] b("둥근 상자") c(("원"))\n a --> b\n',
    "radar": 'radar-beta\n axis a["국어"], b["영어"], c["수학"]\n curve x["철수"]{80, 70, 90}\n',
    "sankey": "sankey-beta\n\n전기,가정,10\n전기,공장,20\n",
    "packet": 'packet-beta\n0-15: "보내는 쪽"\n16-31: "받는 쪽"\n',
    "kanban": "kanban\n  할일[할 일]\n    하나[보고서 쓰기]\n  끝[끝난 일]\n    둘[자료 찾기]\n",
    "treemap": 'treemap-beta\n"제품"\n  "전화기": 50\n  "책상": 30\n',
    "tree": 'treeView-beta\n  "문서"\n    "그림"\n    "글"\n',
    "wardley": 'wardley-beta\ntitle 차 가게\ncomponent "찻잔" [0.79, 0.61]\n'
    'component "찻물" [0.52, 0.80]\n',
    "fishbone": "ishikawa-beta\n    흐린 사진\n    장비\n      렌즈\n    사람\n      떨림\n",
    "venn": 'venn-beta\n  set A["앞단"]\n  set B["뒷단"]\n',
    "timeline": "timeline\n    title 역사\n    1988 : 올림픽\n    2002 : 월드컵 : 응원\n",
    "quadrant": "quadrantChart\n    title 평가\n    x-axis 낮음 --> 높음\n"
    "    y-axis 적음 --> 많음\n"
    "    상품: [0.3, 0.6]\n",
    "journey": "journey\n    title 하루\n    section 아침\n      일어나기: 5: 나\n",
    "relations": "erDiagram\n    고객 ||--o{ 주문 : 넣는다\n",
    "branches": 'gitGraph\n   commit id: "처음"\n   branch "개발"\n   commit id: "고침"\n',
    "zen": "zenuml\n    가게->손님: 영수증\n",
}
# what the source has beside what is shown
_NOT_SHOWN = {
    "kanban": {"할일", "하나", "끝", "둘"},
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_well_formed_with_hangul_whole_and_our_fonts(kind: str) -> None:
    svg = draw(KINDS[kind], FAMILIES)
    root = etree.fromstring(svg)
    said = " ".join("".join(map(str, text.itertext())) for text in root.iter("{*}text"))
    words = set(re.findall("[가-힣]+", KINDS[kind])) - _NOT_SHOWN.get(kind, set())
    assert [word for word in words if word not in said] == []
    families = set(re.findall(r"font-family[:=]\"?([^\";}]*)", svg.decode()))
    assert families == {"'Pretendard', 'Noto Sans KR', sans-serif"}
    assert float(root.get("width", "0")) > 0 and float(root.get("height", "0")) > 0


@pytest.mark.parametrize("kind", KINDS)
def test_ids_are_said_once(kind: str) -> None:
    """As XML asks (EPUBCheck: RSC-005), of whatever the renderer gives one id (issue 14)."""
    more = "\n  잎\n  하나\n" if kind == "mindmap" else ""
    ids = [
        element.get("id") for element in etree.fromstring(draw(KINDS[kind] + more, FAMILIES)).iter()
    ]
    named = [name for name in ids if name]
    assert len(named) == len(set(named))


SHAPES = """flowchart TD
  A@{ shape: rounded, label: "둥근 시작" } --> B@{ shape: diam, label: "판단: 맞는가?" }
  B e1@==>|예| C@{shape: doc, label: 문서 하나}
  e1@{ animate: true }
  C --> D[(저장소)]
  D@{ shape: cyl }
  F@{ icon: "fa:user", form: "square", label: "사람 {하나}", pos: "t" } --> G@{
    shape: lin-cyl
    label: "여러 줄"
  }
"""


def test_shapes_of_mermaid_11_are_drawn_with_their_labels() -> None:
    svg = draw(SHAPES, FAMILIES).decode()
    said = " ".join(words_of(SHAPES, svg.encode()).split())
    for label in (
        "둥근 시작",
        "판단: 맞는가?",
        "문서 하나",
        "저장소",
        "사람 {하나}",
        "여러 줄",
        "예",
    ):
        assert label in said
    for mark in ("shape", "label", "animate", "@", "fa:user", "pos"):
        assert mark not in said


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('A@{ shape: stadium, label: "가" }', 'A(["가"])'),
        ('A@{ shape: hex } --> B@{label: "나"}', 'A{{"A"}} --> B["나"]'),
        ("A[가] --> B\nA@{ shape: circle }", "A[가] --> B\nA"),
        ("A e1@-.-> B e2@--> C\ne2@{ curve: linear }", "A -.-> B --> C\n"),
        ('A["a@b.com"] --> B', 'A["a@b.com"] --> B'),
        ("A --> B", "A --> B"),
    ],
)
def test_shapes_become_brackets(written: str, meant: str) -> None:
    assert with_brackets(written) == meant


# https://mermaid.js.org/syntax/flowchart: names of shapes that no brackets stand for
OTHER_SHAPES = """
datastore bang cloud text notch-rect card lin-rect shaded-process sm-circ start fr-circ
stop fork join hourglass collate brace comment brace-r braces bolt com-link doc document
delay h-cyl das lin-cyl disk curv-trap display div-rect divided-process tri extract
win-pane internal-storage f-circ junction notch-pent loop-limit flip-tri manual-file
sl-rect manual-input docs st-doc st-rect procs processes bow-rect stored-data cross-circ
summary tag-doc tag-rect flag paper-tape odd lin-doc
""".split()


def test_shapes_without_brackets_have_their_own_form() -> None:
    def drawing(shape: str) -> str:
        svg = draw(
            f'flowchart LR\n가@{{ shape: {shape}, label: "말" }} --> 나\n', FAMILIES
        ).decode()
        return re.sub(r"d[0-9a-f]{8}-", "", svg)

    plain = drawing("rect")
    assert [shape for shape in OTHER_SHAPES if drawing(shape) == plain] == []
    assert [shape for shape in OTHER_SHAPES if "shape" in drawing(shape).split("<style")[0]] == []


def test_a_kind_that_is_too_new_is_not_taken_for_a_flowchart() -> None:
    with pytest.raises(NotADiagram):
        draw("fantasy-beta\n  하나\n  둘\n")


@pytest.mark.parametrize(
    ("source", "unseen"),
    [
        ("stateDiagram-v2\naccTitle: 숨은 말\naccDescr: 긴 설명\n[*] --> 대기\n", "숨은|설명|acc"),
        ("stateDiagram-v2\naccDescr {\n 긴 설명\n}\n[*] --> 대기\n", "설명|acc"),
        ("flowchart LR\naccTitle: 숨은 말\n가 --> 나\n", "숨은|acc"),
        ("stateDiagram-v2\nclassDef 멈춤 fill:#f00\n[*] --> 대기:::멈춤\n", ":::|멈춤"),
        ("classDiagram\nclass `빈칸 있는 이름`\n", "`"),
        ("sequenceDiagram\n가->>나: 하트 #9829; 끝 #infin;\n", "9829|infin"),
        ("flowchart LR\n가[하트 #9829;] --> 나\n", "9829"),
    ],
)
def test_what_is_no_word_is_not_shown_as_one(source: str, unseen: str) -> None:
    root = etree.fromstring(draw(source, FAMILIES))
    said = " ".join("".join(map(str, text.itertext())) for text in root.iter("{*}text"))
    assert said.strip() and not re.search(unseen, said)


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("fa:fa-car 자동차", "자동차"),
        ("탈 fab:fa-bus-simple 것", "탈 것"),
        ("fa:fa-camera-retro", "camera retro"),
        ("alpha:fa-x", "alpha:fa-x"),
    ],
)
@pytest.mark.parametrize("node", ["가[{}] --> 나", '가("{}") --> 나', "가 -->|{}| 나"])
def test_icons_are_left_out_and_one_alone_leaves_its_name(
    node: str, label: str, words: str
) -> None:
    source = "graph LR\n" + node.format(label)
    shown = words_of(source, draw(source, FAMILIES))
    assert words in shown.replace(", ", " ")
    assert words == label or "fa-" not in shown


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("graph TB\nA --> CI/CD\nCI/CD --> C++", {"A", "CI/CD", "C++"}),
        ('graph TB\n가,나["상자"] --> 맞나요?', {"상자", "맞나요?"}),
        ("graph TB\nA -- 예/아니오 --> C#\nB[가/나] -->|참/거짓| C#",
         {"예/아니오", "A", "C#", "가/나", "참/거짓"}),
        ("graph TB\nsubgraph 가[두 줄의\n 제목]\nA\nend", {"두 줄의 제목", "A"}),
        ("graph TB\n100%:::big --> B\nclassDef big fill:#fff,stroke:#000", {"100%", "B"}),
    ],
)  # fmt: skip
def test_names_of_nodes_may_have_signs(source: str, words: set[str]) -> None:
    assert set(words_of(source, draw(source)).split(", ")) == words


def test_a_node_behind_another_is_not_shown_as_its_source() -> None:
    source = 'graph TB\nA["하나"] -.-> B -. 말 .-> C'
    assert words_of(source, draw(source)) == "말, 하나, B, C"


def test_a_date_after_another_task_is_that_task_s_end() -> None:
    svg = draw(KINDS["gantt"], FAMILIES).decode()
    assert "2017" in svg and "2065" not in svg


def test_the_same_source_gives_the_same_bytes_in_another_process() -> None:
    code = (
        "import sys; from hanpan.assets.diagrams import draw;"
        f"sys.stdout.buffer.write(draw({FLOW!r}, {FAMILIES!r}))"
    )
    again = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert again.stdout == draw(FLOW, FAMILIES)


def test_two_drawings_share_no_id() -> None:
    one, other = (
        set(re.findall(rb'\bid="([^"]+)"', draw(source, FAMILIES)))
        for source in (FLOW, KINDS["class"] + "동물 : +울다()\n")
    )
    assert one and not one & other
    svg = draw(FLOW).decode()
    known = set(re.findall(r'\bid="([^"]+)"', svg))
    assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= known


@pytest.mark.parametrize(
    "source",
    ["", "글일 뿐이다", "graph LR\n A[[[ -->", "graph TD\n" + "A-->B\n" * MAX_LENGTH],
    ids=["empty", "prose", "unclosed", "huge"],
)
def test_what_is_no_diagram_is_said(source: str) -> None:
    with pytest.raises(NotADiagram):
        draw(source)


def test_words_are_the_title_and_the_labels() -> None:
    source = "pie title 언어 비율\n" + '"한국어" : 60\n"영어" : 40\n'
    words = words_of(source, draw(source))
    assert "언어 비율" in words and "한국어" in words


def test_png_has_twice_the_size(tmp_path: Path) -> None:
    fonts = sorted((ROOT / "layouts/fonts/pretendard").glob("*.ttf"))
    svg = draw(FLOW, FAMILIES)
    image = Image.open(io.BytesIO(as_png(svg, fonts)))
    width = float(etree.fromstring(svg).get("width", "0"))
    assert abs(image.width - 2 * width) <= 2
    assert len(image.convert("L").getcolors(256) or ()) > 10  # letters, not an empty sheet


@pytest.mark.parametrize(
    "markdown",
    [
        f"```mermaid\n{FLOW}```\n",
        f'<div class="mermaid">\n{FLOW}</div>\n',
        f"앞말\n<pre class='mermaid'>\n{FLOW.replace('>', '&gt;')}</pre>\n",
    ],
)
def test_fences_and_elements_are_drawn(tmp_path: Path, markdown: str) -> None:
    img = only(body_of(tmp_path, markdown), ".//figure[@class='diagram']/img")
    assert (img.get("src") or "").startswith("asset:")
    assert "입력 자료를 읽는다" in (img.get("alt") or "")
    assert int(img.get("width") or 0) > 300


def test_a_source_that_fails_stays_and_is_told_at_its_line(tmp_path: Path) -> None:
    reading = read_post(
        tmp_path, "---\ntitle: 글\n---\n앞\n\n```mermaid\ngraph LR\n A[[[ -->\n```\n"
    )
    problem = rules(reading)["diagram"]
    assert (problem.severity, problem.line) == ("warning", 7)
    code = only(tree.parse_xml(reading.document.body), ".//code")
    assert code.text == "graph LR\n A[[[ -->"
    assert not reading.document.assets


def test_an_author_s_asset_address_is_no_picture(tmp_path: Path) -> None:
    img = only(body_of(tmp_path, "![그림](asset:0123456789abcdef)"), ".//img")
    assert img.get("data-missing") == "missing"


def test_every_edition_has_it(tmp_path: Path) -> None:
    reading, made = printed(tmp_path, f"## 제목\n\n```mermaid\n{FLOW}```\n")
    assert not [p for p in reading.problems if p.severity != "info"]
    drawing = only(tree.parse(made["글.html"].decode()), ".//figure[@class='diagram']/svg")
    assert "입력 자료를 읽는다" in (drawing.get("aria-label") or "")
    assert "연산 Compute" in tree.text_of(drawing)
    assert "연산 Compute" in pdf_text(made["글.pdf"])
    fonts = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in pypdf.PdfReader(io.BytesIO(made["글.pdf"])).pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert {name.partition("-")[0] for name in fonts} == {"Pretendard"}
    assert [name for name in made if re.fullmatch(r"글\.epub/EPUB/images/.*\.svg", name)]
    chapter = next(
        data for name, data in made.items() if b'class="diagram"' in data and "epub/" in name
    )
    assert "입력 자료를 읽는다" in only(tree.parse(chapter.decode()), ".//figure/img").get(
        "alt", ""
    )
    assert made["crosspost/velog/images/01-diagram.png"].startswith(b"\x89PNG")
    assert "images/01-diagram.png" in made["crosspost/velog/body.md"].decode()
