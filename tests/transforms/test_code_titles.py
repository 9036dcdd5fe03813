"""The name that an author gives a block of code is shown in every edition (issue 14)."""

from __future__ import annotations

import io
from pathlib import Path

from lxml import etree, html

from tests.support.every_edition import pdf_text, printed

POST = """---
title: 제목
---

```python title="src/첫째.py"
print(1)
```

``` {title="둘째 이름.txt"}
글
```

```js:셋째.js
let a
```

```
이름 없다
```
{: file="넷째.txt" }

```py caption="다섯째 글"
5
```

```yml {file: "여섯째.yml", linenos}
6: 6
```

```bash:일곱째
7
```

```
8
```
{: filename="여덟째.txt" }

```docker:Dockerfile
9
```

```ts:line-numbers
10
```
"""
TITLES = [
    *("src/첫째.py", "둘째 이름.txt", "셋째.js", "넷째.txt", "다섯째 글", "여섯째.yml", "일곱째"),
    *("여덟째.txt", "Dockerfile"),
]


def test_every_edition_shows_the_names(tmp_path: Path) -> None:
    _, made = printed(tmp_path, POST)
    text = pdf_text(made["글.pdf"])
    assert [title for title in TITLES if title not in text] == []
    page = html.fromstring(made["글.html"].decode())
    shown = page.findall(".//div[@class='code-title']")
    assert ["".join(map(str, line.itertext())) for line in shown] == TITLES
    codes = [line.getnext() for line in shown]
    assert all(code is not None and code.tag == "pre" for code in codes)
    book = etree.fromstring(made["글.epub/EPUB/text/post.xhtml"])
    names = book.iterfind(".//{*}div[@class='code-title']")
    assert ["".join(map(str, name.itertext())) for name in names] == TITLES
    for name, data in made.items():
        if name.endswith((".md", ".html", "lexical.json")) and "report" not in name:
            said = data.decode().replace("&#46;", ".").replace("\\.", ".")
            assert [title for title in TITLES if said.count(title) < 1] == [], name


def test_the_code_font_of_a_page_has_the_letters_of_a_name(tmp_path: Path) -> None:
    from base64 import b64decode
    from re import findall

    from fontTools.ttLib import TTFont

    _, made = printed(tmp_path, POST, editions=["html"])
    faces = findall(
        r'font-family: ?"post-code"[^}]*base64,([^)"]*)', made["글.html"].decode().replace("'", '"')
    )
    letters = {
        letter for face in faces for letter in TTFont(io.BytesIO(b64decode(face))).getBestCmap()
    }
    assert {ord(letter) for letter in "첫째둘셋넷"} <= letters
