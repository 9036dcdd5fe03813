"""MDX: what is read of it, and what is told by its name."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanpan import tree
from hanpan.document import Reading
from hanpan.files import Files, NoNetwork
from hanpan.labels import Labels
from hanpan.site import Site
from hanpan.source.mdx.render import render
from hanpan.source.post import Post
from tests.support.command import hanpan
from tests.support.reading import read_post

FRONT = "---\ntitle: 글\ndate: 2026-01-01\nkey: 값\n---\n\n"


def read(
    folder: Path, body: str, name: str = "blog/a.mdx", files: dict[str, bytes] | None = None
) -> Reading:
    return read_post(folder, FRONT + body, name=name, files=files)


def shown(folder: Path, body: str, files: dict[str, bytes]) -> str:
    reading = read(folder, body, files=files)
    assert [problem for problem in reading.problems if problem.rule == "mdx"] == []
    return " ".join(reading.document.body.split())


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("import A from 'a'\nimport {b,\n  c} from \"d\";\n\n글", "<p>글</p>"),
        ("export const f = () => {\n\n  return <b/>\n}\n\n글", "<p>글</p>"),
        ("export const who = '세상'\n\n안녕 {who}!", "<p>안녕 세상!</p>"),
        ("가{/* 말\n말 */}나{' '}다 {`라`} {1} {frontMatter.key} {'{'}",
         "<p>가나 다 라 1 값 {</p>"),
        ("`{a}` \\{b\\} $x_{1}$", "<p><code>{a}</code> {b} "),
        ("크기 $ \\frac{n + 2P}{S} $ 글", "<p>크기 <math "),
        ("import is a word of JavaScript.", "<p>import is a word of JavaScript.</p>"),
        ("## 제목 {#own}", '<h2 id="own">제목</h2>'),
        ('<b className="x" style={{marginTop: 4, color: "red"}} onClick={() => 1}>가</b>',
         '<p><b class="x" style="margin-top: 4px; color: red">가</b></p>'),
        ("가<br/>나 <>다</>", "<p>가<br/>나 다</p>"),
        ("<Tabs>\n  <TabItem label='가'>\n\n  하나\n\n  </TabItem>\n"
         "  <TabItem value='나'>둘</TabItem>\n</Tabs>",
         "<p><strong>가</strong></p> <p>하나</p> <p><strong>나</strong></p> <p>둘</p>"),
        ("<Steps>\n    ```js\n    const a = {b: 1};\n    ```\n</Steps>",
         '<pre><code class="language-js">const a = {b: 1};</code></pre>'),
        ("<Callout type='warning' title='조심'>\n  *글*\n</Callout>",
         '<div class="notice--warning"> <p><strong>조심</strong></p> <p><em>글</em></p> </div>'),
        ("<Details summary='더'>속</Details>",
         "<details> <summary> 더 </summary> <p>속</p> </details>"),
        ('<Link to="/a">글</Link>', '<p><a href="https://a.kr/a">글</a></p>'),
        ("<Code lang='js' code={`a\nb`} />", '<pre><code class="language-js">a b</code></pre>'),
        ("a < b && c > d, Array<string>",
         "<p>a &lt; b &amp;&amp; c &gt; d, Array&lt;string&gt;</p>"),
    ],
)  # fmt: skip
def test_what_is_read(tmp_path: Path, body: str, html: str) -> None:
    files = {"site.toml": b'url = "https://a.kr"'}
    found = shown(tmp_path, body, files)
    assert html in found if html.endswith(" ") else found == html


DOT = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


def test_pictures_are_those_that_are_imported_or_named(tmp_path: Path) -> None:
    body = """import dot from './dot.svg';
import other from '@site/static/img/other.svg';

<Image src={dot} alt="가" width={9} /> <img src={other} /> ![나](./dot.svg)

<Figure src={require('./dot.svg').default} caption="*다*" />

<img src={useBaseUrl('/img/other.svg')} />
"""
    files = {"blog/dot.svg": DOT, "static/img/other.svg": DOT, "docusaurus.config.js": b""}
    reading = read_post(
        tmp_path, FRONT + body, name="blog/a.mdx", files={**files, "site.toml": b""}
    )
    assert "image-missing" not in {problem.rule for problem in reading.problems}
    assert reading.document.body.count("asset:") >= 4
    assert "<em>다</em>" in reading.document.body


@pytest.mark.parametrize(
    ("body", "what", "kept"),
    [
        ("<Own title='모름'>속 **글**</Own>", "<Own>", "<strong>글</strong>"),
        ("<Chart data={[1]} title='표' />", "<Chart>", "Chart, 표"),
        ("합 {1 + a} 끝", "expression `{1 + a}`", "1 + a"),
        ('::github{repo="a/b"}', "directive `::github`", "a/b"),
        ('말 :abbr[가]{title="나"} 끝', "directive `:abbr`", "나"),
    ],
)
def test_what_is_not_known_is_told_by_its_name(
    tmp_path: Path, body: str, what: str, kept: str
) -> None:
    reading = read(tmp_path, f"글\n\n{body}\n\n{body}\n")
    (problem,) = [item for item in reading.problems if item.rule == "mdx"]
    assert what in problem.message and problem.line == 9
    assert reading.document.body.count(kept) == 2


def test_files_within_files(tmp_path: Path) -> None:
    body = "import Part from './_part.mdx'\nimport Loop from './a.mdx'\n\n<Part/>\n\n<Loop/>\n"
    part = "---\nx: 1\n---\n\n부분 {'글'}\n".encode()
    reading = read(tmp_path, body, files={"blog/_part.mdx": part})
    assert "<p>부분 글</p>" in reading.document.body


@pytest.mark.parametrize("name", ["blog/a.mdx", "blog/a.md"])
def test_directives_are_callouts(tmp_path: Path, name: str) -> None:
    body = """:::note[제목]

글

:::

:::warning 조심

:::tip{title="속"}

- 하나

:::

:::

```
:::note
```

:::Tips
요령
:::

::: details 더
속
:::

콜론::: 세 개
"""
    html = " ".join(read(tmp_path, body, name).document.body.split())
    assert '<div class="notice--info"> <p><strong>제목</strong></p> <p>글</p> </div>' in html
    assert (
        '<div class="notice--warning"> <p><strong>조심</strong></p> <div class="notice--success">'
        in html
    )
    assert "<pre><code>:::note</code></pre>" in html and "콜론::: 세 개" in html
    assert "<details>" in html
    assert '<div class="notice--success"> <p><strong>Tips</strong></p> <p>요령</p> </div>' in html


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    body = "import a from 'b'\n\n{/* 하나\n둘 */}\n\n<Note>\n\n![](none.png)\n\n</Note>\n"
    (problem,) = [p for p in read(tmp_path, body).problems if p.rule == "image-missing"]
    assert problem.line == 14


PIECES = st.lists(
    st.sampled_from(
        ["<", ">", "{", "}", "<A>", "</A>", "<Note>", "</Note>", "<Tabs x={", "/>", "`", "```",
         "\n", "\n\n", "  ", "글", ":::note\n", ":::\n", "import a from 'b'", "export const a = {",
         "'", '"', "$", "$$", "\\", "<!--", "-->", "<b>", "</b>", "{/*", "*/}", "<img src={a} />"]
    ),
    max_size=40,
)  # fmt: skip


@settings(max_examples=150)
@given(PIECES)
def test_any_text_keeps_its_words_and_lines(pieces: list[str]) -> None:
    body = "".join(pieces)
    post = Post("a.mdx", {}, {}, body)
    found = render(post, Files(Site(Path("/nowhere")), NoNetwork()), Labels("ko")).lines
    numbers = [line.number for line in found]
    assert numbers == sorted(numbers) and numbers[-1] <= body.count("\n") + 1
    if not {"{", "import a from 'b'", "export const a = {", "{/*", "<Tabs x={"} & set(pieces):
        assert "".join(line.text for line in found).count("글") == body.count("글")


def test_a_project_is_the_root_of_its_posts(tmp_path: Path) -> None:
    files = {
        "astro.config.mjs": b"",
        "public/img/dot.svg": DOT,
        "src/assets/dot.svg": DOT,
        "src/content/blog/one.mdx": (
            FRONT + "![가](/img/dot.svg) ![나](../../assets/dot.svg)"
        ).encode(),
    }
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    ran = hanpan("build", "-e", "html", "src/content/blog", cwd=tmp_path)
    assert ran.code == 0 and "image-missing" not in ran.err


STYLED = '<p style={{color: "red"}}>가</p>\n\n{/* 말 */}\n\n`{{ 7 }}` 나\n'


@pytest.mark.parametrize(
    ("config", "front", "is_mdx"),
    [
        (b"export default {title: 'x'};", "", True),
        (b"export default {markdown: {format: 'detect'}};", "", False),
        (b"export default {};", "mdx:\n  format: md\n", False),
    ],
)
def test_docusaurus_reads_all_markdown_as_mdx(
    tmp_path: Path, config: bytes, front: str, is_mdx: bool
) -> None:
    text = f"---\ntitle: 글\n{front}---\n\n{STYLED}"
    reading = read_post(tmp_path, text, name="docs/a.md", files={"docusaurus.config.js": config})
    assert ('<p style="color: red">' in reading.document.body) is is_mdx
    assert ("말" in reading.document.body) is not is_mdx
    assert "<code>{{ 7 }}</code>" in reading.document.body
    assert [p.rule for p in reading.problems if p.rule.startswith("liquid")] == []


@pytest.mark.parametrize("config", ["astro.config.mjs", "next.config.js", "gatsby-config.ts"])
def test_projects_in_javascript_have_no_liquid(tmp_path: Path, config: str) -> None:
    text = FRONT + "값은 {{ page.title }}, {% if a %} 그리고 {{7*7}}."
    reading = read_post(tmp_path, text, name="src/content/blog/a.md", files={config: b""})
    seen = tree.text_of(tree.parse_xml(reading.document.body)).strip()
    assert seen == "값은 {{ page.title }}, {% if a %} 그리고 {{7*7}}."
    assert reading.problems == ()
    other = read_post(tmp_path / "other", text, name="posts/a.md")
    assert "값은 글," in other.document.body


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("blog/2026/03-11-글.mdx", "2026-03-11"),
        ("blog/2026/3/1/글.md", "2026-03-01"),
        ("blog/2026/03/11-글/index.md", "2026-03-11"),
        ("blog/2026-03-11/index.md", "2026-03-11"),
        ("blog/2026/13-41-글.md", ""),
        ("blog/12026/03-11-글.md", ""),
    ],
)
def test_folders_are_parts_of_a_date(tmp_path: Path, name: str, date: str) -> None:
    config = {"docusaurus.config.js": b""}
    reading = read_post(tmp_path, "---\ntitle: 글\n---\n글\n", name=name, files=config)
    assert reading.document.meta.date[:10] == date
    assert ("date-missing" in [p.rule for p in reading.problems]) is not bool(date)


@pytest.mark.parametrize(
    ("body", "html", "instead"),
    [
        (
            '<Preview url="https://a.example/b?c=1&d=2" />',
            '<p><a href="https://a.example/b?c=1&amp;d=2">https://a.example/b?c=1&amp;d=2</a></p>',
            "a link takes its place",
        ),
        ("글 <Peek href={'https://a.example'} title=\"말\" /> 뒤",
         '<p>글 <a href="https://a.example">말</a> 뒤</p>', "a link takes its place"),
        ("<Chart data={3} />", "(넣지 못한 내용: Chart)", "a note takes its place"),
        ("<Own>**속**</Own>", "<strong>속</strong>", "its content is kept"),
    ],
)  # fmt: skip
def test_what_takes_the_place_of_a_component_is_said(
    tmp_path: Path, body: str, html: str, instead: str
) -> None:
    reading = read(tmp_path, body)
    assert html in " ".join(reading.document.body.split())
    (problem,) = [problem for problem in reading.problems if problem.rule == "mdx"]
    assert problem.message.endswith(instead)
