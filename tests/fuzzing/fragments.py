"""Bits of markup for the fuzzer, of our own writing: what posts are put together from."""

from __future__ import annotations

INLINE = r"""
가|나다|한글 글|a|b c|**|*|***|__|_|~~|~|==|`|``|```|`a`|**가(a)**는|__굵게__를|==표시==|1~3
a^2|H~2~O|[|]|](|)|[가](b)|[가]: http://a.kr|![|![가](b.png)|[^|[^1]|[^주]|[^1]: 주석|]:
[[a]]|[ ]|[x]|(|<|>|<>|http://a.kr|https://a.kr/가(나)|https://a.kr/나에서|<https://a.kr>
www.a.kr|a@b.kr|[a](b "c")|[https://a](b)|{:|}|{: .a }|{:.a}|{: #b c="d"}|{:toc}|{::comment}
{:/comment}|{:/}|{::nomarkdown}|{::options a="b" /}|{:a: .b}|{:.no_toc}
{: width="50%",height="50%"}|*[a]: b|*[가나]: 다|$|$$|$x$|$ x $|$1|$5와 $6|\\(|\\)|\\[|\\]
$a_1$|{a \over b}|\over|\begin{align\*}|\end{align\*}|\_|\*|\|\\|\`|&|&amp;|&lt;|&#
&#x1F600;|&nbsp;|"|'|"가"|'가'|:smile:|:|--|---|...|;|,|!|?|%|@|#|# |## |######| a | b |---
---|:-:|===|a|b|{|}
""".replace("\n", "\n|").split("|")
PIPES = [
    "|",
    "||",
    "| a | b |",
    "|---|---|",
    "|:-:|",
    "|===|",
    "|---+---|",
    "\\|",
    "a | b",
    "---|---",
]
HTML = """
<b>¶</b>¶<div>¶</div>¶<div markdown="1">¶<p>¶</p>¶<br>¶</br>¶<br/>¶<img src="a.png">¶<img
<a href="b">¶</a>¶<pre>¶</pre>¶<code>¶</code>¶<script>¶</script>¶<style>¶</style>¶<!--¶-->
<!-- more -->¶<table>¶</table>¶<tr>¶<td>¶</td>¶<details>¶<summary>가</summary>¶</details>
<center>¶</center>¶<font color="red">¶</font>¶<svg>¶</svg>¶<math>¶</math>¶<textarea>¶<T>
<iostream>¶<span¶class="¶">¶'¶/>¶<a "¶<ul>¶<li>¶</ul>¶<iframe src="¶<div class="mermaid">
<pre class='mermaid'>¶graph TD¶A-->B¶<h2>¶</h2>¶<kbd>¶<u>¶<sup>¶<mark>¶<dl>¶<dt>
<blockquote>¶</blockquote>¶<p align="center">¶<input onclick="a()">¶<video>¶<source src="b">
<![CDATA[¶]]>¶<?php¶?>¶<!DOCTYPE html>¶<a name="x"/>
<script src="https://gist.github.com/a/b.js"></script>
""".replace("\n", "¶").split("¶")
LIQUID = """
{{¶}}¶{%¶%}¶{{ a }}¶{{ site.url }}¶{{ page.title }}¶{{- a -}}¶{{{¶}}}¶{{ "a" | upcase }}
{{ 'a' | relative_url }}¶{% raw %}¶{% endraw %}¶{% if a %}¶{% elsif b %}¶{% else %}
{% endif %}¶{% for a in b %}¶{% for i in (1..3) %}¶{% endfor %}¶{{ i }}¶{% break %}
{% capture a %}¶{% endcapture %}¶{% assign a = "b" %}¶{% assign a = a | append: a %}
{% include a.html %}¶{% include none.html x="y" %}¶{% include self.html %}
{% include_relative a.md %}¶{% highlight python %}¶{% highlight c linenos %}
{% endhighlight %}¶{% codeblock lang:python %}¶{% endcodeblock %}¶{% post_url a %}
{% link a.md %}¶{% comment %}¶{% endcomment %}¶{% unknown %}¶{% endunknown %}¶{% -%}
{% case a %}¶{% when "b" %}¶{% endcase %}¶{% unless a %}¶{% endunless %}
{% tablerow a in b %}¶{% endtablerow %}¶{% cycle "a", "b" %}¶{% increment a %}
{% blockquote a %}¶{% endblockquote %}¶{% include figure image_path="/a.png" %}
{% include gallery %}¶{% include video id="a" provider="youtube" %}¶{% asset_img a.png b %}
{% youtube a %}¶{% # %}¶{{< figure src="a.png" >}}¶{{< highlight go >}}¶{{< /highlight >}}
{{% notice %}}¶{{% /notice %}}¶{{</* a */>}}¶{{ a | where: "b", "c" | map: "d" | first }}
{{ site.data.a }}¶{{ site.posts }}¶{{ "now" | date: "%Y%q%-5" }}¶{{ a | markdownify }}
{{ 9 | times: 9 | divided_by: 0 }}¶{{ "a" | slice: 0, 99999 }}¶{{ a[0].b["c"] }}¶${{ x }}
{{ site.posts | where_exp: "p", "p.title == page.title" | map: "title" }}¶{{ page | jsonify }}
{{ site.tags }}¶{{ page.excerpt }}¶{{ a | group_by_exp: "x", "x | size" | inspect }}¶{% echo a %}
{% liquid¶{% doc %}¶{% enddoc %}¶{%- comment -%}¶`{{ page.title }}`¶    {{ i }}¶{{ page.next.url }}
{{ "가" | split: "" | join: "나" }}¶{{ "%05" | url_decode }}¶{{ "a" | replace: "", "b" }}
""".replace("\n", "¶").split("¶")
BLOCK = """
# 제목¶## C#¶#제목¶##¶제목\n===¶제목\n---¶- 가¶* 가¶+ 가¶1. 가¶1) 가¶10. ¶- ¶  - 나¶    - 다
\t- 라¶> 가¶>¶> > 나¶> [!NOTE]¶> - 가¶```js¶```python title="a.py"¶```js{1,3}¶~~~¶````¶  ```
> ```¶- ```¶```{.a}¶```mermaid¶    code¶\tcode¶- [ ] 할 일¶- [x] 한 일¶가\n: 나¶: ¶---¶***
* * *¶===¶| a | b |\n|---|---|\n| 1 | 2 |¶| a |\n| b |¶$$\nx\n$$¶[가]: b¶[^1]: 주\n    더
1. 가\n- 나¶- 가\n---¶<!--\n-->¶TOC¶* content\n{:toc}¶> 가\n- 나¶  ¶    ¶\\
""".strip("\n").replace("\n", "¶").split("¶")  # fmt: skip
ODD = [
    "\n",
    "\n\n",
    "\t",
    " ",
    "  \n",
    "\\\n",
    "\r",
    "\r\n",
    "\x00",
    "\x01",
    "\x013\x02",
    "\x030\x04",
    "\x05",
    "\x06",
    "\x08",
    "\x0b",
    "\x0c",
    "\x1b[0m",
    "\x1d",
    "\x7f",
    "\x85",
    "\xa0",
    "\xad",
    "\u0301",
    "e\u0301",
    "\u1112\u1161\u11ab",
    "\u115f",
    "\u200b",
    "\u200d",
    "\u202e",
    "\u2028",
    "\u2029",
    "\u3000",
    "\u3164",
    "\ue000",
    "\uf8ff",
    "\ufeff",
    "\ufffd",
    "\ufffe",
    "\uffff",
    "\U0001f600",
    "\U0001f468\u200d\U0001f469",
    "\U000e0001",
    "\u212b",
    "İ",
    "ſ",
    "ß",
    "C:\\Users\\a\\b.png",
    "../../a",
    "%EA%B0%80",
    "%",
    "\u0338",
    "=\u0338",
    "<\u0338",
    ">\u0338",
    "\u11a8",
    "각",
    "가\u11a8",
]
FRAGMENTS = [part for part in (*INLINE, *PIPES, *HTML, *LIQUID, *BLOCK, *ODD) if part]
FRONT = (
    """
title: 글¶title: [가] 나¶title: "가 "나" 다"¶title: 가 #1 나¶title:¶title: |¶  가
date: 2026-03-01¶date: 2026-13-40¶date: 2020-9-11 1:2:3 +0900¶date: { { page.date } }
tags: [a, [b], 3]¶tags:¶  - a¶\t- b¶tags: a b, c¶tags: [, C++]¶categories: {a: b}
category: 가¶image:¶  path: /a.png¶teaser: a.png¶a: &x b¶c: *x¶<<: *x¶"가": 나¶? a¶: b¶- a
...¶key¶@: a¶`a`¶!a b¶!!python/object:a b¶%YAML 1.1¶toc: true¶lang: 한국¶permalink: /:title/
published: maybe¶# a¶excerpt: "**가** `나` [다](라)"¶title: 가\\[나\\]¶title: \\u0301¶---
+++¶{a: [b, {c: d}]¶a: "\\x00"¶a: "\\uD800"
""".strip("\n")
    .replace("\n", "¶")
    .split("¶")
)
BLOG = {
    "site.toml": 'title = "블로그"\nurl = "https://blog.example"\n',
    "_config.yml": "title: 블로그\nbaseurl: /b\ndefaults:\n- {scope: {path: ''}, values: {a: 1}}\n",
    "_includes/a.html": "<p>{{ include.x }}{% for i in (1..2) %}{{ i }}\n{% endfor %}</p>\n",
    "_includes/self.html": "가{% include self.html %}나\n",
    "_data/a.yml": "- {b: 1}\n- {b: 2}\n",
    "posts/a.md": "---\ntitle: 다른 글\n---\n글 {{ page.title }}\n",
    "posts/2026-03-01-글.md": "글\n",
}
