"""Warming: a sample is rendered once in the process that forks workers, while nobody waits.

What a worker loads for its first post (WeasyPrint, templates, what fonts cover, MathJax) is then
there from the start: half of what one save takes, and more. No PDF is made: newer Pangos keep a
thread, which a fork would not have and would wait for.
"""

from __future__ import annotations

import contextlib
import gc
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from hanpan import budget, pandoc
from hanpan.editions import load_for_forks
from hanpan.files import Files, NoNetwork
from hanpan.plan.options import Options
from hanpan.plan.sites import Sites
from hanpan.reading import read
from hanpan.roots import real
from hanpan.site import Site, load_site

_NAME = "2026-01-01-sample.md"
_SAMPLE = """---
title: 견본
tags: [견본]
---

## 차례

**글**[^1]과 *기울임*, `코드`와 $x^2$.

```python
print(1)
```

| 하나 | 둘 |
| --- | --- |
| 셋 | 넷 |

- 항목

> 인용

[^1]: 주석
"""


def warm(options: Options, editions: Iterable[str]) -> None:
    """Render a sample with the layouts and fonts of the site at hand.

    Nothing is written but fonts.conf and its index, where workers have them too. What is wrong with
    the site, or takes too long in it, is for the build to tell.
    """
    os.environ["HANPAN_CACHE"] = str(real(options.out) / ".hanpan")
    with contextlib.suppress(Exception, budget.TimeUp):
        sites = Sites(options.site)
        site = sites.at(sites.default_root())
        budget.begin(site.limits.seconds, _render)
        _render(site, editions)
    budget.end()
    pandoc.stop()  # each worker has its own
    gc.collect()
    gc.freeze()


def _render(site: Site, editions: Iterable[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="hanpan-sample-") as folder:
        (Path(folder) / _NAME).write_text(_SAMPLE, "utf-8")
        document = read(_NAME, "sample", Files(load_site(Path(folder)), NoNetwork())).document
    for edition in editions:
        load_for_forks(edition, document, Files(site, NoNetwork()))
