"""Filters: what Jekyll 4.3 makes of the same values, and that no value is written as in Python."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanpan.source.liquid.filters.table import FILTERS
from tests.source.liquid.sample import BLOG, CONFIG, rendered, text_of
from tests.source.liquid.test_golden_cases import rendered_alone

SITE = {
    **BLOG,
    "_config.yml": f"""{CONFIG}timezone: Asia/Seoul
nothing:
flag: true
num: 1.0
tiny: 0.00001
huge: 100000000000000000.0
day: 2026-01-02
moment: 2026-01-02 03:04:05 +0000
utc: 2026-01-02 03:04:05 Z
naive: 2026-01-02 03:04:05
list: [가, "b\\"c", 1, null, true, 2026-01-02, [x, y], {{k: v}}]
map: {{z: 1, a: "둘", n: null, d: 2026-01-02, "q\\n": "tab\\t#{{x}} #$y é"}}
tags: [x, y]
""",
}
DAY = "#<Date: 2026-01-02 ((2461043j,0s,0n),+0s,2299161j)>"
MAP = '{"z"=>1, "a"=>"둘", "n"=>nil, "d"=>' + DAY + r', "q\n"=>"tab\t\#{x} \#$y é"}'


def one_line(folder: Path, template: str) -> str:
    found = rendered(folder, template, blog=SITE)
    assert found.problems == ()
    return text_of(found)


# template, and what Jekyll makes of it: tests/conformance/test_jekyll_values.py asks it
CASES = [
    ("{{ site.list }}", '가b"c1true2026-01-02xy{"k"=>"v"}'),
    ("{{ site.list | jsonify }}",
     '["가","b\\"c",1,null,true,"2026-01-02",["x","y"],{"k":"v"}]'),
    ("{{ site.list | append: '' }}",
     f'["가", "b\\"c", 1, nil, true, {DAY}, ["x", "y"], {{"k"=>"v"}}]'),
    ("{{ site.list | join: '-' }}", '가-b"c-1--true-2026-01-02-x-y-{"k"=>"v"}'),
    ("{{ site.map }}", MAP),
    ("{{ site.map | append: 'x' }}", f"{MAP}x"),
    ("{{ site.map | jsonify }}",
     '{"z":1,"a":"둘","n":null,"d":"2026-01-02","q\\n":"tab\\t#{x} #$y é"}'),
    ("{{ site.map | inspect | slice: 0, 10 }}", "{&quot;z&q"),
    ("{{ site.map | size }}|{{ site.map | first }}|{{ site.map.size }}", "5|z1|5"),
    ("{{ site.num }} {{ site.tiny }} {{ site.huge }}", "1.0 1.0e-05 1.0e+17"),
    ("{{ site.num | jsonify }} {{ site.tiny | jsonify }}", "1.0 1.0e-05"),
    ("{{ site.flag }}{{ site.nothing }}|{{ site.flag | jsonify }}{{ site.nothing | jsonify }}",
     "true|truenull"),
    ("{{ site.day }} {{ site.day | jsonify }}", '2026-01-02 "2026-01-02"'),
    ("{{ site.moment }}", "2026-01-02 03:04:05 +0000"),
    ("{{ site.utc }}", "2026-01-02 03:04:05 UTC"),
    ("{{ site.naive }}", "2026-01-02 12:04:05 +0900"),  # UTC to Jekyll
    ("{{ page.date }} {{ page.date | jsonify }}",
     '2026-03-01 00:00:00 +0900 "2026-03-01 00:00:00 +0900"'),
    ("{{ site }}", "Jekyll::Drops::SiteDrop"),
    ("{{ (1..3) }} {{ (1..3) | jsonify }}", '1..3 "1..3"'),
    ("{% for i in (1..1) %}{{ forloop }} {{ forloop.name }}{% endfor %}",
     "Liquid::ForloopDrop i-(1..1)"),
    ("{% for pair in site.map limit: 2 %}{{ pair }};{{ pair[0] }}{% endfor %}", "z1;za둘;a"),
    ("{% for i in (1..2) %}{% cycle site.flag, 1 %}{% endfor %}", "true1"),
    ("{{ page.nope.x | default: site.list[2] }}", "1"),
    ("{{ nil }}|{{ empty }}|{{ blank }}", "||"),
    # numbers
    ("{{ 1.5 | times: 2 }} {{ 7 | divided_by: 2.0 }} {{ '3' | plus: '4.5' }}", "3.0 3.5 7.5"),
    ("{{ 0.1 | plus: 0.2 }} {{ -7 | divided_by: 2 }} {{ 3.14159 | round: 2 }}", "0.3 -4 3.14"),
    ("{{ 3.7 | round }} {{ 2.5 | round }} {{ -3.2 | ceil }} {{ '4.5' | abs }}", "4 3 -3 4.5"),
    ("{{ true | to_integer }} {{ '12권' | to_integer }} {{ 3.9 | to_integer }}", "1 12 3"),
    # texts
    ("{{ 'a,b,,c,,' | split: ',' | jsonify }}", '["a","b","","c"]'),
    ("{{ 'a b  c ' | split: ' ' | jsonify }}", '["a","b","c"]'),
    ("{{ '가 나다 abc 라' | number_of_words }}", "4"),
    ("{{ '가 나다 abc 라' | number_of_words: 'cjk' }}", "5"),
    ("{{ '가 나다 abc 라' | number_of_words: 'auto' }}", "5"),
    ("{{ 'a b c' | number_of_words: 'auto' }}", "3"),
    ("{{ 'tHiS' | capitalize }} {{ 'a b c d' | truncatewords: 2 }}", "This a b..."),
    ("{{ '1 < 2 &amp; 3' | escape_once }}", "1 &lt; 2 &amp; 3"),
    ('{{ "a<\'>&" | xml_escape }} {{ "a<\'>&" | escape }}',
     "a&lt;&apos;&gt;&amp; a&lt;&#39;&gt;&amp;"),
    ("{{ '<p>a<!-- x --></p><script>x</script>b' | strip_html }}", "ab"),
    ("{{ '*강조*가 **굵게**는 2*3' | markdownify | strip_html | strip }}", "강조가 굵게는 2*3"),
    ("{{ 'a&b c*d~é' | url_encode }} {{ 'a%26b+c' | url_decode }}", "a%26b+c%2Ad~%C3%A9 a&b c"),
    ("{{ '한글 a/b?c=1&d%20%zz' | uri_escape }}",
     "%ED%95%9C%EA%B8%80%20a/b?c=1&d%20%25zz"),
    ("{{ 'Ægir Été 한글 x²_y' | slugify }}", "ægir-été-한글-x-y"),
    ("{{ 'Ægir Été 한글 x_y' | slugify: 'latin' }}", "aegir-ete-x-y"),
    ("{{ 'Ægir Été 한글 x_y' | slugify: 'ascii' }}", "gir-t-x-y"),
    ("{{ 'Ægir. Été 한글 x_y' | slugify: 'pretty' }}", "ægir.-été-한글-x_y"),
    ("{{ 'Aa  b_' | slugify: 'raw' }} {{ 'Aa b' | slugify: 'none' }}", "aa-b_ aa b"),
    ('{{ "\'hi\' a\'s -- ... << x >> ---" | smartify }}', "‘hi’ a’s – … «\u00a0x\u00a0» —"),
    ("{{ '/a/index.html' | strip_index }} {{ nil | relative_url }}|", "/a/ |"),
    # lists
    ("{{ site.tags_ | default: 'x' }}{{ 'x,y' | split: ',' | array_to_sentence_string }}",
     "xx and y"),
    ("{{ '1,2,3' | split: ',' | array_to_sentence_string: '또는' }}", "1, 2, 또는 3"),
    ("{% assign l = 'x' | split: ',' %}{{ l | push: 1 | jsonify }}{{ l | pop | jsonify }}"
     "{{ l | shift | jsonify }}{{ l | unshift: 'q' | jsonify }}{{ 's' | push: 1 }}",
     '["x",1][][]["q","x"]s'),
    ("{% assign g = site.posts | group_by: 'collection' %}{{ g[0].name }} {{ g[0].size }}",
     "posts 3"),
    ("{% assign g = site.posts | group_by_exp: 'p', \"p.date | date: '%Y'\" %}"
     "{% for one in g %}{{ one.name }}:{{ one.items.size }} {% endfor %}", "2026:2 2025:1 "),
    ("{{ site.posts | where_exp: 'p', \"p.title contains '글' and p.date < page.date\" "
     "| size }}",
     "2"),
    ("{{ site.posts | where_exp: 'p', 'p.tags' | map: 'title' | join: ',' }}",
     "시험,다른 글,옛 글"),
    ("{% assign f = site.posts | find_exp: 'p', \"p.title == '옛 글'\" %}{{ f.url }}", "/old/"),
    ("{% assign f = site.posts | find: 'title', '옛 글' %}{{ f.url }}", "/old/"),
    ("{{ site.posts | where: 'tags', '봄' | size }}"
     "{{ site.posts | where: 'nope', nil | size }}",
     "13"),
    ("{{ site.posts | uniq | size }}{{ site.posts | concat: site.posts | uniq | size }}", "33"),
    ("{% for p in site.posts %}{% if p == page %}{{ p.title }}{% endif %}{% endfor %}", "시험"),
    ("{{ site.posts | sort: 'title' | map: 'title' | join: ',' }}", "다른 글,시험,옛 글"),
    ("{{ site.data.people | sort: 'nope' | size }}{{ site.tags | sample | size }}", "11"),
    # dates
    ("{{ '2026-01-02 23:30:00 +0000' | date: '%d %H' }}", "02 23"),
    ("{{ '2026-01-02 23:30:00 +0000' | date_to_string }}", "03 Jan 2026"),
    ("{{ site.day | date_to_string: 'ordinal' }}|"
     "{{ site.day | date_to_long_string: 'ordinal', 'US' }}",
     "2nd Jan 2026|January 2nd, 2026"),
    ("{{ site.moment | date_to_xmlschema }} {{ site.moment | date_to_rfc822 }}",
     "2026-01-02T12:04:05+09:00 Fri, 02 Jan 2026 12:04:05 +0900"),
    ("{{ 1152098955 | date: '%m %d %H' }} {{ 'March 14, 2016' | date: '%b %d, %y' }}",
     "07 05 20 Mar 14, 16"),
    ("{{ site.moment | date: '%-d|%10Y|%^a|%N|%3N|%s|%::z|%G-W%V|%U|%c|%x|%X|%v|%e|%q' }}",
     "2|0000002026|FRI|000000000|000|1767323045|+00:00:00|2026-W01|00|Fri Jan  2 03:04:05 2026|"
     "01/02/26|03:04:05| 2-JAN-2026| 2|%q"),
]  # fmt: skip


@pytest.mark.parametrize(("template", "text"), CASES)
def test_values_are_written_as_jekyll_writes_them(tmp_path: Path, template: str, text: str) -> None:
    assert one_line(tmp_path, template) == text


def test_documents_have_jekyll_s_json(tmp_path: Path) -> None:
    wanted = ["name", "id", "relative_path", "excerpt", "title", "categories", "collection", "next"]
    text = one_line(tmp_path, "{{ site.posts | jsonify }}")
    assert re.findall(r'"([a-z_]+)":', text)[: len(wanted)] == wanted
    assert '"date":"2026-03-01 00:00:00 +0900"' in text


def test_excerpts_neighbours_and_collections(tmp_path: Path) -> None:
    blog = {
        **SITE,
        "_config.yml": "collections:\n  wiki:\n    output: true\n    order: 3\n",
        "_wiki/W.md": "---\ntitle: 위키\n---\n글\n",
        "_posts/2026-04-01-n.md": "---\ntitle: 다음\n---\n*첫* {{ page.title }} [a][a]\n\n"
        "둘\n\n[a]: /x\n",
    }
    body = (
        "{{ page.next.title }}|{{ page.previous.title }}|{{ page.next.next.title }}|"
        "{{ page.next.excerpt | strip_html }}|{{ site.collections | map: 'label' | join: ' ' }}|"
        "{{ site.collections[1].docs[0].title }}{{ site.collections[1].order }}"
        "{{ site.wiki[0].url }}|"
        "{{ site.documents.size }}|{{ page.collection }} {{ page.slug }} {{ page.ext }}"
    )
    found = rendered(tmp_path, body, blog=blog)
    assert found.problems == ()
    assert text_of(found).replace("\n", "") == (
        "다음|다른 글||첫 다음 a|posts wiki|위키3/wiki/W.html|5|posts 글 .md"
    )


WORDS = st.text("가나 ab-", max_size=5)
SIMPLE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-999, 999),
    st.floats(allow_nan=False, width=32),
    WORDS,
    st.dates(date(1990, 1, 1), date(2030, 1, 1)),
    st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
)
VALUES = st.recursive(
    SIMPLE,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3)),
    max_leaves=6,
)
PYTHON = re.compile(r"None|True|False|datetime|Undefined|['\"]?\['|\{'|object at|\(\d+,|<class")


@settings(max_examples=60, deadline=None)
@given(value=VALUES, other=SIMPLE, name=st.sampled_from(sorted(FILTERS)))
def test_no_value_is_written_as_python_does(value: object, other: object, name: str) -> None:
    template = (
        f"{{{{ v }}}}{{{{ v | {name} }}}}{{{{ v | {name}: w }}}}{{{{ w | {name}: v, w }}}}"
        "{% cycle v, w %}{% echo v %}{% capture c %}{{ v }}{% endcapture %}{{ c | append: v }}"
        "{% for i in v %}{{ i }}{{ forloop }}{% endfor %}"
        "{% tablerow i in v %}{{ i }}{% endtablerow %}"
    )
    assert not PYTHON.search(rendered_alone(template, {"v": value, "w": other}))


@pytest.mark.parametrize("value", ["now", "today"])
def test_no_name_asks_the_clock(value: str) -> None:
    assert rendered_alone(f"{{{{ {value} }}}}", {}) == ""
