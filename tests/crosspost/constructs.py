"""Every construct that a body may hold, each by itself: for the dialects of Markdown."""

from __future__ import annotations

from tests.crosspost.sample import BODY, TEX

_NOTES = (
    '<section class="footnotes"><ol><li id="fn-1"><p>첫 각주.<a href="#fnref-1" '
    'class="footnote-back">↩</a></p></li><li id="fn-2"><p>둘째 각주는</p><p>두 문단이다.'
    '<a href="#fnref-2" class="footnote-back">↩</a></p></li></ol></section>'
)


def _ref(number: int) -> str:
    return (
        f'<sup class="footnote-mark"><a href="#fn-{number}" class="footnote-ref" '
        f'id="fnref-{number}">{number}</a></sup>'
    )


CONSTRUCTS = {
    "all": BODY,
    "paragraphs": "<p>첫 문단의\n줄은 이어진다.</p><p>둘째 문단<br/>다음 줄</p>",
    "emphasis": "<p><strong>굵게</strong> <em>기울여</em> <del>지워</del> 쓴다.</p>",
    "emphasis in a word": "<p>가<strong>나(다)</strong>라, 마<em>‘바’</em>사, "
    "아<del>자!</del>차</p>",
    "emphasis in emphasis": "<p><strong>가 <em>나</em></strong><em>다</em> 라</p>",
    "inline elements": "<p>H<sub>2</sub>O, 10<sup>9</sup>, <kbd>Ctrl</kbd>, <mark>표시</mark></p>",
    "code in a line": "<p><code>a_b</code> <code>`x`</code> <code>``</code> <code>a|b</code></p>",
    "headings": "<h2>첫째 *별표*</h2><h3><code>코드</code>와 #</h3><h4>셋째</h4>",
    "links": '<p><a href="https://a.example/(x)_y?b=1&amp;c=2">글 [1]</a>, '
    '<a href="https://a.example/">https://a.example/</a></p>',
    "a list": "<ul><li>하나</li><li>둘<ul><li>안쪽</li></ul></li></ul>",
    "an ordered list": "<ol><li>하나</li><li>둘</li></ol>",
    "a loose list": "<ul><li><p>하나</p><p>더</p></li><li><p>둘</p></li></ul>",
    "a list with code": "<ol><li><p>하나</p><pre><code>x = 1\n\ny = 2\n</code></pre></li>"
    "<li><p>둘</p></li></ol>",
    "lists of both kinds": "<ol><li><p>하나</p><p>더</p><ul><li><p>안쪽</p><p>더</p></li></ul></li>"
    "<li><p>둘</p></li></ol>",
    "two lists": "<ul><li>하나</li></ul><ul><li>둘</li></ul><ol><li>셋</li></ol>",
    "tasks": '<ul class="task-list"><li><span class="task-box" data-checked="true"/> 끝난 일</li>'
    '<li><span class="task-box" data-checked="false"/> 남은 일</li></ul>',
    "a table": "<table><thead><tr><th>이름</th><th>값</th></tr></thead><tbody><tr>"
    "<td><code>a|b</code></td><td>2 | 3</td></tr></tbody></table>",
    "a table without a head": "<table><tbody><tr><td>가</td><td>나</td></tr></tbody></table>",
    "code": '<pre><code class="language-python">def 인사():\n    return "**"\n\n\nx = {{ y }}\n'
    "</code></pre>",
    "code with fences": "<pre><code>```\n코드\n```\n</code></pre>",
    "code with all fences": "<pre><code>```\n코드\n~~~\n{% if %}\n</code></pre>",
    "code with a title": '<pre data-title="a.py"><code class="language-python">x = 1\n'
    "</code></pre>",
    "quotes": "<blockquote><p>하나</p><p>더</p></blockquote><blockquote><p>둘</p></blockquote>",
    "callouts": '<div class="notice--info"><p>알림</p></div><div class="notice--danger"><p>'
    "조심할 글"
    "</p><ul><li>목록</li></ul></div>",
    "folded text": "<details><summary>접은 *글*</summary><p>안의 <strong>글</strong></p><ul>"
    "<li>목록</li></ul><pre><code>x\n\ny\n</code></pre></details>",
    "code with a title in folded text": "<details><summary>접은 글</summary>"
    '<pre data-title="a.py"><code class="language-python">x = 1\n</code></pre></details>',
    "folded text in folded text": "<details><summary>밖</summary><p>가</p><details><summary>안"
    "</summary><p>나</p></details></details>",
    "formulas": f"<p>수식 {TEX.format('', 'a_1 * b_1 &lt; c')}과 {TEX.format('', '{{x}_1}_2')}.</p>"
    f"<p>{TEX.format(chr(32) + 'display=' + chr(34) + 'block' + chr(34), 'E = mc^2')}</p>",
    "footnotes": f"<p>글{_ref(1)}과 글{_ref(2)}.</p><p>다음</p>{_NOTES}",
    "a picture": '<p><img src="asset:aaaaaaaaaaaaaaaa" alt="점 [하나]" width="40" height="20"/>'
    "</p>",
    "a figure": '<figure><img src="asset:bbbbbbbbbbbbbbbb" alt="그림"/><figcaption>설명 '
    "<em>하나</em></figcaption></figure>",
    "a video": '<p>앞</p><p class="embed"><a href="https://www.youtube.com/watch?v=dQw4w9WgXcQ">'
    "YouTube</a></p><p>뒤</p>",
    "terms": "<dl><dt>용어</dt><dd>뜻</dd></dl>",
    "a rule": "<p>가</p><hr/><p>나</p>",
    "ruby": "<p><ruby>漢字<rt>한자</rt></ruby></p>",
    "Liquid": "<h2>{{ 제목 }}</h2><p>{{ 글 }}, {% 글 %}, {<code>{{ x }}</code>}, <em>{</em></p>",
    "signs": "<p>1. 하나 - 둘 # 셋 &gt; 넷 | 다섯 ~~여섯~~ ==일곱== ^여덟^ $9$ :::10 @[11](12) "
    "&amp;copy; &lt;b&gt; https://a.example/b_c_d</p><p>- 하나</p><p>:::message</p><p>+ 둘</p>",
}
