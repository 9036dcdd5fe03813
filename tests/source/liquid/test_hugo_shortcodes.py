"""Shortcodes of Hugo: its own, and those of a site's layouts/shortcodes."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan.document import Reading
from tests.support.reading import read_post

SITE = 'baseURL = "https://blog.example"\ntitle = "블로그"\n'
FRONT = "---\ntitle: 글\ndate: 2020-01-01\nsub: {key: 값}\n---\n\n"


def read(folder: Path, markdown: str, **files: str) -> Reading:
    more = {"hugo.toml": SITE, **files}
    return read_post(
        folder,
        FRONT + markdown,
        name="content/posts/a/index.md",
        files={name: text.encode() for name, text in more.items()},
    )


def body(folder: Path, markdown: str, template: str = "") -> str:
    reading = read(folder, markdown, **{"layouts/shortcodes/own.html": template})
    assert [problem for problem in reading.problems if problem.rule.startswith("liquid")] == []
    return " ".join(reading.document.body.split())


@pytest.mark.parametrize(
    ("template", "call", "shown"),
    [
        ("<b>{{ .Get 0 }}</b>", "글 {{< own 하나 >}}", "<p>글 <b>하나</b></p>"),
        ('<b>{{ .Get "x" }}</b>', '{{< own x="a & b" >}}', "<p><b>a &amp; b</b></p>"),
        ("<i>{{ .Inner }}</i>", "{{< own >}}속{{< /own >}}", "<p><i>속</i></p>"),
        (
            '<div class="box">{{ .Inner | markdownify }}</div>',
            "{{< own >}}\n**속** 글\n{{< /own >}}",
            '<div class="box"> <p><strong>속</strong> 글</p> </div>',
        ),
        ("{{/* 말 */}}{{ with .Get 1 }}[{{ . }}]{{ else }}없음{{ end }}", "{{< own a >}}",
         "<p>없음</p>"),
        ('{{ if eq (.Get 0) "a" }}가{{ else if .Get 1 }}나{{ else }}다{{ end }}', "{{< own b c >}}",
         "<p>나</p>"),
        ('{{ $a := .Get 0 | default "기본" }}{{- $a | upper -}}', "{{< own >}}", "<p>기본</p>"),
        ('{{ printf "%s/%d" (.Get 0) 3 }}', "{{< own a >}}", "<p>a/3</p>"),
        ("{{ .Page.Title }} {{ .Site.Title }} {{ .Page.Params.sub.key }}", "{{< own >}}",
         "<p>글 블로그 값</p>"),
        ('<ul>{{ range split (.Get 0) "," }}<li>{{ . }}</li>{{ end }}</ul>', '{{< own "a,b" >}}',
         "<ul> <li> a </li> <li> b </li> </ul>"),
        ("{{ range $key, $value := .Params }}{{ $key }}={{ $value }};{{ else }}없음{{ end }}",
         '{{< own b="2" a="1" >}}', "<p>a=1;b=2;</p>"),
        ("{{ range .Params }}{{ . }}{{ else }}없음{{ end }}", "{{< own >}}", "<p>없음</p>"),
        ("<script>x()</script>{{ .Get 0 }}", "{{% own a %}}", "<p>a</p>"),
    ],
)  # fmt: skip
def test_a_template_of_plain_html(tmp_path: Path, template: str, call: str, shown: str) -> None:
    assert body(tmp_path, call, template) == shown


def test_lines_that_actions_leave_do_not_take_a_figure_out_of_its_item(tmp_path: Path) -> None:
    template = (
        '<figure {{ if .Get "x" }}{{ end }}>\n  <b>{{ .Get 0 }}</b>\n  {{ with .Get 0 }}\n'
        "  <figcaption>{{ . }}</figcaption>\n  {{ end }}\n</figure>"
    )
    shown = body(tmp_path, "1. 하나\n   {{< own 그림 >}}\n2. 둘\n", template)
    assert shown.count("<ol") == 1
    assert shown.index("<figcaption>") < shown.index("</figure>") < shown.index("</li>")


@pytest.mark.parametrize(
    ("template", "call", "shown"),
    [
        ('{{ partial "card.html" . }}', '{{< own x="a&b" >}}', "<p>[a&amp;b: 글]</p>"),
        ('{{ partial "map" (dict "Text" (.Get "x") "n" 2) }}', '{{< own x="가" >}}',
         "<p>(가 2)</p>"),
        ('{{ with .Get "x" }}{{ partial "sub/dot" . }}{{ end }}', '{{< own x="가" >}}',
         "<p><b>가</b></p>"),
        ('{{ $a := partialCached "sub/dot.html" "나" "key" }}{{ $a | upper }}{{ $a }}',
         "{{< own >}}", "<p>&lt;B&gt;나&lt;/B&gt;<b>나</b></p>"),
        ('{{ with .Get "x" }}{{ partial "card.html" $ }}{{ end }}', "{{< own x=c >}}",
         "<p>[c: 글]</p>"),
    ],
)  # fmt: skip
def test_partials_of_plain_html(tmp_path: Path, template: str, call: str, shown: str) -> None:
    files = {
        "layouts/shortcodes/own.html": template,
        "layouts/partials/card.html": '[{{ .Get "x" }}: {{ .Page.Title }}]\n',
        "layouts/_partials/map.html": "{{ $t := .text }}({{ $t }} {{ .n }}{{ .none }})",
        "layouts/partials/sub/dot.html": "<b>{{ . }}</b>",
    }
    reading = read(tmp_path, call, **files)
    assert [problem for problem in reading.problems if problem.rule.startswith("liquid")] == []
    assert " ".join(reading.document.body.split()) == shown


@pytest.mark.parametrize("named", ['theme = "mine"', 'theme = ["other", "mine"]'])
def test_templates_of_a_theme_come_after_the_sites_own(tmp_path: Path, named: str) -> None:
    files = {
        "hugo.toml": f"{named}\n",
        "themes/mine/layouts/shortcodes/own.html": '<b>{{ partial "a" . }}</b>',
        "themes/mine/layouts/shortcodes/both.html": "<i>theme</i>",
        "themes/mine/layouts/partials/a.html": "가",
        "themes/unused/layouts/shortcodes/none.html": "<b>x</b>",
        "layouts/shortcodes/both.html": "<i>own</i>",
    }
    reading = read(tmp_path, "글 {{< own >}} {{< both >}} {{< none >}}", **files)
    assert "글 <b>가</b> <i>own</i>" in reading.document.body
    assert [p.message for p in reading.problems if p.rule == "liquid-tag"] == ["unknown tag `none`"]


@pytest.mark.parametrize(
    ("template", "what"),
    [
        ("{{ range .Page.Pages }}x{{ end }}", "`.Page.Pages`"),
        ("{{ range .Get 0 }}x{{ end }}", "`range` of a text"),
        ('{{ partial "x" . }}', '`partial "x"`'),
        ('{{ partial "../../hugo.toml" . }}', '`partial "../../hugo.toml"`'),
        ('{{ partial "again" . }}', '`partial "again"`'),
        ('{{ partial "more.html" . }}', "`resources.Get`"),
        ('{{ (resources.GetRemote "x").Content }}', "`resources.GetRemote`"),
        ("{{ if .Get 0 }}", "a block without its end"),
        ("{{ .Get 0 | transform.Emojify }}", "`transform.Emojify`"),
    ],
)
def test_what_asks_for_more_is_told_by_its_name(tmp_path: Path, template: str, what: str) -> None:
    markdown = "앞\n\n{{< own 1 >}}\n**속**\n{{< /own >}}\n"
    partials = {
        "layouts/partials/again.html": '{{ partial "again" . }}{{ partial "again" . }}',
        "layouts/partials/more.html": '{{ resources.Get "x" }}',
    }
    reading = read(tmp_path, markdown, **partials, **{"layouts/_shortcodes/own.html": template})
    (problem,) = [item for item in reading.problems if item.rule == "liquid-tag"]
    assert problem.line == 9 and "`own`" in problem.message and what in problem.message
    assert "<strong>속</strong>" in reading.document.body


PAGES = {
    "content/posts/b.md": "---\ntitle: 나\nslug: other\n---\n\n글\n",
    "content/posts/c/index.md": "---\ntitle: 다\n---\n\n글\n",
    "content/docs/_index.md": "---\ntitle: 라\n---\n\n글\n",
    "content/docs/deep/only.md": "---\ntitle: 마\n---\n\n글\n",
}


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("/posts/b.md", "/posts/other/"),
        ("/posts/b", "/posts/other/"),
        ("posts/c", "/posts/c/"),
        ("/posts/c/index.md", "/posts/c/"),
        ("../b.md#끝", "/posts/other/#끝"),
        ("b.md", "/posts/other/"),
        ("/docs", "/docs/"),
        ("only.md", "/docs/deep/only/"),
    ],
)
def test_references(tmp_path: Path, name: str, address: str) -> None:
    reading = read(tmp_path, f'[글]({{{{< ref "{name}" >}}}})', **PAGES)
    assert (
        f'href="https://blog.example{address}"'.replace("끝", "%EB%81%9D") in reading.document.body
    )
    assert not [problem for problem in reading.problems if problem.rule == "liquid-post"]


def test_a_reference_to_no_page_is_told(tmp_path: Path) -> None:
    reading = read(tmp_path, '[글]({{< relref "nowhere.md" >}})', **PAGES)
    (problem,) = [item for item in reading.problems if item.rule == "liquid-post"]
    assert "nowhere.md" in problem.message and problem.line == 7


def test_templates_of_others_are_text_and_escapes_show_shortcodes(tmp_path: Path) -> None:
    shown = body(
        tmp_path, '{{ .Title }} {% raw %} {{< param sub.key >}}\n\n`{{</* ref "x" */>}}`\n'
    )
    assert "{{ .Title }} {% raw %} 값" in shown
    assert '<code>{{&lt; ref "x" &gt;}}</code>' in shown


def test_a_template_that_repeats_without_end_is_told(tmp_path: Path) -> None:
    loop = '{{ range split (.Get 0) "," }}'
    template = f"{loop}{loop}{loop}x{{{{ end }}}}{{{{ end }}}}{{{{ end }}}}"
    call = '{{< own "' + ",".join("a" * 60) + '" >}}'
    reading = read(tmp_path, call, **{"layouts/_shortcodes/own.html": template})
    (problem,) = [item for item in reading.problems if item.rule == "liquid-tag"]
    assert "so many turns of `range`" in problem.message


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("{{<highlight js>}}\nlet a;\n{{</>}}\n\n뒤", ["<pre", "let a;", "</pre> <p>뒤</p>"]),
        ("{{< own >}}속{{</>}} 뒤", ["<p><i>속</i> 뒤</p>"]),
        ("{{< own >}}밖 {{< own >}}속{{< / >}} 밖{{</>}}", ["<i>밖 <i>속</i> 밖</i>"]),
        ('{{< own >}}글 {{< param "sub.key" >}}{{</>}} 뒤', ["<p><i>글 값</i> 뒤</p>"]),
    ],
)
def test_a_mark_that_names_nothing_ends_the_last_one(
    tmp_path: Path, written: str, shown: list[str]
) -> None:
    """Hugo's parser takes `{{< / >}}` for the end of whatever is open."""
    html = body(tmp_path, written, "<i>{{ .Inner }}</i>")
    assert [part for part in shown if part not in html] == []
    assert "{{" not in html
