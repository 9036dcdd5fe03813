"""Tags of Jekyll, Hexo and Hugo, and the includes of their themes, as a reader gets them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hanpan import tree
from hanpan.source.liquid.code import CODE_TAGS
from hanpan.source.liquid.filters.table import FILTERS
from hanpan.source.liquid.items import BLOCKS, PARTS, SIMPLE
from hanpan.source.liquid.tags.table import TAGS
from tests.source.liquid.sample import BLOG, FRONT, NAME, rendered, text_of
from tests.support.reading import only, read_post
from tests.test_reading import png


def html_of(folder: Path, body: str) -> str:
    """Return the body of a post of our small blog on one line."""
    files = {path: text.encode() for path, text in BLOG.items()}
    files |= {"a.png": png(), "_posts/2026-03-01-글/b.png": png(shade=9)}
    document = read_post(folder, FRONT + body, name=NAME, files=files).document
    return re.sub(r'asset:\w+|(?<=id=")[^"]*', "_", " ".join(document.body.split()))


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("{% highlight cpp linenos %}\nint a;\n{% endhighlight %}", "language-cpp"),
        ("{% highlight js %}\n{{ v }}\n{% endhighlight %}", "{{ v }}</code>"),
        ('{% codeblock "제목" lang:js https://a.kr x %}\na\n{% endcodeblock %}', 'title="제목"'),
        ("{{< highlight go >}}\n{{ v }}\n{{< /highlight >}}", "language-go"),
        ("- 하나\n  {% highlight sh %}\n  ls\n  {% endhighlight %}\n- 둘", "</pre></li> <li>"),
        ("글 {% highlight sh %}ls{% endhighlight %} 뒤", "<p>글</p> <pre>"),
        ("{% post_url 2026-01-02-다른-글 %}", "/dev/다른-글/"),
        ("{% post_url sub/2025-05-05-old %}", "/old/"),
        ("[a]({% post_url old %})", 'href="https://blog.example.kr/old/"'),
        ("[a]: {{ site.baseurl }}{% link _posts/sub/2025-05-05-old.md %}\n\n[a]", "/old/"),
        ("{% include card.html title='**x**' %}", "<div> <p><b><strong>x</strong></b> 끝</p>"),
        ("{% include gallery caption='**말**' %}", "<figcaption> <strong>말</strong>"),
        ("{% include gallery %}", '<img src="_" alt="가"'),
        ('{% include figure image_path="/a.png" alt="가" caption="[말](/b)" %}', "<figcaption>"),
        ('{% include video id="abcdef" provider="youtube" %}', "watch?v=abcdef"),
        ("{% include embed/youtube.html id='abcdef' %}", "watch?v=abcdef"),
        ("{% asset_img slug b.png 설명 %}", 'src="_" alt="설명"'),
        ("{% blockquote 홍길동 https://a.kr 책 %}\n**말**\n{% endblockquote %}", "— 홍길동"),
        ("{% blockquote %}\n**말**\n{% endblockquote %}", "<blockquote> <p><strong>말</strong>"),
        ("{% post_link 2026-01-02-다른-글 %}", ">다른 글</a>"),
        ("{% note warning %}\n조심\n{% endnote %}", '<div class="notice--warning">'),
        ("{% gist abc/0123 %}", 'href="https://gist.github.com/abc/0123"'),
        ('{{< figure src="/a.png" title="말" >}}', "<figcaption> 말"),
        ('{{< image src="/a.png" caption="말" >}}', "<figcaption> 말"),
        ('{{< ref "old.md#x" >}}', "/old/#x"),
        ("{{< youtube abcdef >}}", "watch?v=abcdef"),
        ("{{< details 더 >}}\n**속**\n{{< /details >}}", "<summary> 더"),
        ("{{</* figure src=x */>}}", "<code>{{&lt; figure src=x &gt;}}</code>"),
        ("{% seo title=false %}글", "<p>글</p>"),
    ],
)
def test_tags(tmp_path: Path, written: str, html: str) -> None:
    assert html in html_of(tmp_path, f"{written}\n")


def test_captured_markdown_is_markdown_in_a_notice(tmp_path: Path) -> None:
    body = "{% capture a %}\n#### 제목\n* 하나 `{{ v }}`\n{% endcapture %}\n"
    body += '<div class="notice">{{ a | markdownify }}</div>\n'
    html = html_of(tmp_path, body)
    assert ">제목</h4>" in html
    assert "<li>하나 <code>{{ v }}</code></li>" in html


def test_an_include_s_code_is_no_fence_by_its_blanks(tmp_path: Path) -> None:
    assert "<pre>" not in html_of(tmp_path, "{% include card.html title='x' %}")


def test_liquid_in_an_include_is_not_told_of(tmp_path: Path) -> None:
    found = rendered(tmp_path, "{% include card.html %}")
    assert found.problems == ()
    assert "<b></b>" in text_of(found)


def test_a_picture_of_a_tag_is_found(tmp_path: Path) -> None:
    files = {**{path: text.encode() for path, text in BLOG.items()}, "a.png": png()}
    body = '{{< figure src="/a.png" alt="가" >}}\n'
    document = read_post(tmp_path, FRONT + body, name=NAME, files=files).document
    image = only(tree.parse_xml(document.body), ".//figure/img")
    assert image.get("src") == f"asset:{document.assets[0].id}"


DOCS = (Path(__file__).parents[3] / "docs" / "liquid.md").read_text("utf-8")
# https://jekyllrb.com/docs/liquid/filters/ and https://shopify.github.io/liquid/
JEKYLL_FILTERS = """
relative_url absolute_url date_to_xmlschema date_to_rfc822 date_to_string date_to_long_string
where where_exp find find_exp group_by group_by_exp xml_escape cgi_escape uri_escape
number_of_words array_to_sentence_string markdownify smartify sassify scssify slugify jsonify
normalize_whitespace sort sample to_integer push pop shift unshift inspect strip_index
""".split()
LIQUID_FILTERS = """
abs append at_least at_most base64_decode base64_encode base64_url_safe_decode
base64_url_safe_encode capitalize ceil compact concat date default divided_by downcase escape
escape_once find find_index first floor has h join last lstrip map minus modulo newline_to_br
plus prepend reject remove remove_first remove_last replace replace_first replace_last reverse
round rstrip size slice sort sort_natural split squish strip strip_html strip_newlines sum times
truncate truncatewords uniq upcase url_decode url_encode where
""".split()
LIQUID_TAGS = """
assign break capture case comment continue cycle decrement doc echo for if ifchanged increment
liquid raw render tablerow unless #
""".split()
JEKYLL_TAGS = "highlight include include_relative link post_url".split()


def rows_of(heading: str) -> set[str]:
    """Return what is named in the first column of the table below a heading."""
    table = DOCS.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    cells = [row.split("|")[1] for row in table.split("\n") if row.startswith("| `")]
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


def test_every_tag_is_documented() -> None:
    assert [name for name in (*TAGS, *BLOCKS, *CODE_TAGS) if f"`{name}`" not in DOCS] == []
    documented = rows_of("Tags of Liquid and Jekyll")
    assert documented >= {*LIQUID_TAGS, *JEKYLL_TAGS, *BLOCKS, *PARTS, *SIMPLE}


def test_every_filter_is_there_and_documented() -> None:
    assert rows_of("Filters of Liquid and Jekyll") == set(FILTERS)
    assert {*JEKYLL_FILTERS, *LIQUID_FILTERS} <= set(FILTERS)


@pytest.mark.parametrize("tag", [*LIQUID_TAGS, *JEKYLL_TAGS])
def test_no_tag_of_liquid_or_jekyll_is_unknown(tmp_path: Path, tag: str) -> None:
    end = f"{{% end{tag} %}}" if tag in {*BLOCKS, "raw", "comment", "doc", "highlight"} else ""
    found = rendered(tmp_path, f"{{% {tag} x %}}{end}")
    assert "liquid-tag" not in {problem.rule for problem in found.problems}
