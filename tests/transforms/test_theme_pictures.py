"""Pictures in two forms: where there is one page, the one for light pages is shown."""

from __future__ import annotations

from hanpan import tree
from hanpan.transforms.theme_pictures import DARK, LIGHT, drop_dark_pictures


def test_the_light_one_stays_and_what_held_the_other_goes() -> None:
    root = tree.parse_xml(
        f'<p><img class="{LIGHT}" src="a"/> <img class="x {DARK}" src="b"/></p>'
        f'<p><a href="#x"><img class="{DARK}" src="c"/></a></p><p>글<img class="{DARK}"/></p>'
    )
    for _ in range(2):
        drop_dark_pictures(root)
        assert tree.inner_xml(root) == f'<p><img class="{LIGHT}" src="a"/> </p><p>글</p>'
