"""Liquid: what a template says, what stays as it was typed, and what nobody knows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from hanpan.problems import Problem
from hanpan.source.dialect.normalise import markdown_for_pandoc
from hanpan.source.front_matter.parse import parse_post
from hanpan.source.lines import Line, RenderedBody
from hanpan.source.liquid import run
from tests.source.liquid.sample import BLOG, FRONT, NAME, rendered, text_of
from tests.support.limits.growth import LINEAR, growth
from tests.support.limits.hanging import within


def told(found: RenderedBody) -> list[tuple[str, int | None]]:
    return [(problem.rule, problem.line) for problem in found.problems]


def test_code_behind_an_include_keeps_its_lines(tmp_path: Path) -> None:
    body = '{% include card.html title="가" %}\n\n```js\na\nb\n```\n\n끝\n'
    found = markdown_for_pandoc(parse_post(NAME, (FRONT + body).encode()), rendered(tmp_path, body))
    by_text = dict(zip(found.text.split("\n"), found.numbers, strict=False))
    assert (by_text["a"], by_text["b"], by_text["끝"]) == (10, 11, 14)


def test_code_in_an_include_is_of_the_line_of_its_tag(tmp_path: Path) -> None:
    blog = {**BLOG, "_includes/code.md": "```\na\nb\nc\n```\n"}
    body = "글\n\n{% include code.md %}\n"
    post = parse_post(NAME, (FRONT + body).encode())
    found = markdown_for_pandoc(post, rendered(tmp_path, body, blog=blog))
    assert set(found.numbers) <= {7, 8, 9, 10}


def test_no_filter_makes_what_cannot_be_published(tmp_path: Path) -> None:
    body = '{{ "%05%0D%E1%84%92%E1%85%A1%EF%BF%BF" | url_decode }}'
    assert text_of(rendered(tmp_path, f"가{body}")) == "가 하"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("{{ site.title }}, {{ page.title }}", "봄의 기록, 시험"),
        ("집은 {{ site.url }} 이다", "집은 https://blog.example.kr 이다"),
        ("![a]({{ site.url }}{{ site.baseurl }}/a.png)", "![a](/a.png)"),
        ('<img src="{{site.url}}/a.png">', '<img src="/a.png">'),
        ('[a]({{ "/b/" | relative_url }})', "[a](/b/)"),
        ('[a]({{ "b/" | absolute_url }})', "[a](/b/)"),
        ('{{ "/b" | absolute_url }}', "https://blog.example.kr/b"),
        ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
        ("{% assign a = 'b' %}{{ a | upcase }}", "B"),
        ("{% capture a %}가{% endcapture %}{{ a }}나", "가나"),
        ("{% if page.title == '시험' %}예{% else %}아니오{% endif %}", "예"),
        ("{% for i in (1..3) %}{{ i }}{% endfor %}", "123"),
        ("{% for l in site.data.links %}[{{ l.name }}]{% endfor %}", "[하나][둘]"),
        ("{{ site.data.ko.words.hello }} {{ site.data.people[0].age }}", "안녕 30"),
        ("{% for p in site.posts %}{{ p.title }};{% endfor %}", "시험;다른 글;옛 글;"),
        ("{{ site.tags['봄'][0].url }} {{ page.previous.title }}", "/old/ 다른 글"),
        ("{% comment %}{{ x }} {% include y %}{% endcomment %}끝", "끝"),
        ("{{ page.date | date: '%Y년 %-m월 %d일 %:z' }}", "2026년 3월 01일 +09:00"),
        ("{{ 'now' | date: '%Y' }}", "2026"),
        ("{{ 'a b' | cgi_escape }} {{ 'A 나' | slugify }}", "a+b a-나"),
        ("{{ '**굵게** <b>x</b>' | markdownify | strip_html }}", "굵게 x"),
        ("{{ 'a,b' | split: ',' | jsonify }}", '["a","b"]'),
        ("{{ 'a,b' | split: ',' | join: '-' }}", "a-b"),
        ("{{ page.date | jsonify | slice: 0, 11 }}", '"2026-03-01'),
        ("{{ '<a href=\"b\">' | xml_escape }}", "&lt;a href=&quot;b&quot;&gt;"),
    ],
)
def test_what_a_template_says(tmp_path: Path, written: str, text: str) -> None:
    found = rendered(tmp_path, written)
    assert (text_of(found), found.problems) == (text, ())


@pytest.mark.parametrize(
    "code",
    [
        "```yaml\nif: ${{ failure() && true }}\n{% x %}\n```",
        "~~~\n{{ v }}\n~~~",
        "    {{ v }}",
        "인라인 `{{ totalPrice }}`와 ``{% if `x` %}``",
        "- 목록\n  ```\n  {{ v }}\n  ```",
        "식 $x_{{a}}^{{b}}$와 $$\\frac{{1}}{{2}}$$",
        "$$\nx_{{a}}\n$$",
        "<!-- {% include x %} -->",
        "<pre>{{ v }}</pre> <code>{% x %}</code>",
    ],
)
def test_code_stays_as_it_was_typed(tmp_path: Path, code: str) -> None:
    found = rendered(tmp_path, f"{code}\n\n{{{{ page.title }}}}")
    assert text_of(found) == f"{code}\n\n시험"
    assert found.problems == ()


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("```\n{% raw %}\n{{ v }}\n{% endraw %}\n```", "```\n{{ v }}\n```"),
        ("```\n{% raw %}{{ v }}{% endraw %}\n```", "```\n{{ v }}\n```"),
        ("{% raw %}```\n{{ v }}\n```{% endraw %}", "```\n{{ v }}\n```"),
        ("```html {% raw %}\n{{ v }}\n```\n{% endraw %}", "```html\n{{ v }}\n```\n"),
        ("{% raw %}\n```\n{{ v }}\n```\n{% endraw %}", "\n```\n{{ v }}\n```\n"),
        ("`{% raw %}{{ v }}{% endraw %}`", "`{{ v }}`"),
        ("`{% raw %}` 태그", "`{% raw %}` 태그"),
    ],
)
def test_raw_around_code_is_not_seen(tmp_path: Path, written: str, code: str) -> None:
    assert text_of(rendered(tmp_path, f"{written}\n\n뒤")) == f"{code}\n\n뒤"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (
            "글 {% raw %}\n\n```\n{% raw %}{{ 1 }}{% endraw %}\n```\n\n{{ 2 }}{% endraw %} {{ 3 }}",
            "글 \n\n```\n{{ 1 }}\n```\n\n{{ 2 }} 3",
        ),
        (
            "글 {% raw %}\n\n```\n{{ 1 }}{% endraw %}\n```\n\n{{ 2 }}",
            "글 \n\n```\n{{ 1 }}\n```\n\n2",
        ),
        (
            "글 {% raw %}\n\n```\n{% raw %}\n```\n\n```\n{% endraw %}\n```\n\n{{ 2 }}",
            "글 \n\n```\n{% raw %}\n```\n\n```\n\n```\n\n2",
        ),
    ],
)
def test_raw_ends_in_code_unless_it_has_begun_in_the_same_code(
    tmp_path: Path, written: str, text: str
) -> None:
    found = rendered(tmp_path, written)
    assert text_of(found) == text
    assert found.problems == ()


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("{% if %}글{% endif %}", "missing expression"),  # when it is read
        ("{{ 1 | divided_by: 0 }}", "divided_by: can't divide by 0"),  # when it is rendered
    ],
)
def test_an_error_leaves_a_gap_and_is_reported_with_its_line_and_reason(
    tmp_path: Path, written: str, reason: str
) -> None:
    found = rendered(tmp_path, f"앞\n\n{written}\n\n뒤")
    assert text_of(found) == "앞\n\n\n\n뒤"
    assert [(problem.rule, problem.line, problem.message) for problem in found.problems] == [
        ("liquid-syntax", 9, f"invalid Liquid: {reason}")
    ]


def test_a_fence_right_below_a_block_of_code_by_a_tag_is_code(tmp_path: Path) -> None:
    body = "{% highlight sh %}\nls\n{% endhighlight %}\n```txt\n{{ v }}\n```\n\n끝"
    found = rendered(tmp_path, body)
    assert text_of(found) == "```sh\nls\n```\n```txt\n{{ v }}\n```\n\n끝"
    assert found.problems == ()


def test_lines_keep_the_author_s_numbers(tmp_path: Path) -> None:
    found = rendered(
        tmp_path,
        "하나\n{% for i in (1..2) %}\n돌고\n{% endfor %}\n{% include card.html\n  title='x' %}\n"
        "```\n{% raw %}\n코드\n{% endraw %}\n```\n{% comment %}\n숨김\n{% endcomment %}\n"
        "{%- if true -%}\n속\n{%- endif -%}\n마침",
    )
    wanted = [("하나", 7), ("돌고", 9), ("돌고", 9), ("코드", 15), ("마침", 24)]
    seen = [(line.text, line.number) for line in found.lines if line.text in dict(wanted)]
    assert seen[:4] == wanted[:4]
    assert Line("<b>x</b>", 11) in found.lines
    assert next(line.number for line in found.lines if "속" in line.text) in (20, 21, 22)


@pytest.mark.parametrize(
    ("written", "seen", "rule"),
    [
        ("{% include nobody.html %} 뒤", "(넣지 못한 내용: nobody.html)", "liquid-include"),
        ("{% include nobody.html title='안녕' %}", "nobody.html, 안녕", "liquid-include"),
        ("{% include my-image.html url='/a' caption='말' %}", 'src="/a"', "liquid-include"),
        ("{% include my-image.html url='/a' caption='말' %}", "<figcaption>말", "liquid-include"),
        ("{% foo bar %}", "(넣지 못한 내용: foo, bar)", "liquid-tag"),
        ("{% wrap x %}**속**{% endwrap %}", "**속**", "liquid-tag"),
        ("{{< nobody a=b >}}", "nobody", "liquid-tag"),
        ("{{ 'a' | nobody }}", "a", "liquid-filter"),
        ("a{{ nobody }}b", "ab", "liquid-undefined"),
        ("{{ .Title | | }}뒤", "뒤", "liquid-syntax"),
        ("{% if true %}열림", "열림", "liquid-syntax"),
        ("닫음{% endif %}", "닫음", "liquid-syntax"),
        ("{% raw %}열림", "열림", "liquid-syntax"),
        ("값은 {{ 이다", "값은 {{ 이다", "liquid-syntax"),
        ("{% include round.html %}돎", "돎", "liquid-limit"),
        ("[a]({% post_url 2020-01-01-nobody %})", "/nobody/", "liquid-post"),
    ],
)
def test_what_nobody_knows(tmp_path: Path, written: str, seen: str, rule: str) -> None:
    found = rendered(tmp_path, f"앞\n\n{written}")
    assert seen in text_of(found)
    assert "{%" not in text_of(found)
    assert told(found) == [(rule, 9)]
    assert all(isinstance(item, Problem) and item.remedy for item in found.problems)


def test_where_no_jekyll_reads_the_post_a_name_is_seen(tmp_path: Path) -> None:
    found = rendered(tmp_path, "값은 {{ v }}이고 [a]({{ u }})", blog={"site.toml": ""})
    assert text_of(found) == "값은 <code>&#123;&#123; v &#125;&#125;</code>이고 [a]()"
    assert told(found) == [("liquid-undefined", 7), ("liquid-undefined", 7)]


@pytest.mark.parametrize("name", ["../secret.html", "/etc/passwd", "{{ page.nope }}", "link.html"])
def test_nothing_outside_the_site_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.html").write_text("비밀")
    site = tmp_path / "site"
    (site / "_includes").mkdir(parents=True)
    (site / "_includes" / "link.html").symlink_to(tmp_path / "secret.html")
    found = rendered(site, f"앞 {{% include {name} %}} {{% include_relative {name} %}}")
    assert "비밀" not in text_of(found)
    assert "root" not in text_of(found)
    assert "liquid-include" in dict(told(found))


_REPEATED = (
    "{{ |{% |{{<|{% raw %}|{% if a %}|{% foo %}|{{ a }}|{% endfoo %}|{% highlight a %}\n|` `` |"
    "<pre>|$$ |{% post_url a %}|`{% raw %}` |```\n{% raw %}\n|{% include round.html %}\n"
).split("|")
_FOR = "{% for i in (1..999) %}"
_LONG = "{% assign a = 'aaaaaaaa' %}" + "{% assign a = a | append: a %}" * 17
_RANGE = "(1..1000000000)"
_PAIR = "{% assign a = '1,2' | split: ',' %}"
_MANY = "{% for i in (1..19999) %}"


@pytest.mark.parametrize("piece", _REPEATED)
def test_what_is_repeated_takes_linear_time(tmp_path: Path, piece: str) -> None:
    def render(length: int) -> RenderedBody:
        return rendered(tmp_path, piece * (length // len(piece)))

    assert growth(render, 4_000) < LINEAR


@pytest.mark.parametrize("opening", ["{{ ", "{{ page.title }}", "{% if page %}", "{% x "])
def test_lines_behind_liquid_take_linear_time(tmp_path: Path, opening: str) -> None:
    assert growth(lambda length: rendered(tmp_path, opening + "\n" * length), 8_000) < LINEAR


@pytest.mark.parametrize(
    "text",
    [
        _FOR * 3 + "x" + "{% endfor %}" * 3,
        "{% for i in (1..900000000000) %}x{% endfor %}",
        (_FOR + "{% assign a = 'a' | upcase %}{% endfor %}") * 2_000,
        _LONG * 4 + "{{ a }}",
        _LONG + "{{ a | replace: 'a', a }}",
        "{% assign a = 9 %}" + "{% assign a = a | times: a %}" * 60 + "{{ a }}",
        "{% if true %}" * 5_000 + "x" + "{% endif %}" * 5_000,
        "{{ '2020-01-01' | date: '%1000000000Y' }}{{ page }}{{ site | jsonify }}",
        f"{{{{ {_RANGE} | join }}}}",
        f"{{{{ {_RANGE} | reverse | first }}}}",
        f"{{% for i in {_RANGE} limit: 1 offset: 999999998 %}}x{{% endfor %}}",
        f"{{% for i in {_RANGE} reversed limit: 1 %}}x{{% endfor %}}",
        f"{{% assign r = {_RANGE} %}}{{% if r contains 'a' %}}x{{% endif %}}",
        "{% case 1 %}{% when 1, 1 %}" * 40 + "{% endcase %}" * 40,
        _MANY + "{% if a %}{% endif %}" * 500 + "{% endfor %}",
        _LONG + _MANY + "{% if a contains 'b' %}{% endif %}" * 9 + "{% endfor %}",
        _LONG + "{% assign b = a | split: '-' %}" + "{% assign b = b | concat: b %}" * 16,
        _PAIR + "{% assign a = a | push: a | push: a %}" * 40 + "{{ a }}{% echo a %}",
        _PAIR + "{% assign a = a | concat: a | group_by: 'size' %}" * 40 + "{% cycle a, a %}",
        _LONG + "{% assign b = a | split: '' | where_exp: 'i', 'i == 1' %}" * 40,
        _PAIR + "{% assign a = a | concat: a | group_by_exp: 'i', 'i | size' %}" * 40,
        _PAIR
        + "{% assign a = a | push: a | sort | uniq | jsonify | split: ',' %}" * 40
        + "{{ a }}",
        "{% for p in site.posts %}{{ p }}{{ p | jsonify }}{{ p.excerpt }}{% endfor %}" * 400,
        "{{ page.excerpt }}{{ page | jsonify }}{{ page | inspect }}{{ site.posts | uniq | size }}",
        "{% assign s = '%c%c' %}" + "{% assign s = s | append: s %}" * 19 + "{{ 'now' | date: s }}",
    ],
)
def test_what_has_no_end_ends(tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "WORK_LIMIT", 6_000_000)  # a tenth, so that it ends sooner
    with within():
        found = rendered(tmp_path, text)
    assert len(text_of(found)) < 20_000_000


def test_what_goes_too_far_is_reported_with_its_line(tmp_path: Path) -> None:
    found = rendered(tmp_path, f"글\n\n{{{{ {_RANGE} | size }}}}\n\n글")
    assert [(item.rule, item.line) for item in found.problems] == [("liquid-limit", 9)]


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("{{ 'a,b,a' | split: ',' | uniq | join: '+' }}", "a+b"),
        ("{{ 'a b  c' | split: ' ' | join: '+' }}", "a+b+c"),
        ("{{ '가나' | split: '' | join: '+' }}", "가+나"),
        ("{{ site.data.list | uniq: 'k' | map: 'v' | join: '+' }}", "1+3"),
        ("{% for i in (1..3) %}{{ i }}{% endfor %}", "123"),
        ("{{ (1..3) | join: '+' }}", "1+2+3"),
    ],
)
def test_what_does_not_is_as_it_was(tmp_path: Path, written: str, seen: str) -> None:
    data = '[{"k": 1, "v": 1}, {"k": 1, "v": 2}, {"k": [2], "v": 3}, {"k": [2], "v": 4}]'
    assert text_of(rendered(tmp_path, written, blog={"_data/list.json": data})) == seen


@pytest.mark.parametrize("written", ["{{ site.data.half }}", "{{ site.data.half | upcase }}"])
def test_half_a_pair_of_surrogates_is_a_question_mark(tmp_path: Path, written: str) -> None:
    blog = {"_data/half.json": '"\\ud800가"'}
    assert text_of(rendered(tmp_path, f"글 {written}", blog=blog)) == "글 ?가"


def test_liquid_is_given_up_as_a_whole_but_the_text_stays(tmp_path: Path) -> None:
    found = rendered(
        tmp_path, "앞 {{ page.title }}\n{% for i in (1..99999) %}x{% endfor %}\n`{{ v }}`"
    )
    assert [(line.text, line.number) for line in found.lines] == [
        ("앞 ", 7),
        ("x", 8),
        ("`{{ v }}`", 9),
    ]
    assert [(item.rule, item.severity) for item in found.problems] == [("liquid-limit", "error")]


def test_a_post_without_liquid_does_not_load_it() -> None:
    code = (
        "import sys; from hanpan import reading; from hanpan.source import liquid;"
        "from hanpan.source.front_matter.parse import parse_post;"
        "liquid.render(parse_post('a.md', b'text { } %'), None);"
        "sys.exit('liquid' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[3])


def test_handlebars_are_shown_as_they_are_written(tmp_path: Path) -> None:
    found = rendered(tmp_path, "글 {{{이름}}} 글 {{ page.title }}")
    assert text_of(found) == "글 `{{{이름}}}` 글 시험"
    assert found.problems == ()


@pytest.mark.parametrize("opening", ["{{ page.title", "{% assign a = 1"])
def test_a_mark_in_code_closes_nothing_in_the_text_above(tmp_path: Path, opening: str) -> None:
    closing = "}}" if opening.startswith("{{") else "%}"
    body = f"글 {opening}\n```\n{closing}\n```\n끝"
    found = rendered(tmp_path, body)
    assert text_of(found) == body
    assert [(problem.rule, problem.line) for problem in found.problems] == [("liquid-syntax", 7)]


def test_text_after_a_block_of_code_begins_a_line(tmp_path: Path) -> None:
    found = rendered(tmp_path, "{% highlight js %}\n값\n{% endhighlight %}뒤\n\n끝")
    assert text_of(found) == "```js\n값\n```\n뒤\n\n끝"
    assert [line.number for line in found.lines] == [7, 8, 9, 9, 10, 11]


def test_the_site_has_the_author_of_its_settings(tmp_path: Path) -> None:
    blog = {"_config.yml": "title: 봄\n", "site.toml": 'author = "김봄"\n'}
    assert text_of(rendered(tmp_path, "{{ site.author }}", blog=blog)) == "김봄"


@pytest.mark.parametrize(
    ("file", "typed", "text"),
    [
        ("a.txt", "앞{% include a.txt %}뒤", "앞글\n뒤"),
        ("a.html", "앞 {% include a.html %} 뒤", "앞 글\n 뒤"),
        ("a.html", "{% include a.html %}\n뒤", "글\n\n뒤"),
    ],
)
def test_an_include_keeps_its_last_newline(
    tmp_path: Path, file: str, typed: str, text: str
) -> None:
    blog = {**BLOG, f"_includes/{file}": "글\n"}
    assert text_of(rendered(tmp_path, typed, blog=blog)) == text


@pytest.mark.parametrize(
    "typed",
    [
        "{% for x in %}a{% endfor %}",
        "{% if a == %}a{% endif %}",
        "{% assign a = %}",
        "{% for x in site.posts limit: %}\na\n{% endfor %}",
        "{% tablerow x in %}{% endtablerow %}",
        "{% case %}{% when 1 %}{% endcase %}",
    ],
)
def test_an_expression_that_ends_early_is_told_on_its_own_line(tmp_path: Path, typed: str) -> None:
    found = rendered(tmp_path, f"글\n\n{typed}\n\n글\n\n글")
    assert told(found) == [("liquid-syntax", 9)]


@pytest.mark.parametrize(
    "body",
    [
        "<div>\n{% for n in (1..2) %}\n\n    <b>{{ n }}</b>\n\n    {% endfor %}\n</div>",
        "{% for n in (1..2) %}\n\n    {% if n == 2 %}\n    둘\n    {% endif %}\n\n    {% endfor %}",
    ],
)
def test_a_tag_that_is_indented_closes_what_the_text_opens(tmp_path: Path, body: str) -> None:
    """To Markdown it would be code; Jekyll has run it by then."""
    found = rendered(tmp_path, body)
    assert found.problems == ()
    assert "{%" not in text_of(found)
    assert "2" in text_of(found) or "둘" in text_of(found)


def test_liquid_that_indented_code_shows_whole_stays(tmp_path: Path) -> None:
    found = rendered(tmp_path, "{% if a %}글\n\n    {% unknown_tag %}\n\n끝")
    assert "{% unknown_tag %}" in text_of(found)
