"""No mark of Markdown, kramdown or Liquid is seen in any edition, but in code and where meant."""

from __future__ import annotations

from pathlib import Path

from hanpan.site import Crosspost
from tests.support.blog import add_post, make_blog
from tests.support.command import built
from tests.support.leaks import leaks

POST = r"""---
title: "**굵은** 제목과 `{{ 코드 }}`"
excerpt: "요약의 **굵게**와 [고리](https://a.kr)"
---

**강조(bold)**는 되고, **char *p**도, 뒤에**(+)**를 붙여도, **"인용"**이라도,
 **2의 배수(빨강색)**를 써도 된다.
**C/C++**로, ***굵고 기운 것***과 __밑줄__로, **`코드`**와 **[고리](https://a.kr/가(나))**까지.
{: .notice--info }

[단추](https://a.kr){: .btn .btn--primary }{: target="_blank"} 그리고 [각주](#없다)[^주], 또[^2]
[^주]: 주석의 **굵게**와 [고리](https://b.kr)
[^2]: 둘째

![그림](없다.png){: width="50%",height="50%"}
{: .align-center}

* 목차
{:toc}

## 제목 **굵게** {#id}
{:.no_toc}

- 하나 **굵게(a)**는
{: .a}
- 둘 {::comment}숨김{:/comment}
  | 가 | **나** |
  |---|---|
  | [다](https://a.kr) | **라(b)**를 |

<div class="notice" markdown="1">
**안의 강조(x)**는 {{ site.title }} {% if site.none %}없다{% endif %}
</div>

<details><summary>**접힘**</summary>

**펼침** [고리](https://a.kr)

</details>

{% include nobody.html url="https://a.kr/x" title="**아무도**" %}
{% unknown_tag a %} {{ page.none }} {{ "안녕" | nofilter }} {% raw %}날것 **굵게**{% endraw %}
{% capture x %}**담은 것**{% endcapture %}{{ x }} {% for i in (1..2) %}**{{ i }}** {% endfor %}
{{< figure src="없다.png" caption="**설명**" >}}

용어
: **뜻**은 [고리](https://a.kr)

> [!NOTE]
> **알림**은 [고리](https://a.kr)
{: .prompt-info }

*[HTML]: 하이퍼텍스트
HTML과 ==**표시**== ~~**지움**~~ 과 <b>**겹침**</b>

`**` `{{ x }}` `{% y %}` `{: .z}` `[^1]` `](`

```yaml
if: ${{ failure() }} **a** {% b %} {: .c} [^1] [d](e)
```
"""


def test_nothing_is_seen_but_in_code(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0)
    add_post(blog, "2026-03-01-글.md", POST)
    (post,) = built(blog, "--offline")["posts"]
    found = leaks(blog / "out" / post["slug"])
    assert [leak for leak in found if "코드" not in leak.around] == []


def test_a_mark_that_is_meant_is_seen_in_every_edition(tmp_path: Path) -> None:
    blog = make_blog(tmp_path, posts=0)
    add_post(blog, "2026-03-01-글.md", "---\ntitle: 글\n---\n\n별 둘은 \\*\\* 이다\n")
    built(blog, "--offline")
    found = {leak.edition for leak in leaks(blog / "out" / "글")}
    texts = {f"{name} (text)" for name in ("brunch", "linkedin", "naver")}
    bodies = {*Crosspost().platforms} - {"linkedin"}  # which has text alone
    assert found == {"html", "epub", "pdf", *texts, *bodies}
