"""Liquid in code: rendered as Jekyll does where its names are known, otherwise left as typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.source.liquid.sample import BLOG, CONFIG, rendered, text_of
from tests.support.limits.growth import LINEAR, growth

SITE = {
    **BLOG,
    "_config.yml": f"{CONFIG}baseurl: /blog\nlist: [가, 나]\n",
    "_includes/line.txt": "{{ include.a }} 줄\n",
}


def shown(folder: Path, body: str, blog: dict[str, str] | None = None) -> str:
    found = rendered(folder, body, blog=blog or SITE)
    assert found.problems == ()
    return text_of(found)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        # names of the site and the page, and what they have not
        ("{{ site.title }}|{{ page.title }}", "봄의 기록|시험"),
        ("{{ site.nope }}|{{ page.nope }}|{{ page.title.nope }}", None),
        ("{{ page.next.title }}|{{ site }}|{{ page }}|{{ content }}", None),
        ("{{ site.list | join: '-' }} {{ site.list[1] }}", "가-나 나"),
        ("curl {{ site.url }}{{ site.baseurl }}/a", "curl https://blog.example.kr/blog/a"),
        ('get("{{ site.url }}/a")', 'get("https://blog.example.kr/a")'),
        # other languages' marks
        ("${{ failure() && true }}", None),
        ("{{ .Values.x }}{{- include \"a\" . | nindent 4 }}", None),
        ("{{ user.name }} {% if user %}{{ page.title }}{% endif %}", None),
        ("{% block x %}{% extends 'a' %}{% csrf_token %}{% url 'x' %}", None),
        ("{{ page.title | e }}", None),  # a filter that is not known
        ("x^{{2}} {{ 'a' }} {{ true }}", None),  # names nothing
        ("{{{ page.title }}} {{< x >}} {{% y %}}", None),
        ("{{ page.title", None),
        ("{% if page.title %}", None),  # never closed
        ("{% endif %}{% else %}", None),
        ("{% if page.title == %}a{% endif %}", None),  # broken
        ("{% comment %}a{% endcomment %}", None),
        # literals with a filter, as Jekyll
        ("{{ 'a' | upcase }}", "A"),
        # tags
        ("{% for i in (1..3) %}{{ i }}{% unless forloop.last %},{% endunless %}{% endfor %}",
         "1,2,3"),
        ("{% assign v = '값' %}{{ v }}{{ v.size }}", "값1"),
        ("{% for l in site.list %}{% if user %}{{ l }}{% endif %}{% endfor %}",
         "{% if user %}{{ l }}{% endif %}" * 2),
        ("{% if page.title %}a{% elsif user %}b{% else %}c{% endif %}", None),
        ("{% case page.title %}{% when '시험' %}a{% else %}b{% endcase %}", "a"),
        ("{% capture v %}a{{ page.title }}{% endcapture %}{{ v }}", "a시험"),
        ("{% for l in site.list %}{% comment %}숨김{% endcomment %}{{ l }}{% endfor %}", "가나"),
        ("{% increment n %}{% increment n %}", "01"),
        # files
        ("{% include line.txt a='한' %}.", "한 줄\n."),
        ("{% include nobody.txt %}", None),
        ("{% post_url 2026-01-02-다른-글 %} {% link _posts/sub/2025-05-05-old.md %}",
         "/blog/dev/다른-글/ /blog/old/"),
        ("{% post_url 2026-01-02-nobody %} {% link a/b.md %}", None),
        # blanks
        ("a {{- page.title -}} b", "a시험b"),
        ("a\n  {%- if page.title -%}\n  b\n  {%- endif %}\nc", "ab\nc"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("fence", ["```\n%s\n```", "~~~ html\n%s\n~~~", "<pre>\n%s\n</pre>"])
def test_code_is_rendered_where_its_names_are_known(
    tmp_path: Path, typed: str, text: str | None, fence: str
) -> None:
    assert shown(tmp_path, fence % typed) == fence % (typed if text is None else text)


@pytest.mark.parametrize("kind", ["`%s`", "``%s``", "    %s", "<code>%s</code>", "$x_1 %s$"])
def test_every_kind_of_code(tmp_path: Path, kind: str) -> None:
    assert shown(tmp_path, kind % "{{ page.title }}{{ v }}") == kind % "시험{{ v }}"


def test_names_of_loops_around_code(tmp_path: Path) -> None:
    body = "{% for l in site.list %}\n```\n{{ l }} {{ l.x }} {{ m }}\n```\n{% endfor %}"
    assert shown(tmp_path, body).count("```\n가  {{ m }}\n```") == 1
    assert shown(tmp_path, body).count("```\n나  {{ m }}\n```") == 1


def test_names_assigned_in_the_text_and_in_code(tmp_path: Path) -> None:
    body = "{% assign a = 1 %}`{{ a }}` `{% assign b = 2 %}` {{ b }} `{{ c }}`{% assign c = 3 %}"
    assert shown(tmp_path, body) == "`1` `` 2 `{{ c }}`"


def test_code_of_a_tag(tmp_path: Path) -> None:
    body = "{% highlight js %}\n{{ page.title }}{{ v }}\n{% endhighlight %}"
    assert shown(tmp_path, body) == "```js\n시험{{ v }}\n```"


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("```\n{% raw %}\n{{ page.title }}\n{% endraw %}\n```", "```\n{{ page.title }}\n```"),
        ("```\n{% raw %}{{ page.title }}{% endraw %}{{ page.title }}\n```",
         "```\n{{ page.title }}시험\n```"),
        ("{% raw %}\n```\n{{ page.title }}\n```\n{% endraw %}", "\n```\n{{ page.title }}\n```\n"),
        ("{% raw %}```\n{{ page.title }}\n```{% endraw %}", "```\n{{ page.title }}\n```"),
        ("```html {% raw %}\n{{ page.title }}\n{% endraw %}\n```\n",
         "```html\n{{ page.title }}\n```\n"),
        ("`{% raw %}{{ page.title }}{% endraw %}`", "`{{ page.title }}`"),
        ("{% highlight js %}{% raw %}\n{{ page.title }}\n{% endraw %}{% endhighlight %}",
         "```js\n{{ page.title }}\n```"),
        ("<!-- {{ page.title }} -->", "<!-- {{ page.title }} -->"),
    ],
)  # fmt: skip
def test_raw_and_comments_stay(tmp_path: Path, typed: str, text: str) -> None:
    assert shown(tmp_path, f"{typed}\n{{{{ page.title }}}}") == f"{text}\n시험"


@pytest.mark.parametrize("config", [None, "source_dir: source\npublic_dir: public\n"])
def test_where_no_jekyll_reads_the_post_code_stays(tmp_path: Path, config: str | None) -> None:
    blog = {"_config.yml": config} if config else {"site.toml": "title = 'a'"}
    body = "```\n{{ page.title }} {% for i in (1..2) %}{{ i }}{% endfor %}\n```"
    assert shown(tmp_path, body, blog) == body


def test_lines_of_code_keep_their_numbers(tmp_path: Path) -> None:
    body = "```\n{% if page.title %}\na\n{% endif %}\nb {{ page.title }}\n```\n끝"
    found = rendered(tmp_path, body, blog=SITE)
    numbers = {line.text: line.number for line in found.lines if line.text.strip("`")}
    assert numbers["a"] == 9
    assert numbers["b 시험"] == 11
    assert numbers["끝"] == 13


def test_liquid_that_is_given_up_leaves_code_as_it_was(tmp_path: Path) -> None:
    code = "```\n{% if page.title %}{{ page.title }}{% endif %} {{ page.title }}\n```"
    found = rendered(tmp_path, f"{code}\n{{% for i in (1..99999) %}}x{{% endfor %}}", blog=SITE)
    assert [problem.rule for problem in found.problems] == ["liquid-limit"]
    assert text_of(found).startswith(code)


@pytest.mark.parametrize(
    "piece",
    [
        "{{ page.title }} ",
        "{{ x.y }} ",
        "{{ 'a' | upcase }}",
        "{% if page.title %}",
        "{% if page.title %}{% endfor %}",
        "{% for a in site.list %}{% if a %}{% endfor %}",
        "{% if page.title %}a{% else %}b{% endif %}\n",
        "{%- if page.title -%} {%- endif -%} ",
        "{% endif %}",
        "{% else %}",
        "{{ ",
        "{% assign a = page.title %}{{ a }}",
        "{% raw %}{{ a }}",
        "{% comment %}",
        "{% include line.txt %}",
        " \x0f \x10",
    ],
)
def test_what_is_repeated_in_code_takes_linear_time(tmp_path: Path, piece: str) -> None:
    def render(length: int) -> object:
        body = f"```\n{piece * (length // len(piece))}\n```\n{{{{ page.title }}}}"
        return rendered(tmp_path, body, blog=SITE)

    assert growth(render, 2_000) < LINEAR


def test_parts_of_a_block_that_is_never_closed_are_of_no_other(tmp_path: Path) -> None:
    code = "{% for a in site.list %}{% if b %}{{ a }}{% else %}x{% endfor %}"
    assert shown(tmp_path, f"```\n{code}\n```") == (
        "```\n{% if b %}가{% else %}x{% if b %}나{% else %}x\n```"
    )


def test_a_fence_behind_the_end_of_a_block_closes(tmp_path: Path) -> None:
    body = (
        "```\n{% for l in site.list %}{{ l }}\n{% endfor %}```\n\n{{ page.title }} {{ site.title }}"
    )
    assert shown(tmp_path, body) == "```\n가\n나\n\n```\n\n시험 봄의 기록"
